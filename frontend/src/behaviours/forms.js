// How forms behave everywhere.
import { say } from "./texts.js";

// Enter that ends a pinyin composition chooses a word; it sends nothing and moves nowhere.
export const composition = {
  name: "composition",
  register() {
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
      },
      true,
    );
    document.addEventListener(
      "keypress",
      (event) => {
        if (event.key === "Enter" && event.isComposing) event.preventDefault();
      },
      true,
    );
  },
};

// Filters ask again when one is changed; typed words wait a moment, and never ask in the middle of a composition.
const PAUSE = 450;

export const autoSubmit = {
  name: "auto-submit",
  selector: "form[data-auto-submit]",
  start(form) {
    for (const button of form.querySelectorAll("[data-auto-hide]")) button.hidden = true;
    let timer;
    const send = () => {
      clearTimeout(timer);
      form.requestSubmit();
    };
    form.addEventListener("change", ({ target }) => target.matches("select, [type=checkbox], [type=radio], [type=date], [type=month]") && send());
    form.addEventListener("input", (event) => {
      if (!event.target.matches("[type=search], [type=text]") || event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(send, PAUSE);
    });
    form.addEventListener("compositionend", () => {
      clearTimeout(timer);
      timer = setTimeout(send, PAUSE);
    });
    // Empty filters stay out of the address.
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  },
};

// A second click while the first is on its way is not sent (the server would refuse it anyway).
export const sending = {
  name: "sending",
  selector: "form[method=post]",
  start(form) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (form.matches("[hx-post]") || form.target === "_blank") return;
      if (sent) event.preventDefault();
      sent = true;
      setTimeout(() => (sent = false), 4000);
    });
  },
};

// On a phone a long row of filters shows the first and those in use; the others wait behind a button.
const KEPT = 1;

export const foldedFilters = {
  name: "folded-filters",
  selector: "form.toolbar",
  start(form) {
    const tools = [...form.querySelectorAll(".tool")];
    if (tools.length <= KEPT + 2) return;
    tools.forEach((tool, at) => {
      const field = tool.querySelector("input, select");
      const first = field?.tagName === "SELECT" ? field.options[0]?.value : "";
      tool.classList.toggle("is-kept", at < KEPT || (field && field.value !== first));
    });
    form.classList.add("is-folded");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet phone-only";
    button.textContent = say("filters");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => button.setAttribute("aria-expanded", String(!form.classList.toggle("is-folded"))));
    tools.at(-1).after(button);
  },
};
