/* The field page: takes the event along while there is a signal, and does the whole morning without one. */
import { current, entries, isUnsent, tell } from "../../web/outbox.js";
import { dropEvent, heldEvent, heldEvents, holdEvent, ownOf, sentOf } from "../../web/held.js";
import { startAttendance } from "./attendance.js";
import { startNoting } from "./noting.js";
import { clock, held, page, part, press, put, redraw, row, say, state, words } from "./page.js";
import { startRunning } from "./running.js";
import { startTurn } from "./turn.js";

const OLD = 86400000; // ms
const CLOCK_MAY_DIFFER = 120000; // ms
const IN_AN_APP = /; wv\)|FBAN|FBAV|Instagram|WhatsApp|Line\//;
const SCREENS = ["jalan", "hadir", "isian", "tangan", "tanya", "bantuan"];
const ref = (/\/acara\/([0-9a-f-]{36})\//.exec(location.pathname) || [])[1];
let started = false;

const shown = (name) => document.querySelectorAll("[data-screen]").forEach((one) => { one.hidden = one.dataset.screen !== name; });
const dayOf = (event) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full" }).format(new Date(`${event.day}T12:00`));

function go() {
  const wanted = location.hash.slice(1);
  const name = SCREENS.includes(wanted) && (wanted !== "tangan" || part("hands").querySelector("option")) ? wanted : "jalan";
  shown(name);
  document.querySelectorAll("[data-tabs] a").forEach((link) => {
    const here = link.hash === `#${name === "tangan" ? "isian" : name}`;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  scrollTo(0, 0);
}

/* Take the event along. What was sent before we ask is in the answer; what the phone holds besides stays its own. */
async function take() {
  const before = await sentOf(ref);
  let bundle;
  try {
    const answer = await fetch(`/acara/${ref}/lapangan/bekal/`, { cache: "no-store", redirect: "manual" });
    bundle = answer.status === 200 ? await answer.json() : undefined;
  } catch (error) {
    return false;
  }
  if (!bundle || bundle.owner !== held.device.owner) return false;
  say("clock", Math.abs(Date.parse(bundle.made) - Date.now()) > CLOCK_MAY_DIFFER);
  await holdEvent(bundle, before);
  return load();
}

async function load() {
  const bundle = await heldEvent(ref);
  if (!bundle) return false;
  Object.assign(held, { bundle, own: await ownOf(ref) });
  if (!started) begin();
  redraw();
  await drawMarks();
  return true;
}

function begin() {
  started = true;
  say("not-held", false);
  put(document, "title", held.bundle.event.title);
  part("day").textContent = [dayOf(held.bundle.event), held.bundle.event.place].filter(Boolean).join(" · ");
  for (const start of [startRunning, startAttendance, startNoting]) start();
  document.querySelectorAll("[data-tabs]").forEach((one) => { one.hidden = false; });
  addEventListener("hashchange", go);
  go();
  part("ready").open = !state().noted.length;
  startTurn();
}

/* The marks of being ready, each told as it is. */
async function drawMarks() {
  const { event, made, surveys } = held.bundle;
  const said = page.querySelector("[data-marks]").dataset;
  const guarded = navigator.storage && navigator.storage.persisted && (await navigator.storage.persisted());
  const day = Date.parse(event.midnight) + OLD;
  const marks = [
    [said.device, words("until", dayOf({ day: held.device.until.slice(0, 10) })), Date.parse(held.device.until) > day],
    [said.page, "", await isKept()],
    [said.held, words("held", clock(state().minute(made))), true],
    [said.surveys, words("surveys", surveys.length), surveys.length > 0],
    [said.guarded, guarded ? "" : said.unguarded, guarded],
  ];
  part("marks").replaceChildren(...marks.map(([name, detail, yes]) => row("mark", { name, detail: detail || (yes ? "" : said.no) }, yes ? "yes" : "no")));
  put(page, "ready", words("of", marks.filter((mark) => mark[2]).length, marks.length));
  page.querySelector("[data-do=guard]").hidden = Boolean(guarded);
}

/* The worker takes a moment to keep the page. */
async function drawUntilKept(tries) {
  await drawMarks();
  if (tries && !(await isKept())) setTimeout(() => drawUntilKept(tries - 1), 1000);
}

async function isKept() {
  if (!("caches" in window)) return false;
  return Boolean(await caches.match("/acara/lapangan/"));
}

async function drawEvents() {
  const events = await heldEvents();
  shown("acara");
  say("none-held", !events.length);
  document.querySelector("[data-part=events]").replaceChildren(...events.map(({ event }) => {
    const line = row("event", { title: event.title, day: dayOf(event) });
    line.querySelector("a").href = `/acara/${event.ref}/lapangan/`;
    return line;
  }));
}

/* When everything has arrived, take along what the others noted meanwhile. */
let sentAll = true;
async function follow({ detail }) {
  const all = await entries();
  say("old", all.some((entry) => isUnsent(entry) && Date.now() - Date.parse(entry.made) > OLD));
  if (detail.count) sentAll = false;
  else if (!sentAll) {
    sentAll = true;
    await take();
  }
}

async function start() {
  if (IN_AN_APP.test(navigator.userAgent)) return say("webview");
  held.device = await current();
  if (!held.device || !held.device.lock || !(await heldEvent(held.device.lock.event))) localStorage.removeItem("kiosk");
  if (!held.device) return say("no-device");
  say("over", Date.parse(held.device.until) < Date.now());
  if (!ref) return drawEvents();
  document.addEventListener("sp:unsent", follow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && load()); // another tab may have noted more
  press("take", take);
  press("guard", () => navigator.storage && navigator.storage.persist && navigator.storage.persist().then(drawMarks));
  press("remove", () => dropEvent(ref).then(() => location.assign("/acara/lapangan/")));
  const had = await load();
  const taken = await take();
  if (!had && !taken) {
    say("not-held");
    await drawEvents();
  }
  if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
  if (started) await drawUntilKept(20);
  return tell();
}
start().catch(() => say("not-held"));
