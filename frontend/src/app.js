// What every page loads. Behaviours are modules of their own in behaviours/, listed in behaviours/index.js.
import htmx from "htmx.org";
import "idiomorph/htmx";
import Sortable from "sortablejs";
import { behaviours } from "./behaviours/index.js";

window.htmx = htmx;

Object.assign(htmx.config, {
  allowEval: false, // the content security policy forbids it anyway
  includeIndicatorStyles: false, // they stand in our own style sheet
  historyRestoreAsHxRequest: false, // a restored page is a whole page
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true, error: false }, // an invalid form comes back as itself
    { code: "409", swap: true, error: false }, // so does one that somebody else overtook
    { code: "[45]..", swap: false, error: true },
  ],
});

// A behaviour is `{ name, selector, start(element, { htmx, Sortable }) }`: it wakes once for every element
// that matches, on the first page and in whatever htmx brings later. `register(tools)` runs once, before that.
const tools = { htmx, Sortable };

function wake(root) {
  for (const { name, selector, start } of behaviours) {
    if (!selector) continue;
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      element.awake ??= new Set();
      if (element.awake.has(name)) continue;
      element.awake.add(name);
      start(element, tools);
    }
  }
}

for (const { register } of behaviours) register?.(tools);
htmx.onLoad(wake);
