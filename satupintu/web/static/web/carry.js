/* What is unsent as a file, sealed with a password that somebody typed, and such a file taken in on another phone.
   The UUIDs go along: whatever was sent already counts once. */
import { current, deviceOf, entries, isUnsent, keep, unseal } from "./outbox.js";

const ROUNDS = 310000;
const text = new TextEncoder();
const plain = (bytes) => btoa([...new Uint8Array(bytes)].map((byte) => String.fromCharCode(byte)).join(""));
const bytes = (line) => Uint8Array.from(atob(line), (sign) => sign.charCodeAt(0));

async function keyOf(password, salt) {
  if (password.length < 8) throw new Error("too short");
  const base = await crypto.subtle.importKey("raw", text.encode(password), "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(way, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/* Hand the file to the browser; returns how many entries it holds. */
export async function packed(form) {
  const records = [];
  for (const { uuid, kind, hash, made, shown, owner, ...entry } of (await entries()).filter(isUnsent)) {
    records.push({ uuid, kind, hash, made, shown, text: await unseal((await deviceOf(owner)).key, entry) });
  }
  const [salt, iv] = [16, 12].map((length) => crypto.getRandomValues(new Uint8Array(length)));
  const key = await keyOf(form.elements.password.value, salt);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text.encode(JSON.stringify(records)));
  const file = new Blob([JSON.stringify({ satupintu: 1, salt: plain(salt), iv: plain(iv), sealed: plain(sealed) })], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = form.dataset.file;
  link.click();
  URL.revokeObjectURL(link.href);
  return records.length;
}

/* Take a file in under the device of who holds this phone; returns how many entries it held. */
export async function carried(form) {
  const box = JSON.parse(await form.elements.file.files[0].text());
  const key = await keyOf(form.elements.password.value, bytes(box.salt));
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(box.iv) }, key, bytes(box.sealed));
  const records = JSON.parse(new TextDecoder().decode(opened));
  const device = await current();
  for (const record of records) await keep(device, record);
  return records.length;
}
