/* What a phone holds of an event for its field page, sealed under the key of the owner: what was taken along from the
   server, and the phone's own entries until a newer bundle has them. Nothing of it goes into the Cache API. */
import { current, entries, isUnsent, seal, unseal, within } from "./outbox.js";

/* Every event the owner of this phone holds, the latest day first; what is older than its time is removed. */
export async function heldEvents() {
  const device = await current();
  const rows = (await within("readonly", (a, b, events) => events.getAll())) || [];
  for (const old of rows.filter((row) => Date.parse(row.until) < Date.now())) await dropEvent(old.ref);
  const own = rows.filter((row) => device && row.owner === device.owner && Date.parse(row.until) >= Date.now());
  const opened = await Promise.all(own.map((row) => opening(device, row)));
  return opened.filter(Boolean).sort((a, b) => (a.event.day < b.event.day ? 1 : -1));
}

const opening = (device, row) => unseal(device.key, row).then(JSON.parse, () => undefined);

export async function heldEvent(ref) {
  const device = await current();
  const row = await within("readonly", (a, b, events) => events.get(ref));
  return row && device && row.owner === device.owner ? opening(device, row) : undefined;
}

/* Take a bundle; then what was sent before it was asked for is in it, and its content can go from here. */
export async function holdEvent(bundle, sentBefore) {
  const device = await current();
  const { ref, until } = bundle.event;
  const row = { ref, until, owner: device.owner, ...(await seal(device.key, JSON.stringify(bundle))) };
  await within("readwrite", (all, devices, events) => {
    events.put(row);
    for (const uuid of sentBefore) {
      const there = all.get(uuid);
      there.onsuccess = () => there.result && all.put({ ...there.result, iv: null, sealed: null });
    }
  });
}

export const sentOf = async (ref) => (await entries()).filter((entry) => entry.event === ref && !isUnsent(entry)).map((entry) => entry.uuid);

/* The phone's own entries of an event that a bundle does not hold for sure: uuid, kind, made, content. */
export async function ownOf(ref) {
  const device = await current();
  const mine = (await entries()).filter((entry) => entry.event === ref && entry.sealed && device && entry.owner === device.owner);
  const read = await Promise.all(mine.map(({ uuid, kind, made, ...entry }) => (
    unseal(device.key, entry).then((text) => ({ uuid, kind, made, content: JSON.parse(text) }), () => undefined))));
  return read.filter(Boolean);
}

/* Remove an event: what was taken along, and the content of what was sent. Unsent entries stay until they are sent. */
export async function dropEvent(ref) {
  const sent = await sentOf(ref);
  await within("readwrite", (all, devices, events) => {
    events.delete(ref);
    for (const uuid of sent) {
      const there = all.get(uuid);
      there.onsuccess = () => there.result && all.put({ ...there.result, iv: null, sealed: null });
    }
  });
}

/* The lock of a phone that goes round; without a lock it is open again. */
export const keepLock = (owner, lock) => within("readwrite", (all, devices) => {
  const own = devices.get(owner);
  own.onsuccess = () => own.result && devices.put({ ...own.result, lock });
});
