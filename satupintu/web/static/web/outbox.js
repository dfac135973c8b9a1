/* The outbox of this phone: what was captured waits here, sealed, until the server has given its UUID and hash
   back. One key per owner, which no script can read out; each owner's entries go out with that owner's token.
   States: waiting, failed (the server cannot take it as it is), sent, kept (a person on the server looks at it). */
const API = "/api/v1/";
const LONGEST_WAIT = 300000; // ms between two tries
const PATIENCE = 30000; // ms for one answer
const LINE_STAYS = 14 * 86400000; // ms that the line of a sent entry is shown
const AT_ONCE = 20; // entries in one batch: some seconds of work for a small server, which takes up to 200
const BYTES_AT_ONCE = 250000; // of one batch, unless a single entry (a photo) is larger: a weak signal carries no more
const SENDING = 120000; // ms for one batch to go out and be answered
let opened, running, again, timer, offline = false, wait = 5000;

/* A phone that goes round stays on its questionnaire until the PIN opens it (outreach/field/turn.js). */
const locked = localStorage.getItem("kiosk");
if (locked && location.pathname !== locked) location.replace(locked);

function open() {
  opened = opened || new Promise((resolve, reject) => {
    const asked = indexedDB.open("satupintu-outbox", 2);
    asked.onupgradeneeded = ({ oldVersion }) => {
      if (!oldVersion) {
        asked.result.createObjectStore("devices", { keyPath: "owner" });
        asked.result.createObjectStore("entries", { keyPath: "uuid" });
      }
      asked.result.createObjectStore("events", { keyPath: "ref" });
    };
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.onclose = () => { opened = undefined; };
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
  });
  opened.catch(() => { opened = undefined; });
  return opened;
}

/* One transaction; what `work` asks for comes once all of it is on the disk. Phones cut the connection of pages
   in the background: then it is opened once more. */
export async function within(mode, work, again = true) {
  try {
    const database = await open();
    return await new Promise((resolve, reject) => {
      const change = database.transaction(["devices", "entries", "events"], mode, { durability: "strict" });
      const asked = work(...["entries", "devices", "events"].map((name) => change.objectStore(name)));
      change.oncomplete = () => resolve(asked && asked.result);
      change.onabort = () => reject(change.error || new Error("aborted"));
    });
  } catch (error) {
    if (!again || error.name !== "InvalidStateError") throw error;
    opened = undefined;
    return within(mode, work, false);
  }
}

export const entries = async () => (await within("readonly", (all) => all.getAll())).sort((a, b) => (a.made < b.made ? 1 : -1));
export const deviceOf = (owner) => within("readonly", (_, devices) => devices.get(owner));
export const saveDevice = (device) => within("readwrite", (_, devices) => devices.put(device));
export const drop = (uuid) => within("readwrite", (all, devices) => {
  const there = all.get(uuid);
  there.onsuccess = () => {
    if (!there.result) return;
    all.delete(uuid);
    if (isUnsent(there.result)) counted(devices, there.result.owner, -1);
  };
}).then(tell);
/* How many this device captured in all, for the list of devices. */
const counted = (devices, owner, more) => {
  const own = devices.get(owner);
  own.onsuccess = () => own.result && devices.put({ ...own.result, captured: Math.max(0, (own.result.captured || 0) + more) });
};
export const newKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
export const isUnsent = (entry) => entry.state === "waiting" || entry.state === "failed";

/* Whose phone this is just now: who signed in last and did not sign out. */
export async function current() {
  const owner = localStorage.getItem("outbox-owner");
  return owner ? deviceOf(owner) : undefined;
}

export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return hex(bytes).replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const digest = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

export async function seal(key, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text)) };
}

export async function unseal(key, { iv, sealed }) {
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
}

/* Keep something captured; resolves when it is on the disk, rejects when it is not (quota, no device). What belongs
   to an event keeps its content after it was sent, because the page of the event still counts with it (held.js). */
export async function add(kind, content, shown, event) {
  const device = await current();
  if (!device) throw new Error("no device");
  const text = JSON.stringify(content);
  const record = { uuid: uuid(), kind, hash: await digest(text), made: new Date().toISOString(), shown, event };
  await keep(device, { ...record, text });
  now();
  return record.uuid;
}

/* Put a record under an owner; one that is there already stays as it is. */
export async function keep(device, { text, ...record }) {
  const entry = { ...record, ...(await seal(device.key, text)), owner: device.owner, state: "waiting", detail: "" };
  await within("readwrite", (all, devices) => {
    const there = all.get(entry.uuid);
    const own = devices.get(device.owner);
    own.onsuccess = () => {
      if (there.result) return;
      const sequence = (own.result.sequence || 0) + 1;
      devices.put({ ...own.result, sequence, captured: (own.result.captured || 0) + 1 });
      all.add({ sequence, ...entry });
    };
  });
  await tell();
}

const change = (entry, values) => within("readwrite", (all) => {
  const there = all.get(entry.uuid);
  there.onsuccess = () => there.result && isUnsent(there.result) && all.put({ ...there.result, ...values });
});
export const retry = (entry) => change(entry, { state: "waiting", detail: "" }).then(flush);

/* Say what is unsent: to the chip of the shell and to the page of the queue. */
export async function tell() {
  const unsent = (await entries()).filter(isUnsent);
  const failed = unsent.filter((entry) => entry.state === "failed").length;
  const state = failed ? "failed" : !unsent.length ? "sent" : offline ? "offline" : "waiting";
  document.dispatchEvent(new CustomEvent("sp:unsent", { detail: { state, count: failed || unsent.length } }));
  return unsent;
}

async function ask(path, options, patience = PATIENCE) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(API + path, { cache: "no-store", credentials: "omit", redirect: "manual", signal: stop.signal, ...options });
    return { status: answer.status, body: await answer.json() };
  } catch (error) {
    return { status: 0, body: {} }; // no network, a redirect, a page for people, an answer cut off
  } finally {
    clearTimeout(late);
  }
}

async function reachable() {
  const nonce = uuid();
  return (await ask(`ping?nonce=${nonce}`)).body.nonce === nonce;
}

/* Send what waits. One tab at a time where there are locks; two at a time would do no harm. */
export function flush() {
  running = running || alone(sendAll).catch(() => {}).then(async () => {
    running = undefined;
    if (again) return now();
    const unsent = await tell();
    clearTimeout(timer);
    if (!unsent.some((entry) => entry.state === "waiting")) return;
    timer = setTimeout(flush, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }).catch(() => {}); // a browser that keeps nothing
  return running;
}

const alone = (work) => (navigator.locks ? navigator.locks.request("outbox", { ifAvailable: true }, (lock) => lock && work()) : work());

async function sendAll() {
  const all = await entries();
  await Promise.all(all.filter((e) => !isUnsent(e) && Date.now() - Date.parse(e.sent) > LINE_STAYS).map((e) => drop(e.uuid)));
  const waiting = all.filter((entry) => entry.state === "waiting").reverse();
  if (!waiting.length) return;
  offline = !(await reachable());
  if (offline) return;
  for (const owner of new Set(waiting.map((entry) => entry.owner))) {
    const device = await deviceOf(owner);
    const own = device ? waiting.filter((entry) => entry.owner === owner) : [];
    while (own.length) if (!(await sendAs(device, own.splice(0, fitting(own))))) break;
  }
}

/* How many of the first entries make one batch. */
function fitting(own) {
  let bytes = 0;
  const count = own.findIndex((entry) => (bytes += entry.sealed.byteLength) > BYTES_AT_ONCE);
  return Math.min(AT_ONCE, Math.max(1, count < 0 ? own.length : count));
}

/* One batch. Only status 200 with the same UUID and hash takes an entry out. */
async function sendAs(device, batch) {
  const records = [];
  for (const entry of batch) {
    const { uuid, kind, hash, made, sequence, shown } = entry;
    const content = await unseal(device.key, entry).catch(() => change(entry, { state: "failed" }));
    if (content !== undefined) records.push({ uuid, kind, hash, made_at: made, sequence, shown, content });
  }
  if (!records.length) return true;
  const tried = new Date().toISOString();
  await within("readwrite", (all) => records.forEach(({ uuid }) => {
    const there = all.get(uuid);
    there.onsuccess = () => there.result && isUnsent(there.result) && all.put({ ...there.result, tried });
  }));
  const { captured } = await deviceOf(device.owner);
  const { status, body } = await ask("sync/records", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${device.token}` },
    body: JSON.stringify({ sent_at: new Date().toISOString(), captured, records }),
  }, SENDING);
  if (status === 200 && Array.isArray(body.results)) {
    for (const entry of batch) await settle(entry, body.results.find((one) => one.uuid === entry.uuid && one.hash === entry.hash));
    return true;
  }
  if ([400, 413, 422].includes(status)) {
    const half = batch.length >> 1;
    if (half) return (await sendAs(device, batch.slice(0, half))) && sendAs(device, batch.slice(half));
    await change(batch[0], { state: "failed", detail: body.detail || String(status) });
    return true;
  }
  for (const entry of batch) await change(entry, { detail: [401, 403].includes(status) ? body.detail || String(status) : "" });
  return false;
}

function settle(entry, result) {
  if (!result) return undefined;
  if (result.state === "damaged") return change(entry, { detail: result.detail });
  wait = 5000;
  return change(entry, { state: result.detail ? "kept" : "sent", detail: result.detail, reference: result.reference, sent: new Date().toISOString(), ...(entry.event ? {} : { iv: null, sealed: null }) });
}

/* What calls while a try is under way (the signal is back, one entry more) gets a try of its own after it. */
function now() {
  again = Boolean(running);
  wait = 5000;
  return flush();
}

/* Signing out leaves what is unsent here, and says so first: the second press goes through. */
const form = document.querySelector("form[data-sign-out]");
if (form) localStorage.setItem("outbox-owner", form.dataset.signOut);
document.addEventListener("submit", (event) => {
  const leaving = event.target.closest('form[action$="/keluar/"]') || event.target.closest("form[data-sign-out]");
  const warning = document.querySelector("[data-unsent-warning]");
  if (!leaving) return;
  if (unsentCount && warning && warning.hidden) {
    event.preventDefault();
    event.stopImmediatePropagation();
    warning.hidden = false;
    warning.querySelector("[data-count]").textContent = unsentCount;
    warning.scrollIntoView();
  } else localStorage.removeItem("outbox-owner");
}, true);
let unsentCount = 0;
document.addEventListener("sp:unsent", (event) => { unsentCount = event.detail.count; });

/* On a field device the worker keeps the pages of the field too. */
if ("serviceWorker" in navigator) {
  current().then(async (device) => device && (await navigator.serviceWorker.ready).active.postMessage("keep-field")).catch(() => {});
}
addEventListener("online", now);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
now();
