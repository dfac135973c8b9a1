/* What the screen of an event shows, worked out from what was taken along and what this phone noted itself. The same
   rules as outreach/rules/programme.py and attendance.py: any order, the first start and the last stop. Pure. */

const before = (a, b) => (a.made < b.made ? -1 : a.made > b.made ? 1 : a.uuid < b.uuid ? -1 : 1);
const same = (moment) => new Date(moment).toISOString();

/* Everything noted, each UUID once, by time. */
export function joined(bundle, own) {
  const all = new Map(bundle.noted.map((one) => [one.uuid, one]));
  for (const one of own) if (!all.has(one.uuid)) all.set(one.uuid, one);
  return [...all.values()].map((one) => ({ ...one, made: same(one.made) })).sort(before);
}

export function stateOf(bundle, own, now) {
  const noted = joined(bundle, own);
  const minute = (moment) => Math.floor((Date.parse(moment) - Date.parse(bundle.event.midnight)) / 60000);
  const taps = noted.filter((one) => one.kind === "outreach.tap");
  const sessions = forecast(bundle.sessions.map((session) => ran(session, taps, minute)), minute(now), taps.length);
  const current = sessions.find((one) => one.began !== null && one.ended === null) || sessions.find((one) => one.began === null);
  const people = peopleOf(bundle, noted, taps, minute);
  return {
    noted,
    minute,
    now: minute(now),
    sessions,
    current,
    next: current && sessions[sessions.indexOf(current) + 1],
    people,
    came: people.filter((one) => one.arrived !== null),
    questions: noted.filter((one) => one.kind === "outreach.question"),
    sheets: (ref) => new Set(noted.filter((one) => one.kind === "surveys.sheet" && one.content.survey === ref).map((one) => one.content.card)),
    hands: (ref) => Object.fromEntries(noted.filter((one) => one.kind === "surveys.tally" && one.content.survey === ref).map((one) => [one.content.item, one.content])),
    given: bundle.aid.reduce((sum, item) => sum + received(noted, item.key, minute).size, 0),
    received: (key) => received(noted, key, minute),
    handed: (key) => handed(noted, key),
  };
}

function ran(session, taps, minute) {
  const of = (kind) => taps.filter((one) => one.content.session === session.ref && one.content.kind === kind);
  const [starts, stops] = ["started", "stopped"].map((kind) => of(kind).map((one) => minute(one.made)));
  const over = starts.length && stops.length && Math.max(...stops) >= Math.max(...starts);
  const cause = of("cause").pop();
  return {
    ...session,
    planned: session.ends - session.begins,
    began: starts.length ? Math.min(...starts) : null,
    ended: over ? Math.max(...stops) : null,
    cause: cause ? cause.content.cause : "",
  };
}

/* When each is expected to begin: a delay travels on until a gap takes it up. */
function forecast(sessions, now, begun) {
  let free = null;
  return sessions.map((one) => {
    const begins = one.began !== null ? one.began : Math.max(one.begins, free || 0, begun && free !== null ? now : 0);
    const ends = one.ended !== null ? one.ended : Math.max(begins + one.planned, one.began !== null ? now : 0);
    if (one.began !== null || free !== null) free = Math.max(free || 0, ends);
    return { ...one, delay: begins - one.begins };
  });
}

function peopleOf(bundle, noted, taps, minute) {
  const people = new Map(bundle.people.map((one) => [one.card, { ...one }]));
  for (const { content } of noted) if (content.card && !people.has(content.card)) people.set(content.card, { card: content.card, name: "", invited: false });
  for (const one of people.values()) {
    const of = (kind) => taps.filter((tap) => tap.content.card === one.card && tap.content.kind === kind).map((tap) => minute(tap.made));
    const [came, left] = [of("arrived"), of("left")];
    one.arrived = came.length ? Math.min(...came) : null;
    one.left = came.length && left.length && Math.max(...left) >= Math.max(...came) ? Math.max(...left) : null;
  }
  return [...people.values()].sort((a, b) => (a.card < b.card ? -1 : 1));
}

function received(noted, key, minute) {
  const found = new Map();
  for (const one of noted) {
    if (one.kind === "outreach.receipt" && one.content.item === key && !found.has(one.content.card)) found.set(one.content.card, minute(one.made));
  }
  return found;
}

/* Units handed over: of two receipts of one card the first counts. */
function handed(noted, key) {
  const found = new Map();
  for (const { kind, content } of noted) {
    if (kind === "outreach.receipt" && content.item === key && !found.has(content.card)) found.set(content.card, content.quantity || 1);
  }
  return [...found.values()].reduce((sum, one) => sum + one, 0);
}

/* A typed or scanned card as printed (P001), or nothing. */
export function cardOf(text) {
  const scanned = /[?&]kartu=([^&#]+)/.exec(text);
  const found = /^P?0*([1-9]\d{0,2})$/.exec((scanned ? decodeURIComponent(scanned[1]) : text).replace(/[\s-]/g, "").toUpperCase());
  return found ? `P${found[1].padStart(3, "0")}` : "";
}
