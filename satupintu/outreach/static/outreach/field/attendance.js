/* Who came and who left: by name, by a typed card, by the QR of a card where the phone can read one. */
import { capture, clock, draws, form, named, once, page, part, press, put, row, say, state, words } from "./page.js";
import { cardOf } from "./state.js";

const input = () => part("find").querySelector("input");
let unknown = "";

const tap = (card, kind, source) => capture("outreach.tap", { kind, card, source }, words(kind === "left" ? "gone" : "arrived", card, clock(state().now)));

async function came(typed, source) {
  const card = cardOf(typed);
  const { people } = state();
  const found = people.find((one) => one.card === card) || onlyOne(people, typed);
  unknown = !found && card ? card : "";
  if (found && (found.arrived === null || found.left !== null)) await tap(found.card, "arrived", source);
  else if (found) part("toast").textContent = words("arrived", named(found), clock(found.arrived));
  if (found) input().value = "";
  draw(state());
}

const onlyOne = (people, typed) => {
  const fit = matching(people, typed);
  return typed.trim() && fit.length === 1 ? fit[0] : undefined;
};

const matching = (people, typed) => {
  const wanted = typed.trim().toLowerCase();
  const card = cardOf(typed);
  return people.filter((one) => !wanted || one.card === card || named(one).toLowerCase().includes(wanted));
};

function draw(now) {
  const shown = matching(now.people, input().value);
  const line = (one, when, detail) => {
    const made = row("person", { card: one.card, name: one.name, detail, who: ` ${one.card}` }, when);
    const button = made.querySelector("button");
    if (button) once(button, () => tap(one.card, when, "phone"));
    return made;
  };
  part("absent").replaceChildren(...shown.filter((one) => one.arrived === null).map((one) => line(one, "arrived", "")));
  part("present").replaceChildren(...shown.filter((one) => one.arrived !== null).map((one) => (one.left === null
    ? line(one, "left", words("cameAt", clock(one.arrived)))
    : line(one, "", `${words("cameAt", clock(one.arrived))}, ${words("leftAt", clock(one.left))}`))));
  part("unknown").hidden = !unknown;
  put(page, "unknown", words("unknown", unknown));
  put(page, "add", words("add", unknown));
  say("nobody", !shown.length && !unknown);
}

async function addCard() {
  const card = unknown;
  if (!(await capture("outreach.participant", { card }, words("kept"))) || !(await tap(card, "arrived", "code"))) return;
  unknown = "";
  input().value = "";
  draw(state());
}

/* Only where the browser reads QR itself; else names and typed codes are the way. */
async function scan() {
  const box = part("scanner");
  const video = box.querySelector("video");
  if (!box.hidden) return stop(video);
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    box.hidden = false;
    await video.play();
    const reader = new BarcodeDetector({ formats: ["qr_code"] });
    while (video.srcObject) {
      const [code] = await reader.detect(video).catch(() => []);
      if (code && cardOf(code.rawValue)) await came(code.rawValue, "qr").then(() => new Promise((next) => { setTimeout(next, 1500); }));
      await new Promise(requestAnimationFrame);
    }
  } catch (error) {
    stop(video);
  }
  return undefined;
}

function stop(video) {
  if (video.srcObject) video.srcObject.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  part("scanner").hidden = true;
}

export function startAttendance() {
  draws(draw);
  form(part("find"), () => came(input().value, "code"));
  input().addEventListener("input", () => { unknown = ""; draw(state()); });
  once(page.querySelector("[data-do=add]"), addCard);
  page.querySelector("[data-do=scan]").hidden = !("BarcodeDetector" in window);
  press("scan", scan);
  addEventListener("hashchange", () => stop(part("scanner").querySelector("video")));
  put(page, "nobody", words("nobody"));
}
