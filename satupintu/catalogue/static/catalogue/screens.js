/* What each screen shows, as queries/plans.py prepares it for the server's pages: records for the templates. */
import { FINDER, address, readAnswers, today } from "./answers.js";
import { joined, plain, say, words } from "./fill.js";
import { UNKNOWN, applies, nameOf, plan, walk } from "./rules.js";
import { load, suggest } from "./search.js";

const { sprite } = document.getElementById("finder").dataset;

/* The record for the address that was asked for; `screen` names its template. */
export function screen(data) {
  const answers = readAnswers(data, Object.fromEntries(new URLSearchParams(location.search)));
  const on = answers.on || lawDay(data);
  if (location.pathname.startsWith(`${FINDER}contoh/`)) return { screen: "failed", title: words.no_signal };
  const here = walk(data, answers.values, on, answers.change);
  if (here.current) return questionScreen(data, answers, here);
  if (on < data.rules.begins) return tooEarly(data, answers, on);
  const page = { data, answers, here, on, made: plan(data, here.given, on) };
  const [, kind, code] = location.pathname.match(/^\/cek-izin\/(?:(surat|lembar|nib|beda)\/)?(?:(\w+)\/)?/);
  if (kind === "surat" && data.paper.has(code)) return paperScreen(page, code);
  if (kind === "lembar") return { screen: "sheet", title: words.sheet, body: "paper-a5", main: "sheet-page", ...planRecord(page) };
  if (kind === "nib") return { screen: "worksheet", title: words.worksheet, main: "worksheet", ...worksheetRecord(page) };
  if (kind === "beda") return { screen: "changes", title: words.changes, ...changesRecord(page) };
  if (location.pathname !== `${FINDER}hasil/`) history.replaceState(null, "", address(`${FINDER}hasil/`, answers));
  return { screen: "plan", title: words.plan, ...planRecord(page) };
}

/* A phone whose clock stands before the day of the data is wrong. */
function lawDay(data) {
  return today() > data.day ? today() : data.day;
}

function tooEarly(data, answers, on) {
  return {
    screen: "too_early",
    title: words.too_early,
    asked: dayInWords(on),
    begins: dayInWords(data.rules.begins),
    plan: address(`${FINDER}hasil/`, answers, { on: null }),
  };
}

function questionScreen(data, answers, here) {
  const question = here.current;
  const name = nameOf(question);
  if (location.pathname !== FINDER) history.replaceState(null, "", FINDER + location.search);
  const facts = question.options ? question.options.map(({ fact }) => fact) : [];
  const dropped = [name, ...facts, ...(question.kind === "search" ? ["jual"] : [])];
  const kept = { ...answers, values: Object.fromEntries(Object.entries(answers.values).filter(([key]) => !dropped.includes(key))) };
  const typed = answers.values.jual || "";
  const typing = question.kind === "search" && !typed;
  const before = here.answered[here.answered.length - 1];
  const number = here.answered.length + 1;
  return {
    screen: "question",
    ...question,
    title: `${answers.problem ? `${words.wrong} ` : ""}${say(words.question, { number })}: ${plain(question.text)}`,
    body: "",
    name,
    number,
    most: data.rules.most_questions,
    problem: answers.problem,
    error_class: answers.problem ? "field-error" : null,
    first: typing ? "#jual" : "#a1",
    described: answers.problem ? "problem" : null,
    invalid: answers.problem ? "true" : null,
    back: before ? address(FINDER, answers, { ubah: before.id }) : "/",
    kept: Object.entries({ ...kept.values, ...(answers.on ? { on: answers.on } : {}) }).map(([key, value]) => ({ key, value })),
    hint: question.kind === "search" && typed ? null : question.hint,
    type: typing,
    choose: question.kind === "choice",
    tick: question.kind === "ticks",
    go_on: !typing && question.kind !== "ticks",
    suggest: question.kind === "search" && Boolean(typed),
    chosen: answers.values[name],
    options: options(question, answers, here.values),
    skip: address(FINDER, kept, { kbli: UNKNOWN }),
    again: address(FINDER, kept, { ubah: "jual" }),
    typed,
    kinds: data.kinds,
    found: typed && question.kind === "search" ? suggestions(data, typed) : [],
  };
}

function options(question, answers, values) {
  const shown = (question.options || []).filter((option) => applies(option.when, values));
  return shown.map((option, n) => ({
    small: null,
    ...option,
    at: `a${n + 1}`,
    picture: option.pictogram ? `${sprite}#p-${option.pictogram}` : null,
    checked: option.fact ? answers.values[option.fact] === "yes" : option.value === answers.values[nameOf(question)],
  }));
}

function suggestions(data, typed) {
  const titles = { 2020: {}, 2025: {} };
  for (const code of data.codes) titles[code.version][code.code] = code.title;
  const pairing = data.pairings.filter((pair) => pair.code_2025).map((pair) => [pair.code_2020, pair.code_2025]);
  return suggest(load({ ...data.words, titles, pairing }), typed, 5, "2020").map((found, n) => {
    const kind = data.kinds.find(({ activity }) => activity === found.activity);
    const label = data.fact.get("place").labels[found.way];
    return {
      ...found,
      value: `${found.version}-${found.code}`,
      at: `a${n + 1}`,
      kind,
      heading: kind ? kind.title : found.title,
      place: kind && label ? label : null,
    };
  });
}

function planRecord({ data, answers, here, on, made }) {
  const now = made.papers.filter((one) => one.need === "now");
  const priced = now.filter((one) => one.cost && one.cost.rupiah !== null);
  const views = new Map(made.papers.map((one) => [one.code, view(data, answers, one)]));
  const having = (need) => made.papers.filter((one) => one.need === need).map((one) => views.get(one.code));
  const steps = made.steps.map((step) => ({ ...views.get(step.code), ...waiting(data, step, made.steps) }));
  const said = here.answered.map((question) => ({ ...saidOf(data, question, answers), change: address(FINDER, answers, { ubah: question.id }) }));
  return {
    ...links(answers),
    now: now.length,
    known_cost: rupiah(priced.reduce((sum, one) => sum + one.cost.rupiah, 0)),
    unpriced: now.length - priced.length,
    inside_count: steps.filter((step) => step.ticked_in).length,
    asked_day: answers.on && dayInWords(answers.on),
    law_day: dayInWords(on),
    scale_note: data.sentences.scale[made.facts.scaleFrom],
    caution: made.facts.code && made.facts.code.caution,
    steps,
    sheet_steps: steps.filter((step) => step.alone),
    documents: made.documents.map(({ code, papers }) => ({ title: data.documents[code], papers: short(data, papers) })),
    ask: having("ask"),
    later: having("later"),
    later_count: having("later").length,
    not_needed: having("not_needed"),
    not_needed_count: having("not_needed").length,
    answers: said,
    who: said.filter(({ id }) => id === "jual" || id === "place").map((one) => plain(one.said)).join(" · "),
  };
}

/* How a paper stands to the others needed now: ticked in one's form, holding ticks of others, waiting. */
function waiting(data, { code, paper, after }, all) {
  const inside = all.some((step) => step.code === paper.inside) && paper.inside;
  return {
    alone: !inside,
    ticked_in: inside ? short(data, [inside]) : null,
    holds: joined(all.filter((step) => step.paper.inside === code).map((step) => step.paper.title)),
    wait_for: inside ? "" : short(data, after),
  };
}

function short(data, codes) {
  return codes.map((code) => data.paper.get(code).short).join(", ");
}

function links(answers) {
  const to = (path) => address(FINDER + path, answers);
  return {
    plan: to("hasil/"),
    sheet: to("lembar/"),
    register: address("/dampingi/daftar/", answers),
    worksheet: to("nib/"),
    changes: to("beda/"),
    change_last: address(FINDER, answers, { ubah: "extras" }),
  };
}

/* One paper as the pages show it: reason, articles, offices, terms, and whom to ask about the rest. */
function view(data, answers, one) {
  const { paper } = one;
  const gap = (topic) => {
    const known = (paper.gaps || {})[topic];
    return known ? joined([known.note || words.not_known, words.ask, data.offices[known.ask]], " ") : words.ask_officer;
  };
  const money = one.cost && one.cost.rupiah !== null ? rupiah(one.cost.rupiah) : null;
  return {
    ...paper,
    ...one,
    link: address(`${FINDER}surat/${one.code}/`, answers),
    why: why(data, one),
    doubt: one.confidence !== "sure",
    to_ask: one.need === "ask",
    settled: !one.missing.length,
    missing: one.missing.map((name) => data.finder.find(({ fact }) => fact === name)).filter(Boolean)
      .map(({ id }) => ({ answer: address(FINDER, answers, { ubah: id }) })),
    cost: one.cost ? joined([money, one.cost.text], " · ") : gap("cost"),
    time: one.time ? one.time.text : gap("time"),
    validity: one.validity ? one.validity.text : gap("validity"),
    where: joined(paper.where.map((key) => data.offices[key])),
    issuer: data.offices[paper.issuer],
    basis: joined(one.basis.map((basis) => lawInWords(data.laws[basis]))),
    documents_gap: gap("documents"),
    steps_gap: gap("steps"),
    short_cost: money || (one.cost ? one.cost.text : words.cost_ask),
    short_where: joined(paper.where.slice(0, 2).map((key) => data.offices[key])),
  };
}

function why(data, { paper, outcome, missing }) {
  if (!missing.length) return paper.why[outcome];
  if (missing.includes("kbli")) return data.sentences.code_first;
  if (missing.some((name) => data.rules.from_code.includes(name))) return data.sentences.not_read;
  const titles = missing.map((name) => plain(data.fact.get(name === "sales" ? "sales_band" : name).title));
  return say(data.sentences.not_said, { facts: titles.map((title) => title[0].toLowerCase() + title.slice(1)).join(", ") });
}

function lawInWords([title, key, kind]) {
  if (kind === "article") return `${title} ${say(words.article, { key })}`;
  return kind === "annex" ? `${title} ${words.annex}` : title;
}

function paperScreen({ data, answers, made }, code) {
  const shown = view(data, answers, made.papers.find((one) => one.code === code));
  const { paper } = shown;
  const mark = (entry) => ({ ...entry, doubt: entry.confidence !== "sure", doubtful: entry.confidence === "doubtful" });
  const after = (paper.after || []).map((other) => ({ title: data.paper.get(other).title, link: address(`${FINDER}surat/${other}/`, answers) }));
  return {
    ...shown,
    ...links(answers),
    screen: "paper",
    title: paper.title,
    elsewhere: paper.issued_by === "elsewhere",
    history: paper.issued_by === "history",
    inside: paper.inside && data.paper.get(paper.inside).title,
    after: after.map((one, n) => ({ ...one, more: n + 1 < after.length })),
    worksheet_here: code === "nib",
    documents: (paper.documents || []).map((use) => ({ note: null, ...mark(use), title: data.documents[use.code] })),
    ways: ["online", "counter"].filter((way) => paper.steps[way].length).map((way) => ({
      online: way === "online",
      steps: paper.steps[way].map((step) => ({ text: null, ...mark(step), questions: (step.questions || []).map((id) => data.questions[id]) })),
    })),
    benefits: (paper.benefits || []).map(mark),
    obligations: (paper.obligations || []).map(mark),
    failures: (paper.failures || []).map(mark),
  };
}

function worksheetRecord({ data, answers, made }) {
  const fields = data.worksheet.map((field) => ({
    help: null,
    example: null,
    ...field,
    filled: filledField(data, field.source, made.facts, answers),
    doubtful: field.confidence === "doubtful",
  }));
  return { ...links(answers), groups: data.groups.map((group) => ({ ...group, fields: fields.filter((field) => field.group === group.id) })) };
}

function filledField(data, source, { code, values }, answers) {
  if (!source) return null;
  if (source === "kbli" && code) return `${code.code} (KBLI ${code.version}) ${code.title}`;
  if (source === "jual") return answers.values.jual || null;
  const value = values[source] || UNKNOWN;
  if (data.fact.has(source) && value !== UNKNOWN) return data.fact.get(source).labels[value];
  const question = data.finder.find((one) => nameOf(one) === source);
  return question && (answers.values[source] || UNKNOWN) !== UNKNOWN ? saidOf(data, question, answers).said : null;
}

function changesRecord({ data, answers, here, on, made }) {
  const shown = data.changes.filter((change) => applies(change.when, made.facts.values));
  return { ...links(answers), changes: shown.map((change) => {
    const papers = change.text ? [] : differences(data, answers, made, plan(data, { ...here.given, ...change.set }, on));
    return { text: null, ...change, papers, same: !change.text && !papers.length };
  }) };
}

function differences(data, answers, before, after) {
  const then = new Map(after.papers.map((one) => [one.code, one]));
  return before.papers.filter((one) => then.get(one.code).need !== one.need)
    .sort((a, b) => a.paper.order - b.paper.order)
    .map((one) => ({ ...view(data, answers, then.get(one.code)), before: one.need }));
}

/* What was answered, in words. */
function saidOf(data, question, answers) {
  return { id: question.id, question: question.text, said: saidWords(data, question, answers.values) };
}

function saidWords(data, question, values) {
  const value = values[nameOf(question)] || UNKNOWN;
  if (question.kind === "search") {
    const code = data.code.get(value);
    if (!code) return say(data.sentences.kind_open, { typed: values.jual || "" });
    return `${values.jual ? `${values.jual} – ` : ""}KBLI ${code.version} ${code.code}, ${code.title}`;
  }
  if (question.kind === "ticks") {
    const ticked = question.options.filter((option) => option.fact && values[option.fact] === "yes");
    return ticked.length ? joined(ticked.map((option) => option.label)) : data.sentences.none;
  }
  const chosen = question.options.find((option) => option.value === value);
  return chosen ? chosen.label : data.sentences.unknown;
}

function rupiah(amount) {
  return `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}`;
}

export function dayInWords(day) {
  const locale = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00Z`));
}
