/* The page of the queue: what waits on this phone, what went, what could not; to send, try again, delete, carry. */
import { current, drop, entries, flush, isUnsent, retry, tell, unseal } from "./outbox.js";

const OLD = 86400000; // ms
const MOST = 50; // rows of what waits
const MOST_SENT = 20; // rows of what went, the newest
const page = document.querySelector("[data-queue]");
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const show = (name, yes) => { part(name).hidden = !yes; };
const inWords = (moment) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(new Date(moment));

async function draw() {
  const [all, device] = [await entries(), await current()];
  const unsent = all.filter(isUnsent);
  show("all-sent", all.length && !unsent.length);
  show("nothing", !all.length);
  show("old", unsent.some((entry) => Date.now() - Date.parse(entry.made) > OLD));
  show("no-device", !device);
  show("device", device);
  show("over", device && Date.parse(device.until) < Date.now());
  if (device) {
    part("device-name").textContent = device.name;
    part("device-until").textContent = inWords(device.until);
  }
  show("send", unsent.length);
  part("count").textContent = part("count").dataset.words.replace("#", unsent.length);
  show("carry", unsent.length);
  show("take", device);
  const mine = unsent.filter((entry) => device && entry.owner === device.owner);
  const captured = (device && device.captured) || 0;
  const acknowledged = Math.max(0, captured - mine.length);
  const counts = { captured, acknowledged, waiting: mine.length, sent: acknowledged + mine.filter((entry) => entry.tried).length };
  show("counts", device);
  for (const [name, count] of Object.entries(counts)) page.querySelector(`[data-count="${name}"]`).textContent = count;
  const shown = [...unsent.slice(0, MOST), ...all.filter((entry) => !isUnsent(entry)).slice(0, MOST_SENT)];
  part("rows").replaceChildren(...(await Promise.all(shown.map((entry) => row(entry, device)))));
  show("more", shown.length < all.length);
  part("more").textContent = part("more").dataset.words.replace("#", all.length - shown.length);
  const kept = navigator.storage && navigator.storage.persisted && (await navigator.storage.persisted());
  show("guarded", kept);
  show("unguarded", !kept);
}

async function row(entry, device) {
  const item = document.getElementById("row").content.cloneNode(true);
  const put = (name, text) => { item.querySelector(`[data-put="${name}"]`).textContent = text; };
  const mine = entry.sealed && device && device.owner === entry.owner;
  const content = mine ? await unseal(device.key, entry).catch(() => "{}") : "{}";
  const { display_name: name, card } = JSON.parse(content);
  const kind = page.querySelector(`[data-kind="${CSS.escape(entry.kind)}"]`);
  put("name", name || [kind && kind.textContent, card].filter(Boolean).join(" "));
  put("made", inWords(entry.made));
  put("detail", entry.detail);
  item.querySelectorAll("[data-when]").forEach((one) => one.dataset.when.split(" ").includes(entry.state) || one.remove());
  const press = (name, work) => {
    const button = item.querySelector(`[data-do="${name}"]`);
    if (button) button.addEventListener("click", work);
  };
  press("retry", () => retry(entry));
  press("drop", () => askToDrop(entry));
  return item;
}

function askToDrop(entry) {
  const dialog = document.getElementById("drop");
  dialog.querySelector("[data-part=yes]").onclick = () => drop(entry.uuid).then(() => dialog.close());
  dialog.querySelector("[data-part=no]").onclick = () => dialog.close();
  dialog.showModal();
}

page.hidden = false;
document.addEventListener("sp:unsent", () => draw());
part("send").addEventListener("click", () => flush());
part("guard").addEventListener("click", () => navigator.storage && navigator.storage.persist && navigator.storage.persist().then(draw));
page.querySelectorAll("form").forEach((form) => form.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopPropagation();
  const said = form.querySelector("[role=status]");
  try {
    const { carried, packed } = await import("./carry.js");
    said.textContent = form.dataset.done.replace("#", form === part("carry") ? await packed(form) : await carried(form));
    form.reset();
  } catch (error) {
    said.textContent = form.dataset.failed;
  }
  flush();
}));
tell();
