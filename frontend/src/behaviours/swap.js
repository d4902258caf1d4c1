// <div id="rows" data-swap>: links inside that only change the page's own query (sorting, paging) and the filters of
// the page replace this element instead of the page; the address follows, so that going back works.
const sameList = (address) => {
  const url = new URL(address, location.href);
  return url.origin === location.origin && url.pathname === location.pathname && url.search;
};

let shown = location.pathname + location.search;

async function load(element, address, htmx) {
  await htmx.ajax("GET", address, { target: `#${element.id}`, select: `#${element.id}`, swap: "outerHTML show:none" });
  history.pushState(null, "", address);
  shown = location.pathname + location.search;
}

export const swap = {
  name: "swap",
  selector: "[data-swap]",
  register() {
    window.addEventListener("popstate", () => location.pathname + location.search !== shown && location.reload());
  },
  start(element, { htmx }) {
    if (element.closest("#dialog, #panel")) return;
    element.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.matches("[data-dialog], [data-panel], [download]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!sameList(link.href)) return;
      event.preventDefault();
      load(element, link.href, htmx).then(() => document.getElementById(element.id)?.querySelector(".table-wrap")?.scrollTo(0, 0));
    });
    for (const form of document.querySelectorAll("form[data-auto-submit]")) {
      if (form.dataset.swaps) continue;
      form.dataset.swaps = element.id;
      form.addEventListener("submit", (event) => {
        const there = document.getElementById(form.dataset.swaps);
        if (!there) return;
        event.preventDefault();
        const query = new URLSearchParams(new FormData(form)).toString();
        load(there, `${form.getAttribute("action").split("?")[0]}${query ? `?${query}` : "?"}`, htmx);
      });
    }
  },
};
