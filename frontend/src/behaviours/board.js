// .lane-cards[data-lane]: dragging a card to another lane opens the card's data-move address in the dialog with
// ?to=LANE, where date and basis are asked for. The card itself goes back at once: only the record moves it.
// Every card also has an ordinary link to the same form.
import { open } from "./drawers.js";

export const board = {
  name: "board",
  selector: ".lane-cards[data-lane]",
  start(lane, { Sortable, htmx }) {
    new Sortable(lane, {
      group: "lanes",
      sort: false,
      draggable: "[data-move]",
      delay: 150,
      delayOnTouchOnly: true,
      onMove: ({ to }) => {
        for (const other of document.querySelectorAll(".lane.is-over")) other.classList.remove("is-over");
        to.closest(".lane")?.classList.add("is-over");
      },
      onEnd: ({ item, from, to, oldIndex }) => {
        for (const other of document.querySelectorAll(".lane.is-over")) other.classList.remove("is-over");
        if (from === to) return;
        from.insertBefore(item, from.querySelectorAll("[data-move]")[oldIndex] ?? null);
        const address = new URL(item.dataset.move, location.href);
        address.searchParams.set("to", to.dataset.lane);
        open("dialog", address.pathname + address.search, htmx, item);
      },
    });
  },
};
