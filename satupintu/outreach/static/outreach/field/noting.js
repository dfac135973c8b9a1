/* Questions, hands and aid. */
import { capture, clock, doubt, draws, form, held, named, once, page, part, put, row, say, state, text, words, options } from "./page.js";
import { cardOf } from "./state.js";

const input = (id) => document.getElementById(id);

async function ask(element) {
  const [asked, answer, owner, due] = ["q-text", "q-answer", "q-owner", "q-due"].map((id) => input(id).value.trim());
  const card = cardOf(input("q-card").value);
  if (!asked) return words("noText");
  if (input("q-card").value.trim() && !card) return words("noCard");
  const unsure = card && doubt(input("q-card"), card);
  if (unsure) return unsure;
  if (!answer && Boolean(owner) !== Boolean(due)) return words("noOwner");
  const content = { text: asked, session: input("q-session").value || null, card, answer, owner, due: due || null };
  if (await capture("outreach.question", content, words("kept"))) element.reset();
  return "";
}

function drawQuestions(now) {
  const session = input("q-session");
  const chosen = session.dataset.touched ? session.value : (now.current || { ref: "" }).ref;
  options(session, [["", "–"], ...now.sessions.map((one) => [one.ref, one.title])], chosen);
  part("questions").replaceChildren(...now.questions.slice(-3).reverse().map((one) => (
    row("asked", { name: one.content.text, detail: clock(now.minute(one.made)) }))));
}

/* Hands. */
let survey;
const statements = () => survey.items.filter((item) => item.type === "yesno");

export function openHands(chosen) {
  survey = chosen;
  options(input("hands-item"), statements().map((item, place) => [item.code, `${place + 1}. ${text(item)}`]));
  input("hands-asked").value = state().came.length || "";
  drawStatement();
  location.hash = "tangan";
}

function drawStatement() {
  const item = statements().find((one) => one.code === input("hands-item").value);
  const counted = state().hands(survey.ref)[item.code];
  put(page, "statement", text(item));
  put(page, "counted", counted ? words("hands", counted.yes, counted.asked) : "");
  input("hands-yes").value = counted ? counted.yes : 0;
}

async function count(element) {
  const [yes, asked] = ["hands-yes", "hands-asked"].map((id) => Number(input(id).value));
  if (!Number.isInteger(yes) || !Number.isInteger(asked) || asked < 1 || yes < 0) return words("number");
  if (yes > asked) return words("tooMany");
  const select = input("hands-item");
  if (!(await capture("surveys.tally", { survey: survey.ref, item: select.value, yes, asked }, words("hands", yes, asked)))) return "";
  if (select.selectedIndex < select.length - 1) select.selectedIndex += 1;
  drawStatement();
  return "";
}

/* Aid: one press for who receives it; a second time is told, not noted. Gives back the words of a problem. */
async function give(item, one) {
  const now = state();
  const before = now.received(item.key).get(one.card);
  if (before !== undefined) return words("twice", named(one), clock(before));
  const quantity = Number(input("receive-quantity").value.trim() || 1);
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 999) return words("quantity");
  await capture("outreach.receipt", { item: item.key, card: one.card, quantity }, words("given", one.card, item.name, clock(now.now)));
  return "";
}

function tell(problem) {
  part("twice").hidden = !problem;
  part("twice").textContent = problem;
}

function drawAid(now) {
  const { aid } = held.bundle;
  say("no-aid", !aid.length);
  part("receive").hidden = !aid.length;
  part("aid").replaceChildren(...aid.map((item) => {
    const received = now.received(item.key);
    const card = row("aid", { name: item.name, count: words("handed", now.handed(item.key), item.stock, item.unit) });
    part("without", card).replaceChildren(...now.came.filter((one) => !received.has(one.card)).map((one) => {
      const line = row("person", { card: one.card, name: one.name, detail: "", who: ` ${one.card}, ${item.name}` }, "received");
      once(line.querySelector("button"), async () => tell(await give(item, one)));
      return line;
    }));
    return card;
  }));
}

async function receive(element) {
  const field = element.querySelector("input");
  const card = cardOf(field.value);
  const problem = card ? doubt(field, card) : words("noCard");
  if (problem) return tell(problem);
  const one = state().people.find((known) => known.card === card) || { card, name: "" };
  const problems = [];
  for (const item of held.bundle.aid) problems.push(await give(item, one));
  field.value = "";
  return tell(problems.filter(Boolean).join(" "));
}

/* A photo, made small before it is kept; it waits for the network like everything else. */
const MOST_BYTES = 500000;

async function photo(element) {
  const field = element.querySelector("input");
  const [file] = field.files;
  const problem = element.querySelector("[data-problem]");
  if (!file) return;
  const { smaller } = await import("../../web/photo.js");
  const small = (await smaller(file).catch(() => null)) || file;
  problem.hidden = small.type === "image/jpeg" && small.size <= MOST_BYTES;
  problem.textContent = words("noPhoto");
  if (problem.hidden) {
    const { current } = state();
    const bytes = new Uint8Array(await small.arrayBuffer());
    const jpeg = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    const session = current && current.began !== null ? current.ref : null;
    await capture("outreach.photo", { session, jpeg }, words("photo", Math.ceil(small.size / 1024)));
  }
  field.value = "";
}

export function startNoting() {
  part("photo").addEventListener("change", (event) => photo(event.currentTarget));
  form(part("question"), ask);
  input("q-session").addEventListener("change", (event) => { event.target.dataset.touched = "yes"; });
  form(part("hands"), count);
  input("hands-item").addEventListener("change", drawStatement);
  part("hands").querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => {
    const field = input("hands-yes");
    field.value = Math.max(0, Number(field.value) + Number(button.dataset.step));
  }));
  form(part("receive"), async (element) => { await receive(element); });
  draws(drawQuestions);
  draws(drawAid);
}
