/* The desk by keyboard, and the message as it will be read while parts are ticked. Every page works without this.
   J and K move between files, Enter opens (the link has the focus), A takes, ? shows the keys. The switch of keys.js
   (WCAG 2.1.4) switches these off too. */
const off = () => localStorage.getItem("keys") === "off";
const rows = [...document.querySelectorAll("[data-row]")];

function go(step) {
  const here = rows.findIndex((row) => row.classList.contains("current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))];
  if (!next) return;
  if (rows[here]) rows[here].classList.remove("current");
  next.classList.add("current");
  next.querySelector("a").focus();
}

const acts = {
  j: () => go(1),
  k: () => go(-1),
  a: () => {
    const take = document.querySelector("[data-row].current [data-take]");
    if (take) take.click();
  },
  "?": () => {
    const list = document.querySelector("[data-keys-list]");
    if (list) list.open = !list.open;
  },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const act = acts[event.key.toLowerCase()];
  if (!act || off() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});

/* The newest answer wins: what was asked before and comes later is dropped. */
const form = document.querySelector("form[data-preview]");
let asked = 0;

async function look() {
  const mine = ++asked;
  const body = new FormData(form);
  body.set("step", "look");
  try {
    const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = page.getElementById("preview");
    if (mine === asked && answer.ok && shown) {
      document.getElementById("preview").replaceChildren(...shown.childNodes);
      hideLook();
    }
  } catch {
    /* Without a network the button stays, and the press tells. */
  }
}

function hideLook() {
  const button = document.querySelector("[data-look]");
  if (button) button.hidden = true;
}

if (form) {
  hideLook();
  let wait = 0;
  const later = () => {
    clearTimeout(wait);
    wait = setTimeout(look, 300);
  };
  form.addEventListener("change", (event) => {
    // Whoever chooses a reason means that part.
    if (event.target.matches("[name^=reason-]") && event.target.value) {
      form.querySelector(`[name=part][value="${event.target.name.slice("reason-".length)}"]`).checked = true;
    }
    later();
  });
  form.addEventListener("input", later);
}
