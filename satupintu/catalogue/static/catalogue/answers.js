/* The address as the server reads it (forms.py): which answers it holds, and how to write it again. */
import { words } from "./fill.js";
import { UNKNOWN, nameOf } from "./rules.js";

export const FINDER = "/cek-izin/";
const HOUR = 3600000;

export function readAnswers(data, query) {
  const answers = { values: {}, change: null, on: isDay(query.on) ? query.on : null, problem: "" };
  const typed = (query.jual || "").trim().slice(0, 80);
  if (typed) answers.values.jual = typed;
  for (const question of data.finder) take(data, question, query, answers);
  if (data.finder.some(({ id }) => id === query.ubah)) answers.change = query.ubah;
  return answers;
}

function take(data, question, query, answers) {
  const name = nameOf(question);
  const value = query[name] || "";
  const sent = query.tanya === question.id;
  if (question.kind === "ticks") return takeTicks(question, query, answers);
  if (value && isAllowed(data, question, value)) answers.values[name] = value;
  else if (value) answers.problem = words.not_on_list;
  else if (sent && question.kind === "choice") answers.problem = words.choose_one;
  else if (sent && !(query.jual || "").trim()) answers.problem = words.write_first;
  else if (sent) answers.problem = query.pilih ? words.choose_code : "";
}

function isAllowed(data, question, value) {
  if (question.kind === "search") return value === UNKNOWN || data.code.has(value);
  return question.options.some((option) => option.value === value) || (question.unknown && value === UNKNOWN);
}

function takeTicks(question, query, answers) {
  const sent = query[question.id];
  const ticked = question.options.filter((option) => option.fact && query[option.fact] === option.value);
  if (sent || query.tanya === question.id) answers.values[question.id] = sent === UNKNOWN && !ticked.length ? UNKNOWN : "1";
  for (const { fact } of ticked) answers.values[fact] = "yes";
}

function isDay(text) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text || "") ? new Date(`${text}T00:00Z`) : NaN;
  return !Number.isNaN(Number(day)) && day.toISOString().startsWith(text);
}

/* The city's day, Jakarta time (UTC+7 all year). */
export function today() {
  return new Date(Date.now() + 7 * HOUR).toISOString().slice(0, 10);
}

export function address(path, answers, changes = {}) {
  const pairs = Object.entries({ ...answers.values, on: answers.on, ...changes }).filter(([, value]) => value);
  const query = new URLSearchParams(pairs).toString();
  return query ? `${path}?${query}` : path;
}
