/* What script adds to every page: voice, busy buttons, share, print, dialogs, the chip, the worker.
   Every page works without it. */
const root = document.documentElement;
const all = (selector) => [...document.querySelectorAll(selector)];

/* Read aloud. A recording if there is one, else the phone's own voice, sentence by sentence, because
   some voices break off after a quarter of a minute. No voice for the language: no button. */
const synth = window.speechSynthesis;
const english = root.lang === "en";
const fits = english ? /^en([-_]|$)/i : /^id([-_]|$)/i;
let reading = null;

const voice = () => {
  const found = synth ? synth.getVoices().filter((v) => fits.test(v.lang)) : [];
  return found.find((v) => v.localService) || found[0];
};

function sentences(scope) {
  const lines = [];
  let block = null;
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (parent.closest("button, script, [data-silent], .visually-hidden") || !parent.getClientRects().length) continue;
    let own = parent;
    while (own !== scope && getComputedStyle(own).display === "inline") own = own.parentElement;
    if (own !== block) lines.push("");
    block = own;
    lines[lines.length - 1] += text.data;
  }
  return lines.flatMap((line) => line.replace(/\s+/g, " ").match(/.+?(?:[.?!](?=\s|$)|$)/g) || [])
    .map((line) => line.trim()).filter((line) => /[\p{L}\p{N}]/u.test(line));
}

function stop() {
  if (!reading) return;
  if (synth) synth.cancel();
  if (reading.sound) reading.sound.pause();
  reading.button.setAttribute("aria-pressed", "false");
  reading = null;
}

function speak(button) {
  const mine = (reading = { button });
  const lines = sentences(button.closest("[data-speak-scope]") || document.querySelector("main"));
  const next = () => {
    if (reading !== mine) return;
    const line = lines.shift();
    if (!line) return stop();
    const words = new SpeechSynthesisUtterance(line);
    words.lang = english ? "en-US" : "id-ID";
    words.rate = 0.9;
    words.voice = voice() || null;
    words.onend = next;
    words.onerror = () => reading === mine && stop();
    synth.speak(words);
  };
  next();
}

function play(button) {
  const mine = (reading = { button, sound: new Audio(button.dataset.audio) });
  mine.sound.onended = () => reading === mine && stop();
  mine.sound.play().catch(() => reading === mine && (voice() ? speak(button) : stop()));
}

function offerVoice() {
  const can = Boolean(voice());
  all("[data-speak]").forEach((button) => { button.hidden = !can && !button.dataset.audio; });
}

all("[data-speak]").forEach((button) => button.addEventListener("click", () => {
  const same = reading && reading.button === button;
  stop();
  if (same) return;
  button.setAttribute("aria-pressed", "true");
  if (button.dataset.audio) play(button);
  else speak(button);
}));
offerVoice();
if (synth && synth.addEventListener) synth.addEventListener("voiceschanged", offerVoice);
addEventListener("pagehide", stop);

/* Busy: a form is sent once. Coming back with the back button makes it usable again. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  all("form[data-sent]").forEach((form) => delete form.dataset.sent);
  all("form [aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
});

/* Errors first: the summary takes the focus. */
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

/* Share through the phone's own sheet; the link (WhatsApp) stays for browsers without it. */
all("[data-share]").forEach((link) => link.addEventListener("click", (event) => {
  if (!navigator.share) return;
  event.preventDefault();
  const { text, address } = link.dataset;
  navigator.share({ title: document.title, text, url: address }).catch((error) => {
    if (error.name !== "AbortError") location.href = link.href;
  });
}));

/* Print and dialogs. Without script a dialog's link leads to a page that asks the same. */
all("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
all("[data-dialog]").forEach((opener) => opener.addEventListener("click", (event) => {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog || !dialog.showModal) return;
  event.preventDefault();
  dialog.showModal();
}));

/* Where the data is: whoever keeps data on the phone sends sp:unsent with {state, count}. */
document.addEventListener("sp:unsent", (event) => all("[data-unsent]").forEach((chip) => {
  const { state, count } = event.detail;
  chip.dataset.state = state;
  chip.querySelector("[data-text]").textContent = chip.dataset[state].replace("#", count);
}));

/* A form with data-draft that was touched holds a lock, so that no new worker takes over under it. */
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || !("draft" in form.dataset) || form.dataset.held || !navigator.locks) return;
  form.dataset.held = "yes";
  navigator.locks.request("draft", { mode: "shared" }, () => new Promise(() => {}));
});

/* The worker comes last, when the page is there and the phone has time. */
async function startWorker() {
  const registration = await navigator.serviceWorker.register("/sw.js");
  if (registration.waiting) registration.waiting.postMessage("take-over");
  const kept = localStorage.getItem("kept-language");
  if (registration.active && kept !== root.lang) registration.active.postMessage("keep-again");
  localStorage.setItem("kept-language", root.lang);
}
if ("serviceWorker" in navigator) addEventListener("load", () => {
  const idle = window.requestIdleCallback || ((run) => setTimeout(run, 1000));
  idle(() => startWorker().catch(() => {}));
});
