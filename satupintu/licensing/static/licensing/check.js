/* The check page: reads what stands behind the # of its address, with the keys and the list that this phone has.
   Both are fetched whenever there is a network, and the newest of each is kept here. A list only counts upwards:
   the highest number ever seen is remembered, and an older list is not believed. */
let cose; // fetched when there is something to check
const place = document.getElementById("answer");
const form = document.querySelector("[data-check]");
const BOX = "check-data"; // not one of the worker's boxes, which it empties at each new version
const SEEN = "check-list-seen";
const { lang } = document.documentElement;
const inWords = (options) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "id-ID", { dateStyle: "long", timeZone: "Asia/Jakarta", ...options });
const dayInWords = (iso) => inWords({ timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
const cityDay = () => Math.floor((Date.now() + 7 * 3600000) / 86400000);

/* What is at hand of one file, the network's first: {answer, fresh}. The query tells an answer of the network from
   one that the worker kept; its address is then the bare one. */
async function atHand(address) {
  const box = self.caches && (await caches.open(BOX));
  const found = [];
  const asked = `${address}?new`;
  const answer = await fetch(asked, { cache: "no-cache" }).catch(() => null);
  if (answer && answer.status === 200) found.push({ answer, fresh: answer.url.endsWith(asked) });
  const kept = box && (await box.match(address));
  if (kept) found.push({ answer: kept, fresh: false });
  const time = ({ answer: { headers } }) => Date.parse(headers.get("Date")) || 0;
  return found.sort((one, other) => other.fresh - one.fresh || time(other) - time(one));
}

async function keep(address, answer) {
  if (self.caches) await (await caches.open(BOX)).put(address, answer);
}

async function keysAtHand(address) {
  for (const { answer, fresh } of await atHand(address)) {
    try {
      const keys = await cose.readKeys(await answer.clone().text());
      if (fresh) await keep(address, answer);
      return { keys, fresh };
    } catch (error) { /* a page of a portal instead of keys: the next one */ }
  }
  return { keys: null, fresh: false };
}

/* The list with the highest number that a key vouches for, and when this phone got it. */
async function listAtHand(address, keys) {
  let best = null;
  for (const { answer, fresh } of await atHand(address)) {
    try {
      const seen = Number(localStorage.getItem(SEEN)) || 0;
      const list = await cose.readList(new Uint8Array(await answer.clone().arrayBuffer()), keys, seen);
      if (best && best.list.sequence >= list.sequence) continue;
      best = { list, fresh, since: Date.parse(answer.headers.get("Date")) };
      localStorage.setItem(SEEN, list.sequence);
      if (fresh) await keep(address, answer);
    } catch (error) {
      if (!(error instanceof cose.Refused)) throw error;
    }
  }
  return best || { list: null, fresh: false };
}

const NOT_READ = { unreadable: "unreadable", too_long: "unreadable", key_revoked: "key_revoked" };

/* Which answer to show. Without a list nothing is called valid: the paper may have been revoked. */
function answerTo({ status, reason }, list, fresh) {
  if (status === "active" || status === "suspended") return list ? status : "no_list";
  if (status !== "unknown") return status;
  if (reason === "unknown_key" && !fresh) return "unknown_key";
  return NOT_READ[reason] || "forged";
}

async function check(payload, typed) {
  cose = await import("./cose.js");
  const code = cose.canonicalCode(typed);
  if (payload === null && !code) return;
  if (!self.crypto || !crypto.subtle) return show("no_signatures");
  const { keys, fresh } = await keysAtHand(place.dataset.keys);
  if (!keys) return show("no_data");
  const known = await listAtHand(place.dataset.list, keys);
  const day = Math.max(cityDay(), known.list ? known.list.issued : 0);
  if (code) return show(cose.listedStatus(code, known.list, day) || "code_offline", null, known, day);
  const verdict = await cose.verify(payload, keys, known.list, day);
  return show(answerTo(verdict, known.list, fresh), verdict.claims, known, day);
}

const part = (selector) => document.querySelector(selector).content.cloneNode(true);

function show(name, claims, known = {}, day = 0) {
  const parts = [part(`template[data-answer=${name}]`)];
  if (known.list && day > known.list.nextUpdate) parts.push(part("template[data-old]"));
  if (known.list) parts.push(age(known));
  if (claims && claims.code) parts.push(filled("template[data-claims]", words(claims)));
  place.replaceChildren(...parts);
  place.dataset.status = name;
  document.getElementById("lead").hidden = true;
}

function age({ list, fresh, since }) {
  const time = { hour: "2-digit", minute: "2-digit" };
  const words = since ? inWords({ dateStyle: undefined, day: "numeric", month: "long", year: "numeric", ...time }).format(since) : dayInWords(cose.dayInText(list.issued));
  const made = filled("template[data-since]", { since: words });
  if (fresh) made.querySelector("[data-offline]").remove();
  return made;
}

function words(claims) {
  const said = { ...claims };
  const known = (attribute, code) => [...document.querySelectorAll(`[data-${attribute}]`)].find((one) => one.dataset[attribute] === code);
  for (const [name, attribute] of [["kind", "paper"], ["issuer", "issuer"]]) said[name] = (known(attribute, claims[name]) || { textContent: claims[name] }).textContent;
  for (const name of ["issued", "valid_from", "valid_until"]) said[name] = claims[name] && dayInWords(claims[name]);
  return said;
}

function filled(selector, values) {
  const made = part(selector);
  made.querySelectorAll("[data-fill]").forEach((one) => { one.textContent = values[one.dataset.fill] || one.dataset.endless || ""; });
  return made;
}

/* A link or its digits in the field, typed, pasted or read by the camera, is checked here. */
const isPayload = (text) => /#|^\s*[0-9]{20,}\s*$/.test(text);

function look() {
  const digits = location.hash.slice(1);
  const typed = new URLSearchParams(location.search).get("kode") || location.pathname.split("/")[2] || "";
  if (isPayload(location.hash) && digits !== "content" && digits !== "help") check(digits, "");
  else if (typed && !form.querySelector("[aria-invalid]")) check(null, typed);
}

form.addEventListener("submit", (event) => {
  const typed = form.elements.kode.value;
  if (!isPayload(typed)) return;
  event.preventDefault();
  event.stopPropagation(); // it is not sent, so it is not busy
  form.elements.kode.value = "";
  document.querySelector("[data-scanner]").hidden = true;
  const digits = typed.trim().split("#").pop();
  if (place) location.hash = digits;
  else location.href = `${form.action}#${digits}`;
});

if (place) {
  addEventListener("hashchange", look);
  look();
}
if ("BarcodeDetector" in self) import("../web/scan.js");
