// The review queue by keyboard: arrows choose, a letter or Enter does what the button marked data-key does.
const busy = (element) => element.matches?.("input, textarea, select, button, summary, [contenteditable=true]");

function middle(box, element) {
  if (box && element) box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

export const review = {
  name: "review",
  selector: "[data-review]",
  start(screen) {
    const settle = () => {
      if (window.innerWidth > 1180) window.scrollTo(0, 0);
      middle(screen.querySelector("[data-source]"), document.getElementById("here"));
    };
    settle();
    window.addEventListener("load", () => requestAnimationFrame(settle), { once: true });
    const current = screen.querySelector("a[data-item][aria-current]");
    middle(current?.closest("ol"), current);
    document.addEventListener("keydown", (event) => {
      if (!screen.isConnected || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const items = [...screen.querySelectorAll("a[data-item]")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const at = items.findIndex((item) => item.hasAttribute("aria-current"));
      const doing = step ? items[at < 0 ? 0 : at + step] : screen.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!doing || doing.disabled) return;
      event.preventDefault();
      doing.click();
    });
  },
};
