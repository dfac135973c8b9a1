/* Lets a session be dragged to another place; it then presses the same form that the arrows use. */
const rows = [...document.querySelectorAll("[data-session]")];
let dragged = null;

for (const row of rows) {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
  });
  row.addEventListener("dragover", (event) => {
    if (dragged && dragged !== row) event.preventDefault();
  });
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    const form = dragged.querySelector("form");
    form.elements.nomor.value = rows.indexOf(row) + 1;
    form.submit();
  });
}
