/* One key for officers: / goes to the search box. Only on dense pages, and only while the switch is on, so that
   nobody's screen reader or voice control meets a single key they did not ask for (WCAG 2.1.4). */
const off = () => localStorage.getItem("keys") === "off";
const hint = document.querySelector("[data-keys]");

function show() {
  if (!hint) return;
  hint.hidden = false;
  hint.querySelector("[data-keys-off]").hidden = off();
  hint.querySelector("[data-keys-on]").hidden = !off();
}

if (document.documentElement.classList.contains("dense")) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || off() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = document.querySelector("main input[type=search]") || document.querySelector(".header-search input");
    if (!box || !box.getClientRects().length) return;
    event.preventDefault();
    box.focus();
  });
  if (hint) {
    hint.querySelector("[data-keys-off]").addEventListener("click", () => { localStorage.setItem("keys", "off"); show(); });
    hint.querySelector("[data-keys-on]").addEventListener("click", () => { localStorage.removeItem("keys"); show(); });
  }
  show();
}
