/* What every part of the field page uses: the event that is held, pressing, words and rows. */
import { add } from "../../web/outbox.js";
import { stateOf } from "./state.js";

export const page = document.querySelector("[data-field]");
export const english = document.documentElement.lang === "en";
/* The event as taken along, the phone's own entries, and what is drawn when either changes. */
export const held = { device: undefined, bundle: undefined, own: [] };
const drawn = [];

export const part = (name, root = page) => root.querySelector(`[data-part="${name}"]`);
export const put = (root, name, text) => root.querySelectorAll(`[data-put="${name}"]`).forEach((one) => { one.textContent = text; });
export const press = (name, work) => page.querySelector(`[data-do="${name}"]`).addEventListener("click", work);
/* Two quick presses are one: of this button, and of the one that moved under the finger meanwhile. */
export const once = (button, work) => button.addEventListener("click", async (event) => {
  if (button.disabled || event.detail > 1) return;
  button.disabled = true;
  await work();
  button.disabled = false;
});
export const say = (name, yes = true) => document.querySelectorAll(`[data-say="${name}"]`).forEach((one) => { one.hidden = !yes; });
export const words = (name, ...parts) => page.dataset[name].replace(/\{(\d)\}/g, (whole, place) => parts[place]);
export const text = (one, name = "text") => (english && one[`${name}_en`]) || one[name];
export const state = () => stateOf(held.bundle, held.own, new Date());
export const draws = (draw) => drawn.push(draw);

export function redraw() {
  const now = state();
  drawn.forEach((draw) => draw(now));
}

/* A row of a template with its texts; what has data-when for another case is left out. */
export function row(template, texts, when) {
  const made = document.getElementById(template).content.firstElementChild.cloneNode(true);
  for (const [name, value] of Object.entries(texts)) put(made, name, value);
  made.querySelectorAll("[data-when]").forEach((one) => one.dataset.when === when || one.remove());
  return made;
}

export const clock = (minute) => `${String(Math.floor((((minute % 1440) + 1440) % 1440) / 60)).padStart(2, "0")}${english ? ":" : "."}${String(((minute % 60) + 60) % 60).padStart(2, "0")}`;
export const named = (one) => (one.name ? `${one.card} · ${one.name}` : one.card);

/* One press, one entry of the outbox. True once it is on the disk; else the screen stays and says so. */
export async function capture(kind, content, shown) {
  say("not-saved", false);
  const { ref } = held.bundle.event;
  try {
    const made = new Date().toISOString();
    const uuid = await add(kind, kind.startsWith("outreach.") ? { event: ref, ...content } : content, { screen: shown }, ref);
    held.own.push({ uuid, kind, made, content: kind === "outreach.photo" ? {} : content });
    toast(shown);
    redraw();
    return true;
  } catch (error) {
    say("not-saved");
    document.querySelector("[data-say=not-saved]").scrollIntoView({ block: "center" });
    return false;
  }
}

/* A card that nobody listed may be a slip of the finger: the words that ask, or nothing once it was typed again. */
export function doubt(field, card) {
  if (field.dataset.asked === card || state().people.some((one) => one.card === card)) {
    delete field.dataset.asked;
    return "";
  }
  field.dataset.asked = card;
  return words("sure", card);
}

let fading;
export function toast(words) {
  const box = part("toast");
  box.textContent = words;
  clearTimeout(fading);
  fading = setTimeout(() => { box.textContent = ""; }, 2500);
  if (navigator.vibrate) navigator.vibrate(30);
}

/* A form of this page is never posted: `work` returns the words of a problem, or nothing. */
export function form(element, work) {
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (element.dataset.busy) return;
    element.dataset.busy = "yes";
    const problem = await work(element);
    delete element.dataset.busy;
    const box = element.querySelector("[data-problem]");
    if (!box) return;
    box.hidden = !problem;
    box.textContent = problem || "";
  });
}

export function options(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, label]) => new Option(label, value, false, value === chosen)));
}
