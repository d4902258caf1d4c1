// What scripts say to people; the page brings it in the reader's language.
const block = document.getElementById("script-texts");
const texts = block ? JSON.parse(block.textContent) : {};

export const say = (name) => texts[name] ?? "";
