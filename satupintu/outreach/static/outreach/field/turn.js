/* The phone that goes round: card, consent, one item a screen, sending. It fills the screen until the PIN opens it. */
import { asked, keptValues, nextItem, problem } from "../../surveys/asking.js";
import { keepLock } from "../../web/held.js";
import { capture, doubt, draws, form, held, page, part, put, row, say, state, text, words } from "./page.js";
import { openHands } from "./noting.js";
import { cardOf } from "./state.js";

const MOST_WRONG = 5;
const PAUSE = 60000; // ms after too many wrong PINs
const ROUNDS = 100000;
const dialog = part("turn");
const title = dialog.querySelector("#turn-title");
let lock, turn, asking; // asking: the survey as it was when the phone was locked

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function hashed(pin, salt) {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  return hex(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: new TextEncoder().encode(salt), iterations: ROUNDS }, base, 256));
}

const surveyOf = (ref) => held.bundle.surveys.find((one) => one.ref === ref);

/* Show one screen: its words, and what is to be filled in. */
function show(name, shown = {}) {
  if (window.speechSynthesis) speechSynthesis.cancel(); // nobody hears the answer to another statement
  turn.screen = name;
  const said = page.querySelector(`[data-words="${name}"]`);
  const word = (kind) => (said.querySelector(`[data-${kind}]`) || {}).textContent || "";
  title.textContent = shown.title || word("title");
  put(dialog, "hint", shown.hint || word("hint"));
  put(dialog, "onward", word("onward"));
  part("steps", dialog).hidden = !shown.of;
  if (shown.of) {
    dialog.querySelector("#turn-steps").textContent = words("of", shown.at, shown.of);
    Object.assign(dialog.querySelector("progress"), { value: shown.at, max: shown.of });
  }
  part("answer", dialog).replaceChildren(...(shown.fields || []));
  dialog.querySelector("[data-problem]").hidden = true;
  dialog.querySelector("[data-do=skip]").hidden = name !== "item";
  dialog.querySelector("[data-do=back]").hidden = !shown.back;
  dialog.querySelector("[data-do=unlock]").hidden = name === "leave" || name === "pin";
  dialog.querySelector("[data-speak]").classList.toggle("visually-hidden", name === "leave" || name === "pin");
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  const input = dialog.querySelector("[data-part=answer] input[type=text], [data-part=answer] input[type=password]");
  (input || title).focus();
}

function field(type, more = {}) {
  const input = Object.assign(document.createElement("input"), { type, name: "answer", autocomplete: "off", ...more });
  input.setAttribute("aria-labelledby", "turn-title");
  return input;
}

function choices(list, several, chosen) {
  const box = document.createElement("div");
  box.className = list.length === 2 && !several ? "choices choices-2" : "choices";
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", "turn-title");
  list.forEach(({ value, label, pictogram }, place) => {
    const choice = box.appendChild(document.createElement("div"));
    choice.className = "choice";
    choice.appendChild(Object.assign(field(several ? "checkbox" : "radio"), { value, id: `answer-${place}`, checked: chosen.includes(value) })).removeAttribute("aria-labelledby");
    const words = choice.appendChild(document.createElement("label"));
    words.htmlFor = `answer-${place}`;
    if (pictogram) words.appendChild(drawing(pictogram));
    words.appendChild(document.createElement("span")).textContent = label;
  });
  return box;
}

function drawing(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon pictogram");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "use")).setAttribute("href", `${page.dataset.sprite}#p-${name}`);
  return svg;
}

const fieldsOf = (item, given) => {
  if (item.type === "yesno") return choices([["yes", "yes", "face_yes"], ["no", "no", "face_not_yet"]].map(([value, word, pictogram]) => ({ value, label: words(word), pictogram })), false, [given]);
  if (item.type === "likert5") return choices(words("likert").split("|").map((label, place) => ({ value: String(place + 1), label: `${place + 1} ${label}` })), false, [given]);
  if (item.choices.length) return choices(item.choices.map((one) => ({ value: one.code, label: text(one), pictogram: one.pictogram })), item.type === "multiple", given.split(";"));
  return field("text", { value: given, maxLength: 1000, inputMode: item.type === "number" ? "numeric" : "text" });
};

const yesOrNo = () => {
  const said = page.querySelector("[data-words=consent]");
  return choices(["yes", "no"].map((value) => ({ value, label: said.querySelector(`[data-${value}]`).textContent })), false, []);
};

/* What comes next for whose turn it is. */
function onward() {
  const survey = asking;
  if (!turn.card) return show("card", { fields: [field("text", { maxLength: 12, autocapitalize: "characters", className: "width-10" })] });
  if (!turn.agreed) return show("consent", { hint: text(survey.consent), fields: [yesOrNo()] });
  const item = turn.again || nextItem(survey.items, turn.values);
  turn.again = undefined;
  turn.item = item;
  const shown = asked(survey.items, turn.values);
  const at = item ? shown.indexOf(item) : shown.length;
  if (!item) return show("send", { back: true });
  const hint = [text(item, "hint"), item.type === "multiple" ? page.querySelector("[data-several]").textContent : ""].filter(Boolean).join(" ");
  const fields = [fieldsOf(item, turn.values[item.code] || "")];
  if (item.pictogram) fields.unshift(drawing(item.pictogram));
  return show("item", { title: text(item), hint, at: at + 1, of: shown.length, back: at > 0, fields });
}

function back() {
  const shown = asked(asking.items, turn.values);
  turn.again = shown[(turn.item ? shown.indexOf(turn.item) : shown.length) - 1];
  onward();
}

const begin = () => {
  turn = { values: {} };
  onward();
};

const given = () => {
  const inputs = [...part("answer", dialog).querySelectorAll("input")];
  return inputs.filter((one) => one.type === "text" || one.type === "password" || one.checked).map((one) => one.value.trim()).join(";");
};

async function step() {
  const value = given();
  switch (turn.screen) {
    case "pin": return value.match(/^\d{4,6}$/) ? close(value) : words("pin");
    case "leave": return leave(value);
    case "thanks": case "refused": return begin();
    case "card":
      return card(cardOf(value));
    case "consent":
      if (!value) return words("choose");
      turn.agreed = value === "yes";
      return turn.agreed ? onward() : end("refused");
    case "item": return answer(value);
    default: return send();
  }
}

function card(typed) {
  const problem = typed ? doubt(part("answer", dialog).querySelector("input"), typed) : words("noCard");
  if (problem) return problem;
  turn.card = typed;
  return onward();
}

function answer(value) {
  const { item } = turn;
  if (!value) return words("choose");
  const wrong = problem(item, value);
  if (wrong) return words(wrong);
  turn.values[item.code] = value;
  return onward();
}

async function send() {
  const survey = asking;
  const values = keptValues(survey.items, turn.values);
  if (!Object.keys(values).length) return words("choose");
  const kept = await capture("surveys.sheet", { survey: survey.ref, card: turn.card, values, consent: survey.consent.version }, words("kept"));
  return kept ? end("thanks") : document.querySelector("[data-say=not-saved]").textContent.trim();
}

function end(screen) {
  turn = { values: {} };
  show(screen);
}

/* The lock. */
async function close(pin) {
  asking = surveyOf(turn.survey);
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  await keep({ event: held.bundle.event.ref, survey: turn.survey, salt, hash: await hashed(pin, salt), wrong: 0 });
  localStorage.setItem("kiosk", `/acara/${lock.event}/lapangan/`);
  begin();
}

async function keep(changed) {
  lock = changed;
  held.device.lock = lock;
  await keepLock(held.device.owner, lock);
}

async function open() {
  await keep(undefined);
  localStorage.removeItem("kiosk");
}

async function leave(pin) {
  if (lock.until > Date.now()) return words("wait");
  if ((await hashed(pin, lock.salt)) === lock.hash) {
    await open();
    turn = undefined;
    dialog.close();
    return "";
  }
  const wrong = lock.wrong + 1;
  await keep({ ...lock, wrong: wrong % MOST_WRONG, until: wrong >= MOST_WRONG ? Date.now() + PAUSE : 0 });
  return words(lock.until ? "wait" : "wrong");
}

const pinField = () => field("password", { inputMode: "numeric", maxLength: 6, className: "width-10" });

function drawSurveys(now) {
  const { surveys } = held.bundle;
  say("no-survey", !surveys.length);
  part("surveys").replaceChildren(...surveys.map((survey) => {
    const count = words("sheets", now.sheets(survey.ref).size, now.came.length);
    const card = row("survey", { wave: words(survey.wave), name: text(survey, "title"), count });
    card.querySelector("[data-do=round]").addEventListener("click", () => {
      turn = { survey: survey.ref };
      show("pin", { fields: [pinField()], back: true });
    });
    const hands = card.querySelector("[data-do=hands]");
    hands.hidden = !survey.items.some((item) => item.type === "yesno");
    hands.addEventListener("click", () => openHands(survey));
    return card;
  }));
}

export function startTurn() {
  draws(drawSurveys);
  form(dialog.querySelector("form"), step);
  dialog.querySelector("[data-do=skip]").addEventListener("click", () => {
    turn.values[turn.item.code] = "";
    onward();
  });
  dialog.querySelector("[data-do=back]").addEventListener("click", () => {
    if (turn.screen === "pin") dialog.close();
    else if (turn.screen === "leave") onward();
    else back();
  });
  dialog.querySelector("[data-do=unlock]").addEventListener("click", () => show("leave", { fields: [pinField()], back: true }));
  /* Escape closes the PIN of one who did not begin; a locked phone stays. */
  dialog.addEventListener("cancel", (event) => lock && event.preventDefault());
  dialog.addEventListener("close", () => lock && dialog.showModal());
  const before = held.device.lock;
  if (!before || before.event !== held.bundle.event.ref) return;
  asking = surveyOf(before.survey);
  if (asking) {
    lock = before;
    begin();
  } else open(); // the survey was closed meanwhile: nothing is left to guard
}
