/* The finder without a network. The worker answers every address under /cek-izin/ with one kept page;
   this script reads the address as the server would, asks the rules and fills the page's templates. Links
   and forms stay plain, so the next press tries the server again. */
import { filled, plain } from "./fill.js";
import { UNKNOWN, read } from "./rules.js";
import { dayInWords, screen } from "./screens.js";

const place = document.getElementById("finder");
const { lang } = document.documentElement;

/* The tables this page was made for. The page may be older or newer than what the network or another box of
   the worker holds, and tables of another version are never used. */
async function tables() {
  const { version } = place.dataset;
  const files = [];
  for (const name of self.caches ? await caches.keys() : []) {
    const kept = await (await caches.open(name)).match(place.dataset.tables);
    if (kept) files.push(await kept.json());
  }
  const mine = files.filter((file) => file.version === version);
  const found = mine.find((file) => file.language === lang) || mine[0] || (await fetched(version));
  if (found.version !== version) throw new Error("other tables");
  return read(found);
}

async function fetched(version) {
  return (await fetch(`${place.dataset.tables}?versi=${version}&bahasa=${lang}`)).json();
}

function show(record, day) {
  const part = filled(record.screen, record);
  if (record.screen === "question") nameUnknown(part, record);
  placeSpeakButton(part);
  // On the phone of an officer the answers go on into the form of the market.
  if (localStorage.getItem("outbox-owner")) part.querySelectorAll("[data-field]").forEach((one) => { one.hidden = false; });
  part.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
  place.replaceChildren(...(record.screen === "failed" ? [] : [filled("note", { day: dayInWords(day) })]), part);
  document.title = `${plain(record.title)} – SatuPintu`;
  dress(record);
  const focus = place.querySelector("[data-focus]");
  if (focus) focus.focus();
}

function nameUnknown(part, { name, chosen }) {
  const input = part.querySelector("#a-unknown");
  if (!input) return;
  input.name = name;
  input.checked = chosen === UNKNOWN;
}

/* The shell's script has found its one button already; it moves to where the screen wants it. */
function placeSpeakButton(part) {
  const here = part.querySelector("[data-speak-here]");
  if (here) here.replaceWith(document.querySelector("[data-speak]"));
}

/* One question has no menu below it; a sheet is printed on A5. */
function dress({ body, main }) {
  if (body !== undefined) {
    document.body.className = body;
    document.querySelector(".bottom-nav").remove();
  }
  if (main) document.querySelector("main").className = main;
}

async function start() {
  document.querySelectorAll("a.language").forEach((link) => link.remove()); // the other language is not on this phone
  const data = await tables();
  show(screen(data), data.day);
}

start().catch((error) => {
  place.replaceChildren(filled("failed", {}));
  throw error;
});
