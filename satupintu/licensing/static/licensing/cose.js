/* Reads certificates, keys and revocation lists as kernel/seal does: the same strict part of CBOR, the same
   refusals in the same order. No clock, no network, no page: bytes, keys and days are given. */
export const LONGEST = 400; // bytes of a certificate
const LONGEST_LIST = 2000000;
const LAST_DAY = 2932896; // 31 December 9999
const FIRST_DAY = -719162; // 1 January of the year 1
const ALPHABET = "23456789CDFGHJKMNPRTWXY";
const CODES = ALPHABET.length ** 6;
const LISTED = ["", "suspended", "revoked", "superseded"];
const CLAIMS = ["", "number", "kind", "issuer", "issued", "valid_from", "valid_until", "code", "holder"];

/* Why something signed is not accepted; the words are those of kernel/seal/refusals.py. */
export class Refused extends Error {}
const refuse = (reason) => { throw new Refused(reason); };

/* CBOR (RFC 8949, the deterministic form). Bytes are Uint8Array, a map is {pairs: [[key, value], ...]}, a tag
   {tag, value}; whole numbers too large for a Number are BigInt. */
const LEAST = [24, 0x100, 0x10000, 0x100000000];

function read(data, at, depth) {
  if (!depth || at >= data.length) refuse("not_canonical");
  const [kind, mark] = [data[at] >> 5, data[at] & 31];
  const width = mark < 24 ? 0 : 1 << (mark - 24);
  const end = at + 1 + width;
  if (kind > 6 || mark > 27 || end > data.length) refuse("not_canonical");
  let number = mark;
  if (width) {
    number = data.subarray(at + 1, end).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    if (number < LEAST[mark - 24]) refuse("not_canonical");
    if (number <= Number.MAX_SAFE_INTEGER) number = Number(number);
  }
  if (kind === 0) return [number, end];
  if (kind === 1) return [typeof number === "bigint" ? -1n - number : -1 - number, end];
  if (kind === 2 || kind === 3) return string(data, end, number, kind === 3);
  if (kind === 6) {
    const [value, after] = read(data, end, depth - 1);
    return [{ tag: number, value }, after];
  }
  return kind === 4 ? list(data, end, number, depth - 1) : map(data, end, number, depth - 1);
}

function string(data, at, length, isText) {
  if (length > data.length - at) refuse("not_canonical");
  const bytes = data.subarray(at, at + length);
  if (!isText) return [bytes, at + length];
  try {
    return [new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), at + length];
  } catch (error) {
    return refuse("not_canonical");
  }
}

function list(data, at, length, depth) {
  const items = [];
  for (let n = 0; n < length; n += 1) {
    const [value, after] = read(data, at, depth);
    items.push(value);
    at = after;
  }
  return [items, at];
}

function map(data, at, length, depth) {
  const pairs = [];
  let before = new Uint8Array();
  for (let n = 0; n < length; n += 1) {
    const [key, between] = read(data, at, depth);
    const written = data.subarray(at, between);
    if (!(isNumber(key) || isText(key) || isBytes(key)) || !comesAfter(written, before)) refuse("not_canonical");
    const [value, after] = read(data, between, depth);
    pairs.push([key, value]);
    before = written;
    at = after;
  }
  return [{ pairs }, at];
}

function comesAfter(bytes, others) {
  const at = bytes.findIndex((byte, place) => byte !== others[place]);
  return at >= 0 && (at >= others.length || bytes[at] > others[at]);
}

export function decode(data) {
  const [value, end] = read(data, 0, 8);
  if (end !== data.length) refuse("not_canonical");
  return value;
}

const isNumber = (value) => typeof value === "number" || typeof value === "bigint";
const isText = (value) => typeof value === "string";
const isBytes = (value) => value instanceof Uint8Array;
const isMap = (value) => Boolean(value && value.pairs);

/* The keys of the map in their order, and its values by key; of use where all keys must be small numbers. */
const keysOf = (value) => value.pairs.map(([key]) => key);
const valuesOf = (value) => new Map(value.pairs);
const same = (some, others) => some.length === others.length && some.every((one, at) => one === others[at]);

/* The signed envelope (COSE_Sign1, RFC 9052). */
function open(data, longest) {
  if (data.length > longest) refuse("too_long");
  const message = decode(data);
  if (!message || message.tag !== 18 || (message.value && message.value.tag !== undefined)) refuse("tag");
  const parts = message.value;
  if (!Array.isArray(parts) || parts.length !== 4) refuse("shape");
  const [header, unprotected, payload, signature] = parts;
  if (!isBytes(header) || !isBytes(payload) || !isBytes(signature)) refuse("shape");
  if (!isMap(unprotected) || unprotected.pairs.length) refuse("unprotected_header");
  return { keyId: keyNamedIn(header), header, payload, signature };
}

function keyNamedIn(header) {
  const said = decode(header);
  if (!isMap(said) || !valuesOf(said).has(1)) refuse("protected_header");
  if (valuesOf(said).get(1) !== -7) refuse("algorithm");
  const named = valuesOf(said).get(4);
  if (!same(keysOf(said), [1, 4]) || !isBytes(named) || named.length !== 4) refuse("protected_header");
  return hex(named);
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function counted(bytes) { // bytes with their CBOR head, up to 4 GB
  const n = bytes.length;
  if (n < 24) return [0x40 | n, ...bytes];
  if (n < 256) return [0x58, n, ...bytes];
  return n < 65536 ? [0x59, n >> 8, n & 255, ...bytes] : [0x5a, n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255, ...bytes];
}

/* Sig_structure of RFC 9052 section 4.4: ["Signature1", header, h'', payload]. */
const toBeSigned = ({ header, payload }) =>
  Uint8Array.from([0x84, 0x6a, ...new TextEncoder().encode("Signature1"), ...counted(header), 0x40, ...counted(payload)]);

async function trustedKey(envelope, keys, purpose) {
  const key = keys.get(envelope.keyId);
  if (!key) refuse("unknown_key");
  const way = { name: "ECDSA", hash: "SHA-256" };
  const { signature } = envelope;
  if (signature.length !== 64 || !(await crypto.subtle.verify(way, key.usable, signature, toBeSigned(envelope)))) refuse("signature");
  if (key.revoked_on !== null) refuse("key_revoked");
  if (!key.purposes.includes(purpose)) refuse("key_not_for_this");
  return key;
}

function checkDay(key, day) {
  if (day < dayNumber(key.valid_from) || (key.valid_until !== null && day > dayNumber(key.valid_until))) refuse("key_outside_its_time");
}

/* Published keys: a JWK set as text. One unusable key makes all unusable, as on the server. */
export async function readKeys(text) {
  const found = new Map();
  for (const entry of JSON.parse(text).keys) {
    const { kty, crv, x, y, alg, kid, purposes, valid_from, valid_until, revoked_on } = entry;
    const print = new TextEncoder().encode(`{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`);
    const ownId = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", print)).subarray(0, 4));
    const days = [valid_from, ...[valid_until, revoked_on].filter((day) => day !== null)].map(dayNumber);
    if (alg !== "ES256" || kid !== ownId || found.has(kid) || "d" in entry || days.some(Number.isNaN)) throw new Error("keys");
    const usable = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    found.set(kid, { usable, purposes, valid_from, valid_until, revoked_on });
  }
  return found;
}

/* Days since 1970, and back. */
export const dayNumber = (iso) => Date.parse(`${iso}T00:00:00Z`) / 86400000;
export const dayInText = (number) => new Date(number * 86400000).toISOString().slice(0, 10);
const isDay = (value, first) => Number.isInteger(value) && value >= first && value <= LAST_DAY;

/* The seven characters to type. */
export function canonicalCode(typed) {
  const code = typed.toUpperCase().replace(/[ .-]/g, "").replace(/Z/g, "2").replace(/S/g, "5").replace(/B/g, "8");
  const places = [...code].map((sign) => ALPHABET.indexOf(sign));
  if (places.length !== 7 || places.includes(-1) || weighed(places) % 23) return null;
  return code;
}

function codeOf(number) {
  const places = [5, 4, 3, 2, 1, 0].map((power) => Math.floor(number / 23 ** power) % 23);
  const check = (23 - (weighed(places) * 10) % 23) % 23;
  return [...places, check].map((place) => ALPHABET[place]).join("");
}

const weighed = (places) => places.reduce((sum, place, at) => sum + place * (at + 1), 0);

/* What a certificate says of itself. */
const NO_SIXTEEN = /^(?![^]*[0-9]{16})/;
const CODE = /^[a-z0-9_-]{1,24}$/;
const FITS = {
  number: (said) => isText(said) && /^(?:[^\p{C}\p{Z}]| )+$/u.test(said) && [...said].length <= 48 && NO_SIXTEEN.test(said),
  kind: (said) => isText(said) && CODE.test(said),
  issuer: (said) => isText(said) && CODE.test(said) && NO_SIXTEEN.test(said),
  issued: (said) => isDay(said, 0),
  valid_from: (said) => isDay(said, 0),
  valid_until: (said) => isDay(said, 0),
  code: (said) => isText(said) && canonicalCode(said) === said,
  holder: (said) => isText(said) && /^(?:[\p{L}\p{N}_]\.){1,4}$/u.test(said),
};

function claimsIn(payload) {
  if (!isMap(payload)) refuse("claims");
  const fields = valuesOf(payload);
  const keys = fields.has(6) ? [0, 1, 2, 3, 4, 5, 6, 7, 8] : [0, 1, 2, 3, 4, 5, 7, 8];
  const fits = (key) => (key === 0 ? fields.get(0) === 1 : FITS[CLAIMS[key]](fields.get(key)));
  if (!same(keysOf(payload), keys) || !keys.every(fits) || fields.get(6) < fields.get(5)) refuse("claims");
  const day = (key) => (fields.has(key) ? dayInText(fields.get(key)) : null);
  const [number, kind, issuer, code, holder] = [1, 2, 3, 7, 8].map((key) => fields.get(key));
  return { number, kind, issuer, issued: day(4), valid_from: day(5), valid_until: day(6), code, holder };
}

/* The list of what no longer holds, as {sequence, issued, nextUpdate, entries}; days are numbers. */
export async function readList(data, keys, newestSeen = 0) {
  const envelope = open(data, LONGEST_LIST);
  const key = await trustedKey(envelope, keys, "revocations");
  const found = listIn(decode(envelope.payload));
  checkDay(key, found.issued);
  if (found.sequence < newestSeen) refuse("rollback");
  return found;
}

function listIn(payload) {
  if (!isMap(payload) || !same(keysOf(payload), [0, 1, 2, 3, 4])) refuse("claims");
  const [form, sequence, issued, nextUpdate, listed] = payload.pairs.map(([, value]) => value);
  const days = isDay(issued, FIRST_DAY) && isDay(nextUpdate, FIRST_DAY) && nextUpdate >= issued;
  if (form !== 2 || !isNumber(sequence) || sequence < 1 || !days || !isMap(listed)) refuse("claims");
  const entries = new Map();
  for (const [number, entry] of listed.pairs) {
    const [status, since] = Array.isArray(entry) && entry.length === 2 ? entry : [];
    if (!Number.isInteger(number) || number < 0 || number >= CODES || !isDay(since, FIRST_DAY)) refuse("claims");
    if (![1, 2, 3].includes(status)) refuse("claims");
    entries.set(codeOf(number), { status: LISTED[status], since });
  }
  return { sequence, issued, nextUpdate, entries };
}

/* Two bytes are five digits, a last single byte three. */
export function bytesIn(text, longest = LONGEST) {
  const digits = text.trim().split("#").pop();
  if (digits.length > Math.floor((longest * 5) / 2) + 3) refuse("too_long");
  if (!/^(?:[0-9]{5})*(?:[0-9]{3})?$/.test(digits)) refuse("unreadable");
  const bytes = (digits.match(/[0-9]{5}|[0-9]{3}$/g) || []).flatMap((group) => {
    const number = Number(group);
    if (number >= (group.length === 5 ? 65536 : 256)) refuse("unreadable");
    return group.length === 5 ? [number >> 8, number & 255] : [number];
  });
  return Uint8Array.from(bytes);
}

/* What is known about a certificate on the day `at` (a number): {status, reason, claims}, never an error. */
export async function verify(payload, keys, revocations, at) {
  let claims;
  try {
    const envelope = open(isText(payload) ? bytesIn(payload) : payload, LONGEST);
    const key = await trustedKey(envelope, keys, "certificates");
    claims = claimsIn(decode(envelope.payload));
    checkDay(key, dayNumber(claims.issued));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: "unknown", reason: error.message, claims: {} };
  }
  const status = statusOf(claims, revocations, at);
  return { status, reason: status === "active" ? null : status, claims };
}

export function listedStatus(code, revocations, at) {
  const entry = revocations && revocations.entries.get(code);
  return entry && entry.since <= at ? entry.status : null;
}

/* The gravest thing that is known: revoked, then replaced, then its own days, then suspended. */
function statusOf({ code, valid_from, valid_until }, revocations, at) {
  const listed = listedStatus(code, revocations, at);
  if (listed === "revoked" || listed === "superseded") return listed;
  if (at < dayNumber(valid_from)) return "not_yet_valid";
  if (valid_until !== null && at > dayNumber(valid_until)) return "expired";
  return listed || "active";
}
