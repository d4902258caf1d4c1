// Keys of every page: / goes to the search, ? shows the keys.
const typing = (element) => element.matches?.("input, textarea, select, [contenteditable=true]");

function help() {
  const frame = document.getElementById("help-frame");
  if (frame && !frame.open) frame.showModal();
}

function search() {
  const boxes = [...document.querySelectorAll("[data-search-key]")];
  const seen = boxes.find((box) => box.offsetParent !== null);
  if (seen) {
    seen.focus();
    seen.select();
  } else document.querySelector("a.topbar-search")?.click();
}

export const keys = {
  name: "keys",
  selector: "[data-help]",
  register() {
    document.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const doing = { "/": search, "、": search, "?": help, "？": help }[event.key];
      if (!doing || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      doing();
    });
  },
  start(button) {
    button.hidden = false;
    button.addEventListener("click", help);
  },
};
