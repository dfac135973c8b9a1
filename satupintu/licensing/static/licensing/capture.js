/* Capturing files at a market, vendor after vendor: one press puts the form with its photos into the outbox, with a
   signal or without. What stays the same at one market (where, days, hours) stays filled in. */
import { add, current, entries, isUnsent, tell } from "../web/outbox.js";
import { smaller } from "../web/photo.js";
import { isWrongNik, tellProblems } from "../web/problems.js";

const OLD = 86400000; // ms
const MOST_BYTES = 440000; // of all photos of one file: as base64 they fit into one record
const SIZES = [[1280, 0.7], [1024, 0.6], [800, 0.5], [640, 0.4], [480, 0.4]]; // longest side in px, quality
const form = document.querySelector("form[data-outbox]");
const say = (name, yes = true) => document.querySelectorAll(`[data-say="${name}"]`).forEach((one) => { one.hidden = !yes; });
const paper = () => form.querySelector("[data-paper]:not([disabled])");
const photos = new Map(); // of the vendor in front of us: slot, JPEG
let device, last, busy;

/* Only the questions of the chosen paper are asked and sent; only the stalls of the chosen market are offered. */
function choose() {
  for (const one of form.querySelectorAll("[data-paper]")) one.disabled = one.hidden = one.dataset.paper !== form.elements.licence.value;
  for (const one of document.querySelectorAll("#stalls option")) one.disabled = one.dataset.market !== form.elements.market.value;
}

/* A photo as JPEG of at most so many bytes, the largest that fits. */
async function packed(file, most) {
  for (const [longest, quality] of SIZES) {
    const small = (await smaller(file, longest, quality)) || file;
    if (small.type === "image/jpeg" && small.size <= most) return small;
  }
  throw new Error("photo");
}

const base64 = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.split(",")[1]);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

async function take(input) {
  const slot = input.closest("[data-slot]");
  const told = slot.querySelector("[data-photo-told]");
  const [file] = input.files;
  photos.delete(slot.dataset.slot);
  told.textContent = "";
  if (!file) return;
  try {
    const small = await packed(file, MOST_BYTES / 2);
    if (input.files[0] !== file) return;
    photos.set(slot.dataset.slot, small);
    told.textContent = told.dataset.photoTold.replace("#", Math.ceil(small.size / 1024));
  } catch (error) {
    input.value = "";
    told.textContent = form.dataset.photo;
  }
}

/* Words of the page itself for what must be there; all other rules wait at the server. */
function problems() {
  const { given, display_name: name, region, nik, goods, place } = form.elements;
  return [
    [place, !place.value.trim(), "place"], [region, !region.value, "region"], [given[0], !given.value, "given"],
    [given[1], given.value === "no", "refused"], [name, name.value.trim().length < 2, "name"],
    [nik, isWrongNik(nik.value), "nik"], [goods, !goods.value.trim(), "goods"],
  ];
}

/* What a complete file still needs, by the names on the page. */
const missing = () => [...paper().querySelectorAll("[data-required]")].filter((one) => {
  if (one.dataset.slot) return !photos.has(one.dataset.slot) && !one.querySelector("[name=original]:checked");
  const fields = [...one.querySelectorAll("input, select, textarea")];
  const chosen = fields.some((field) => ["radio", "checkbox"].includes(field.type));
  return chosen ? !fields.some((field) => field.checked) : fields.some((field) => !field.value.trim());
}).map((one) => one.dataset.required);

/* The fields as the form would post them, and the photos beside them. */
async function content() {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (!value || typeof value !== "string") continue;
    fields[name] = name in fields ? [].concat(fields[name], value) : value;
  }
  for (const [slot, photo] of photos) fields[`photo.${slot}`] = await base64(await packed(photo, MOST_BYTES / photos.size));
  return fields;
}

async function keep() {
  const shown = { consent: document.querySelector("[data-consent]").textContent.trim(), saved: form.dataset.saved };
  const open = missing();
  last = await add(form.dataset.outbox, await content(), shown);
  const same = [...form.querySelectorAll("[data-sticky] :is(input, select, textarea)")].map((field) => [field, field.value, field.checked]);
  form.reset();
  photos.clear();
  document.querySelectorAll("[data-photo-told], [data-position-status]").forEach((one) => { one.textContent = ""; });
  for (const [field, value, checked] of same) Object.assign(field, ["radio", "checkbox"].includes(field.type) ? { checked } : { value });
  choose();
  document.querySelector("[data-where]").open = false;
  const told = document.querySelector("[data-missing]");
  told.hidden = !open.length;
  told.textContent = told.dataset.missing.replace("#", open.join(", "));
  await follow();
  document.querySelector("[data-saved-panel]").focus();
}

/* Where the entry saved last is: on the phone, at the server with its number, or before a person there. */
async function follow() {
  const all = await entries();
  say("old", all.some((entry) => isUnsent(entry) && Date.now() - Date.parse(entry.made) > OLD));
  const entry = all.find((one) => one.uuid === last);
  document.querySelector("[data-saved-panel]").hidden = !entry;
  const [, number = "", state = ""] = ((entry && entry.reference) || "").split(":");
  const stands = entry && (entry.state === "sent" && state === "draft" ? "draft" : entry.state);
  for (const name of ["waiting", "failed", "sent", "draft", "kept"]) say(name, stands === name);
  document.querySelectorAll("[data-number]").forEach((one) => { one.textContent = number; });
  const count = all.filter((one) => one.kind === form.dataset.outbox).length;
  const told = document.querySelector("[data-count]");
  told.hidden = !count;
  told.textContent = told.dataset.count.replace("#", count);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy || form.dataset.sent || !device || tellProblems(form, problems())) return event.stopPropagation();
  busy = true;
  say("not-saved", false);
  try {
    await keep();
  } catch (error) {
    say("not-saved");
    document.querySelector("[data-say=not-saved]").scrollIntoView();
  }
  busy = false;
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  return undefined;
});
form.addEventListener("change", ({ target }) => {
  if (target === form.elements.licence || target === form.elements.market) choose();
  if (target.type === "file") take(target);
});
document.addEventListener("sp:unsent", follow);

/* While there is a signal the kept page is fetched anew, for markets that were added since; only where the phone holds
   the scripts and styles that it names. */
async function keepAgain() {
  const { pathname } = location;
  for (const name of await caches.keys()) {
    const box = await caches.open(name);
    if (!(await box.match(pathname))) continue;
    const answer = await fetch(pathname, { headers: { "X-Keep-On-Phone": "1" }, cache: "no-cache" });
    const named = [...(await answer.clone().text()).matchAll(/\/static\/[^"'#?\s]+\.(?:js|css)/g)];
    const held = await Promise.all(named.map(([path]) => box.match(path)));
    if (answer.ok && !answer.redirected && held.every(Boolean)) await box.put(pathname, answer);
  }
}

async function start() {
  choose();
  device = await current();
  say("no-device", !device);
  say("over", Boolean(device) && Date.parse(device.until) < Date.now());
  await tell();
  if ("caches" in window) keepAgain().catch(() => {});
}
start().catch(() => say("no-device"));
