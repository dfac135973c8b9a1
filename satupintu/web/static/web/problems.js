/* What is wrong with a form that the phone keeps: told above it as the server would, each with a link to its field. */

/* `found` are field, whether it is wrong, and the name of the form's own sentence (data-NAME). Returns how many. */
export function tellProblems(form, found) {
  const wrong = found.filter(([, isWrong]) => isWrong);
  const box = document.querySelector("[data-problems]");
  box.hidden = !wrong.length;
  box.querySelector("ul").replaceChildren(...wrong.map(([field, , word]) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = `#${field.id}`;
    link.textContent = form.dataset[word];
    link.addEventListener("click", () => { const closed = field.closest("details"); if (closed) closed.open = true; });
    return item;
  }));
  if (wrong.length) box.focus();
  return wrong.length;
}

/* A NIK may stay empty; what is typed has 16 digits, however they are parted. */
export const isWrongNik = (typed) => {
  const digits = typed.replace(/[\s.-]/g, "");
  return Boolean(digits) && !/^\d{16}$/.test(digits);
};
