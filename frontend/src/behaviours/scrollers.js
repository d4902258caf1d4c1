// What scrolls inside itself can be reached with the keyboard.
export const scrollers = {
  name: "scrollers",
  selector: ".table-wrap, .board, .source-text, .track",
  start(element) {
    const look = () => {
      const scrolls = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      if (scrolls) element.tabIndex = 0;
      else element.removeAttribute("tabindex");
    };
    look();
    new ResizeObserver(look).observe(element);
  },
};
