// table[data-grid]: arrow keys move from cell to cell as in Excel, Enter opens what the cell or its row leads to.
const FOCUSABLE = "a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select, textarea";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function enter(cell) {
  const inner = cell.querySelector(FOCUSABLE);
  if (!inner) cell.tabIndex = -1;
  (inner ?? cell).focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function neighbour(cell, [down, right]) {
  const rows = [...cell.closest("tbody").rows].filter((row) => !row.matches(".group") && !row.hidden);
  const row = rows[rows.indexOf(cell.parentElement) + down];
  return row?.cells[Math.max(0, cell.cellIndex + right)];
}

export const grid = {
  name: "grid",
  selector: "table[data-grid]",
  start(table) {
    table.addEventListener("keydown", (event) => {
      const cell = event.target.closest("tbody td, tbody th");
      if (!cell || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
      if (event.key === "Enter" && event.target === cell) cell.parentElement.querySelector("a[href]")?.click();
      const step = STEPS[event.key];
      const next = step && neighbour(cell, step);
      if (!next) return;
      event.preventDefault();
      enter(next);
    });
    table.addEventListener("click", ({ target }) => {
      const cell = target.closest("tbody td, tbody th");
      if (cell && !target.closest(`${FOCUSABLE}, label, summary`) && !String(getSelection())) enter(cell);
    });
  },
};
