// Short notices below: they leave by themselves unless they tell of a failure.
import { say } from "./texts.js";

const STAYS = 7000;

function leaveLater(note) {
  const button = note.querySelector("[data-dismiss]");
  if (button) button.hidden = false;
  if (note.matches(".error, .warning")) return;
  let timer = setTimeout(() => note.remove(), STAYS);
  note.addEventListener("mouseenter", () => clearTimeout(timer));
  note.addEventListener("mouseleave", () => (timer = setTimeout(() => note.remove(), STAYS)));
}

export function toast(text, kind = "success") {
  const note = document.createElement("div");
  note.className = `toast-note ${kind}`;
  note.dataset.toast = "";
  const line = document.createElement("p");
  line.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button";
  button.dataset.dismiss = "";
  button.textContent = "×";
  button.setAttribute("aria-label", say("dismiss"));
  note.append(line, button);
  document.getElementById("toasts")?.append(note);
  leaveLater(note);
}

// The sentence of a refusal, wherever the server put it.
function problemIn(answer) {
  const page = new DOMParser().parseFromString(answer ?? "", "text/html");
  return page.querySelector("[data-problem]")?.dataset.problem;
}

export const toasts = {
  name: "toasts",
  selector: "[data-toast]",
  register() {
    document.addEventListener("click", ({ target }) => target.closest?.("[data-dismiss]")?.closest("[data-toast]")?.remove());
    document.addEventListener("htmx:beforeSwap", ({ detail }) => {
      const { status, responseText } = detail.xhr;
      const problem = status >= 400 ? problemIn(responseText) : null;
      if (!problem && status !== 403 && status !== 404 && status < 500) return;
      detail.shouldSwap = false; // what was filled in stays where it is
      toast(problem ?? say("failed"), "error");
    });
    document.addEventListener("htmx:sendError", () => toast(say("offline"), "error"));
    document.addEventListener("htmx:timeout", () => toast(say("offline"), "error"));
  },
  start: leaveLater,
};
