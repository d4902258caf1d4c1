// The dialog and the side panel. A link with data-dialog or data-panel shows its page there; without scripts it is
// an ordinary link. The server leaves out the frame by itself, so the same address serves both.
const FIELDS = "input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled)";
let opener = null;

const frameOf = (name) => document.getElementById(`${name}-frame`);
const plainClick = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

export function open(name, address, htmx, link) {
  if (name === "panel" && !link?.closest("#panel")) opener = link ?? document.activeElement;
  document.getElementById(name).dataset.address = address;
  link?.classList.add("is-loading");
  return htmx
    .ajax("GET", address, { target: `#${name}`, swap: "innerHTML" })
    .finally(() => link?.classList.remove("is-loading"));
}

export function close(frame) {
  if (frame.close) frame.close();
  else frame.hidden = true;
  if (frame.id === "panel-frame") {
    opener?.focus?.();
    opener = null;
  }
}

function show(name) {
  const frame = frameOf(name);
  if (name === "dialog" && !frame.open) frame.showModal();
  if (name === "panel") frame.hidden = false;
  const wrong = frame.querySelector(".is-invalid :is(input, select, textarea)");
  const first = name === "dialog" ? frame.querySelector(`[autofocus], .drawer-body :is(${FIELDS})`) : null;
  (wrong ?? first ?? frame).focus({ preventScroll: true });
}

function onClick(event, htmx) {
  const link = event.target.closest("a[data-dialog], a[data-panel]");
  if (link && plainClick(event)) {
    event.preventDefault();
    open(link.hasAttribute("data-dialog") ? "dialog" : "panel", link.href, htmx, link);
    return;
  }
  // What turns the pages or the order of a list inside a drawer is meant for the drawer's own address.
  const turning = event.target.closest("#dialog a[href^='?'], #panel a[href^='?']");
  if (turning && plainClick(event)) {
    event.preventDefault();
    const drawer = turning.closest("#dialog, #panel");
    open(drawer.id, new URL(turning.getAttribute("href"), new URL(drawer.dataset.address, location.href)).href, htmx, turning);
    return;
  }
  const closer = event.target.closest("[data-close], dialog [data-cancel], .panel [data-cancel]");
  const frame = closer?.closest("dialog, .panel");
  if (frame && plainClick(event)) {
    event.preventDefault();
    close(frame);
  }
}

export const drawers = {
  name: "drawers",
  register({ htmx }) {
    document.addEventListener("click", (event) => onClick(event, htmx));
    document.addEventListener("keydown", (event) => {
      const panel = frameOf("panel");
      if (event.key !== "Escape" || event.isComposing || !panel || panel.hidden) return;
      if (!document.querySelector("dialog[open]")) close(panel);
    });
    // A click on the dark beside the dialog closes it, unless something was typed.
    document.addEventListener("mousedown", ({ target }) => {
      if (target.matches?.("dialog[open]") && !target.querySelector("form.is-touched")) target.close();
    });
    document.addEventListener("input", ({ target }) => target.form?.classList.add("is-touched"));
    document.addEventListener("htmx:afterSwap", ({ detail }) => {
      if (detail.target.id === "dialog" || detail.target.id === "panel") show(detail.target.id);
    });
  },
};

// A form inside a drawer answers inside it: what is wrong stands beside the fields, a success leads on.
export const drawerForms = {
  name: "drawer-forms",
  selector: "#dialog form, #panel form",
  start(form, { htmx }) {
    if (form.matches("[hx-post], [hx-get], [data-whole-page]")) return;
    const drawer = form.closest("#dialog, #panel");
    const address = form.getAttribute("action") || drawer.dataset.address;
    form.setAttribute(form.method === "post" ? "hx-post" : "hx-get", address);
    form.setAttribute("hx-target", `#${drawer.id}`);
    form.setAttribute("hx-swap", "innerHTML");
    if (form.enctype === "multipart/form-data") form.setAttribute("hx-encoding", "multipart/form-data");
    htmx.process(form);
  },
};
