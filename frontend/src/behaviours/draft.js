// button[data-draft-for="id"]: puts the draft of the named text field (its placeholder) into it, ready to be changed.
export const draft = {
  name: "draft",
  selector: "button[data-draft-for]",
  start(button) {
    const field = document.getElementById(button.dataset.draftFor);
    if (!field) return;
    const show = () => (button.hidden = field.value !== "" || field.placeholder === "");
    button.addEventListener("click", () => {
      field.value = field.placeholder;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    field.addEventListener("input", show);
    show();
  },
};
