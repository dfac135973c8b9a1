/* Registering a vendor on a field device: one press puts the form into the outbox, with a signal or without. On a
   phone that is no field device the form stays an ordinary one, and the kept page says what to do first. */
import { add, current, entries, isUnsent, tell } from "../web/outbox.js";
import { isWrongNik, tellProblems } from "../web/problems.js";

const OLD = 86400000; // ms
const form = document.querySelector("form[data-outbox]");
const say = (name, yes = true) => document.querySelectorAll(`[data-say="${name}"]`).forEach((one) => { one.hidden = !yes; });
let device, last;

/* Words of the page itself for what must be there; all other rules wait at the server. */
function problems() {
  const { given, display_name: name, region, nik } = form.elements;
  return [
    [given[0], !given.value, "given"], [name, name.value.trim().length < 2, "name"], [region, !region.value, "region"],
    [nik, isWrongNik(nik.value), "nik"],
  ];
}

/* Exactly what the form would post, so that the server reads both alike. */
function content() {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken" || !value) continue;
    fields[name] = name in fields ? [].concat(fields[name], value) : value;
  }
  return fields;
}

async function keep() {
  const shown = { consent: document.querySelector("[data-consent]").textContent.trim(), saved: form.dataset.saved };
  last = await add(form.dataset.outbox, content(), shown);
  const { place, region } = form.elements;
  const next = { place: place.value, region: region.value }; // the next vendor stands at the same market
  form.reset();
  form.elements.answers.value = "";
  say("answers", false);
  place.value = next.place;
  region.value = next.region;
  await follow();
  document.querySelector("[data-saved-panel]").focus();
}

/* Where the entry saved last is: on the phone, at the server, or before a person there. */
async function follow() {
  const all = await entries();
  say("old", all.some((entry) => isUnsent(entry) && Date.now() - Date.parse(entry.made) > OLD));
  const entry = all.find((one) => one.uuid === last);
  document.querySelector("[data-saved-panel]").hidden = !entry;
  for (const state of ["waiting", "failed", "sent", "kept"]) say(state, Boolean(entry) && entry.state === state);
}

form.addEventListener("submit", async (event) => {
  if (!device && form.method === "post") return; // an ordinary form
  event.preventDefault();
  if (form.dataset.sent || !device || tellProblems(form, problems())) return event.stopPropagation();
  say("not-saved", false);
  try {
    await keep();
  } catch (error) {
    say("not-saved");
    document.querySelector("[data-say=not-saved]").scrollIntoView();
  }
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});
document.addEventListener("sp:unsent", follow);

async function start() {
  const answers = location.search.slice(1);
  if (answers && !form.elements.answers.value) form.elements.answers.value = answers;
  say("answers", Boolean(form.elements.answers.value));
  device = await current();
  say("no-device", !device);
  say("over", Boolean(device) && Date.parse(device.until) < Date.now());
  await tell();
}
start().catch(() => say("no-device"));
