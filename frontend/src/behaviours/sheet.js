// table[data-sheet]: a form filled in like a sheet of Excel. Its cells hold inputs, selects or textareas.
// Arrow keys at the edge of the text and Enter move, Esc takes back, Ctrl+D fills down, a block copied from Excel is
// spread over the cells; what was changed is marked, counted in [data-sheet-count], and asked about before leaving.
import { say } from "./texts.js";

const CONTROL = "input:not([type=hidden]):not([type=checkbox]), select, textarea";

const controlIn = (cell) => cell?.querySelector(CONTROL);
const open = (control) => control && !control.disabled && !control.readOnly;
const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);
const original = (control) => control.dataset.original ?? (control.dataset.original = control.tagName === "SELECT" ? ([...control.options].find((one) => one.defaultSelected)?.value ?? control.options[0]?.value ?? "") : control.defaultValue);

// Text of the clipboard as rows and cells; quoted cells may hold line breaks, as Excel writes them.
export function parseBlock(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') (cell += '"'), (at += 1);
      else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "\t" || char === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (char === "\n") rows.push([]);
    } else if (char !== "\r") cell += char;
  }
  rows.at(-1).push(cell);
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
}

function put(control, value) {
  control.value = control.tagName === "SELECT" ? ([...control.options].find((one) => one.value === value || one.text === value)?.value ?? control.value) : value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function spread(table, from, block) {
  const rows = rowsOf(table);
  const top = rows.indexOf(from.closest("tr"));
  const left = from.closest("td, th").cellIndex;
  block.forEach((cells, down) =>
    cells.forEach((value, right) => {
      const control = controlIn(rows[top + down]?.cells[left + right]);
      if (open(control)) put(control, value.trim());
    }),
  );
}

function move(table, control, down, right) {
  const rows = rowsOf(table);
  let row = rows.indexOf(control.closest("tr"));
  let column = control.closest("td, th").cellIndex;
  for (;;) {
    row += down;
    column += right;
    const cell = rows[row]?.cells[column];
    if (!cell) return false;
    const next = controlIn(cell);
    if (!open(next)) continue;
    next.focus();
    next.select?.();
    return true;
  }
}

function fillDown(table, control) {
  const rows = rowsOf(table);
  const above = controlIn(rows[rows.indexOf(control.closest("tr")) - 1]?.cells[control.closest("td, th").cellIndex]);
  if (above && open(control)) put(control, above.value);
}

function atEdge(control, key) {
  if (control.tagName === "SELECT") return key === "ArrowLeft" || key === "ArrowRight";
  const { selectionStart: start, selectionEnd: end, value } = control;
  if (start === null) return true;
  const whole = start === 0 && end === value.length;
  if (key === "ArrowLeft") return whole || (start === 0 && end === 0);
  if (key === "ArrowRight") return whole || (start === value.length && end === start);
  if (control.tagName !== "TEXTAREA" || whole) return true;
  return key === "ArrowUp" ? !value.slice(0, start).includes("\n") && start === 0 : start === value.length;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function onKey(table, event) {
  const control = event.target;
  if (!control.matches(CONTROL) || event.isComposing || event.keyCode === 229) return;
  if (event.key === "d" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    fillDown(table, control);
  } else if (event.key === "Escape" && open(control) && control.value !== original(control)) {
    event.stopPropagation();
    put(control, original(control));
  } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    move(table, control, 1, 0);
  } else if (STEPS[event.key] && !event.shiftKey && !event.ctrlKey && atEdge(control, event.key)) {
    if (move(table, control, ...STEPS[event.key])) event.preventDefault();
  }
}

export const sheet = {
  name: "sheet",
  selector: "table[data-sheet]",
  start(table) {
    const form = table.closest("form") ?? document.getElementById(table.dataset.sheet);
    const changed = () => [...table.querySelectorAll(CONTROL)].filter((control) => control.value !== original(control));
    const count = () => {
      const number = changed().length;
      for (const place of document.querySelectorAll("[data-sheet-count]")) place.textContent = number;
      for (const part of document.querySelectorAll("[data-sheet-dirty]")) part.hidden = number === 0;
      return number;
    };
    for (const control of table.querySelectorAll(CONTROL)) original(control);
    table.addEventListener("keydown", (event) => onKey(table, event));
    table.addEventListener("input", ({ target }) => {
      if (!target.matches(CONTROL)) return;
      target.closest("td, th").classList.toggle("is-changed", target.value !== original(target));
      count();
    });
    table.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain");
      const fromSheet = text.includes("\t") || /<table/i.test(event.clipboardData.getData("text/html"));
      if (!event.target.matches(CONTROL) || !fromSheet) return;
      event.preventDefault();
      spread(table, event.target, parseBlock(text));
    });
    let leaving = false;
    form?.addEventListener("submit", () => (leaving = true));
    window.addEventListener("beforeunload", (event) => {
      if (!leaving && table.isConnected && changed().length) event.returnValue = say("leave");
    });
    count();
  },
};
