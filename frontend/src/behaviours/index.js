// The behaviours in use; app.js says what one looks like.
import { board } from "./board.js";
import { draft } from "./draft.js";
import { drawers, drawerForms } from "./drawers.js";
import { autoSubmit, composition, foldedFilters, sending } from "./forms.js";
import { grid } from "./grid.js";
import { keys } from "./keys.js";
import { menus } from "./menus.js";
import { review } from "./review.js";
import { scrollers } from "./scrollers.js";
import { sheet } from "./sheet.js";
import { swap } from "./swap.js";
import { toasts } from "./toasts.js";

export const behaviours = [
  composition,
  drawers,
  drawerForms,
  toasts,
  menus,
  keys,
  autoSubmit,
  foldedFilters,
  sending,
  swap,
  review,
  scrollers,
  grid,
  draft,
  sheet,
  board,
];
