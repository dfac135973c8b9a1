/* Makes this phone a field device: the token comes once, into the outbox, beside a key that never leaves it. */
import { deviceOf, entries, flush, isUnsent, newKey, saveDevice } from "./outbox.js";

const form = document.querySelector("form[data-device]");
const { owner } = form.dataset;
const say = (name) => form.querySelectorAll("[data-say]").forEach((one) => { one.hidden = one.dataset.say !== name; });

async function start() {
  const known = await deviceOf(owner);
  if (known) {
    form.elements.replaces.value = known.ref;
    form.elements.name.value = known.name;
    document.querySelectorAll(`[data-ref="${known.ref}"] [data-here]`).forEach((one) => { one.hidden = false; });
  }
  form.hidden = false;
}

async function prepare() {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.status === 422) return say("name");
  if (answer.status !== 201) return say("failed");
  const made = await answer.json();
  const known = await deviceOf(owner);
  const captured = (await entries()).filter((entry) => entry.owner === owner && isUnsent(entry)).length; // a new device begins with these
  await saveDevice({ ...known, ...made, captured, key: known ? known.key : await newKey() });
  if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
  await flush();
  location.reload();
  return undefined;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  prepare().catch(() => say("failed"));
});
start().catch(() => say("failed"));
