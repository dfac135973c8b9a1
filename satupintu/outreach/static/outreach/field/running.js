/* The clock: what runs, how late it is, one press to end it and begin the next. */
import { capture, clock, draws, form, once, page, part, put, row, state, words } from "./page.js";

const tap = (kind, session, shown, more = {}) => capture("outreach.tap", { kind, session: session.ref, ...more }, shown);
const number = (now, session) => now.sessions.indexOf(session) + 1;

async function go() {
  const { current, next, ...now } = state();
  if (current.began === null) return tap("started", current, words("begun", number(now, current)));
  if (!(await tap("stopped", current, words("ended", number(now, current))))) return false;
  return !next || next.began !== null || tap("started", next, words("begun", number(now, next)));
}

const pause = () => {
  const now = state();
  return tap("stopped", now.current, words("ended", number(now, now.current)));
};

function drawNow(now) {
  const { current, next } = now;
  part("now").hidden = !current;
  part("all-over").hidden = Boolean(current);
  if (!current) return;
  const runs = current.began !== null;
  const late = runs ? current.began - current.begins : current.delay;
  const when = runs ? words(late > 0 ? "late" : "starts", clock(current.began), late) : words("planned", clock(current.begins), clock(current.ends));
  put(page, "when", [when, current.speaker].filter(Boolean).join(" · "));
  put(page, "session", `${number(now, current)}. ${current.title}`);
  part("left").hidden = !runs;
  if (runs) {
    const gone = now.now - current.began;
    const left = current.planned - gone;
    put(page, "left", left >= 0 ? words("left", left) : words("over", -left));
    put(page, "minutes", words("minutes", gone, current.planned));
    part("left").querySelector("progress").value = Math.min(1, gone / current.planned);
  }
  put(page, "go", !runs ? words("begin", number(now, current)) : next ? words("next", number(now, next)) : words("end"));
  page.querySelector("[data-do=pause]").hidden = !runs || !next;
}

function drawSessions(now) {
  part("sessions").replaceChildren(...now.sessions.map((session) => {
    const over = session.ended !== null && session.ended - session.began - session.planned;
    const detail = session.ended !== null
      ? over > 0 ? words("longer", session.ended - session.began, over) + (session.cause ? `: ${session.cause}` : "") : words("took", session.ended - session.began)
      : session.began !== null ? words("runs") : session.delay > 0 ? words("moved", session.delay) : "";
    const planned = words("planned", clock(session.begins), clock(session.ends));
    const line = row("session", { name: session.title, detail: detail ? `${planned} · ${detail}` : planned });
    if (session === now.current) line.setAttribute("aria-current", "step");
    const button = line.querySelector("[data-do=cause]");
    button.hidden = !(over > 0) || Boolean(session.cause);
    button.addEventListener("click", () => askCause(line, session));
    return line;
  }));
}

function askCause(line, session) {
  const asking = row("cause", {});
  line.replaceChildren(asking);
  const input = asking.querySelector("input");
  form(asking, () => { if (input.value.trim()) tap("cause", session, words("kept"), { cause: input.value.trim() }); });
  input.focus();
}

const typing = () => part("sessions").contains(document.activeElement) && document.activeElement.matches("input");

export function startRunning() {
  const button = page.querySelector("[data-do=go]");
  once(button, async () => {
    await go();
    await new Promise((later) => { setTimeout(later, 700); }); // the same button begins the next session
  });
  once(page.querySelector("[data-do=pause]"), pause);
  draws((now) => {
    drawNow(now);
    if (!typing()) drawSessions(now);
    const count = (name, value) => document.querySelectorAll(`[data-count="${name}"]`).forEach((one) => { one.textContent = value; });
    count("came", words("of", now.came.length, now.people.length));
    count("sheets", now.noted.filter((one) => one.kind === "surveys.sheet").length);
    count("asked", now.questions.length);
    count("given", now.given);
    count("absent", now.people.length - now.came.length);
    count("present", now.came.length);
  });
  setInterval(() => drawNow(state()), 15000);
}
