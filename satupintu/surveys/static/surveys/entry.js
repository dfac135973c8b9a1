/* Typing paper sheets fast: Enter goes to the next field, and from the last one to the button that saves. A mark that
   is one key is replaced by the next key, so that a slip is mended by typing again. Without script Enter saves. */
const form = document.querySelector("[data-entry-form]");
const fields = form ? [...form.querySelectorAll("input[type=text]")] : [];

fields.forEach((field, place) => {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    (fields[place + 1] || form.querySelector("button[type=submit]")).focus();
  });
  field.addEventListener("focus", () => field.select());
  if (["yesno", "likert5"].includes(field.dataset.entry)) {
    field.addEventListener("input", () => {
      const typed = field.value.trim();
      field.value = /[0-9ytb]$/i.test(typed) ? typed.slice(-1) : typed.slice(0, 1);
    });
  }
});

const wrong = form && form.querySelector(".field-error input");
if (!document.querySelector("[data-focus]")) (wrong || fields[0])?.focus();
