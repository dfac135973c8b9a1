/* The finder's rules on the phone: the same small functions as rules/facts.py, rules/plan.py and
   rules/finder.py, on the same worked-out tables. Nothing here touches the page or the network. */
export const UNKNOWN = "unknown";
const AMOUNT = /^(?:Rp)? *(\d{1,18}|\d{1,3}(?:\.\d{3}){1,5}|\d{1,3}(?:_\d{3}){1,5})$/;

/* The file cek-izin/tabel.json with its short lists turned into records and its keys into maps. */
export function read(file) {
  const records = (kind, rows) => rows.map((row) => Object.fromEntries(file.columns[kind].map((name, n) => [name, row[n]])));
  const codes = records("codes", file.codes);
  const papers = file.papers.map((paper) => ({
    ...paper,
    terms: records("terms", paper.terms || []),
    versions: paper.versions.map((version) => ({ ...version, answers: records("answers", version.answers) })),
  }));
  return {
    ...file,
    scales: records("scales", file.scales),
    limits: records("limits", file.limits),
    pairings: records("pairings", file.pairings),
    risks: grouped(records("risks", file.risks), (row) => row.code),
    codes,
    code: new Map(codes.map((code) => [`${code.version}-${code.code}`, code])),
    fact: new Map(file.facts.map((fact) => [fact.name, fact])),
    papers,
    paper: new Map(papers.map((paper) => [paper.code, paper])),
  };
}

/* Everything the tables may ask about, from what is given (kbli, kbli_version, scale, capital, sales and
   any fact by name) by the law of the day `on` (ISO). Throws RangeError for what is on no list. */
export function derive(data, given, on) {
  refuse(data, given);
  const version = given.kbli_version || "2020";
  const kbli = codeOf(given);
  const [scale, scaleFrom] = scaleOf(data, given, on);
  const codes = codesOf2020(data, version, kbli);
  const derived = {
    scale: [scale, "sure"],
    sales_band: salesBand(data, given.sales, on),
    risk: agreed(data, codes, scale, on, "risk"),
    hygiene: hygiene(data, codes, scale, on),
    activity: ofCode(data, codes, "activity"),
    food: ofCode(data, codes, "food"),
    sppirt_code: ofCode(data, codes, "sppirt"),
  };
  const doubt = pairingConfidence(data, version, kbli);
  const values = {};
  const confidence = {};
  const assumed = [];
  for (const fact of data.facts) {
    let value = given[fact.name] || UNKNOWN;
    if (value === UNKNOWN && derived[fact.name]) {
      const [found, sure] = derived[fact.name];
      value = found;
      confidence[fact.name] = data.rules.from_code.includes(fact.name) ? weakest(data, [sure, doubt]) : sure;
    }
    if (value === UNKNOWN && fact.default) {
      value = fact.default;
      assumed.push(fact.name);
    }
    values[fact.name] = value;
  }
  return { values, assumed, confidence, scaleFrom, code: data.code.get(`${version}-${kbli}`) };
}

/* The personal plan: every paper with need, outcome, basis, confidence, what is missing and the lines
   that decide; documents to bring once; the papers needed now in the order to do them. */
export function plan(data, given, on) {
  if (on < data.rules.begins) throw new RangeError(`${on} < ${data.rules.begins}`);
  const facts = derive(data, given, on);
  const papers = data.papers.map((paper) => decide(data, paper, facts, given, on));
  papers.sort((a, b) => data.rules.listed[a.need] - data.rules.listed[b.need]);
  return { on, facts, papers, documents: documents(papers), steps: steps(papers) };
}

/* Where somebody stands: the questions answered, the one to ask now (null: done), what is given. */
export function walk(data, answers, on, change = null) {
  const given = {};
  let values = derive(data, given, on).values;
  const answered = [];
  for (const question of data.finder) {
    if (!applies(question.when, values)) continue;
    if (question.id === change || !answers[nameOf(question)]) return { answered, current: question, given, values };
    Object.assign(given, factsOf(question, answers, values));
    values = derive(data, given, on).values;
    answered.push(question);
  }
  return { answered, current: null, given, values };
}

/* Whether every fact named has one of the listed values; no condition always applies. */
export function applies(when, values) {
  return Object.entries(when || {}).every(([name, allowed]) => allowed.includes(values[name] || UNKNOWN));
}

/* The name of a question in the address: its fact, or its own id for a tick list. */
export function nameOf(question) {
  return question.fact || question.id;
}

function factsOf(question, answers, values) {
  const answer = answers[nameOf(question)];
  if (answer === UNKNOWN) return {};
  if (question.kind === "ticks") {
    const shown = question.options.filter((option) => option.fact && applies(option.when, values));
    return Object.fromEntries(shown.map(({ fact }) => [fact, answers[fact] === "yes" ? "yes" : "no"]));
  }
  if (question.kind === "search") return { kbli_version: answer.slice(0, 4), kbli: answer.slice(5) };
  return { [nameOf(question)]: answer };
}

/* --- facts ------------------------------------------------------------------------------------------ */

function refuse(data, given) {
  const plain = ["kbli", "kbli_version", "capital", "sales", "region"];
  for (const [name, value] of Object.entries(given)) {
    const fact = data.fact.get(name);
    if (!fact && !plain.includes(name)) throw new RangeError(name);
    if (fact && value && value !== UNKNOWN && !fact.values.includes(value)) throw new RangeError(`${name}=${value}`);
  }
  if (!["2020", "2025"].includes(given.kbli_version || "2020")) throw new RangeError(given.kbli_version);
  if (codeOf(given) && !/^[0-9]{5}$/.test(given.kbli)) throw new RangeError(given.kbli);
}

function codeOf(given) {
  return given.kbli === UNKNOWN ? "" : given.kbli || "";
}

function rupiah(text) {
  if (!text || !text.trim() || text === UNKNOWN) return null;
  const match = AMOUNT.exec(text.trim());
  if (!match) throw new RangeError(text);
  return Number(match[1].replace(/[._]/g, ""));
}

function scaleOf(data, given, on) {
  const capital = rupiah(given.capital);
  const sales = rupiah(given.sales);
  if (given.scale && given.scale !== UNKNOWN) return [given.scale, "given"];
  const byCapital = classOf(data, capital, "capital_upto", on);
  const bySales = classOf(data, sales, "sales_upto", on);
  const rank = (scale) => data.rules.scales.indexOf(scale);
  if (byCapital && bySales && byCapital !== bySales) return [rank(byCapital) > rank(bySales) ? byCapital : bySales, "higher"];
  if (byCapital) return [byCapital, "capital"];
  return bySales ? [bySales, "sales"] : ["micro", "assumed"];
}

function classOf(data, amount, limit, on) {
  if (amount === null) return null;
  const upto = {};
  for (const row of data.scales) if (counts(row, on)) upto[row.class] = row[limit];
  return data.rules.scales.find((scale) => scale === "large" || (upto[scale] != null && amount <= upto[scale]));
}

function salesBand(data, text, on) {
  const sales = rupiah(text);
  const limit = data.limits.find((row) => row.name === "untaxed_sales" && counts(row, on));
  if (sales === null || !limit) return [UNKNOWN, "sure"];
  return [sales <= limit.rupiah ? "upto_500m" : "above_500m", limit.confidence];
}

function codesOf2020(data, version, code) {
  if (!code) return [];
  if (version === "2020") return [code];
  return data.pairings.filter((pair) => pair.code_2025 === code).map((pair) => pair.code_2020);
}

function pairingConfidence(data, version, code) {
  if (version === "2020") return "sure";
  return weakest(data, data.pairings.filter((pair) => (pair.code_2025 || "") === code).map((pair) => pair.confidence));
}

function ofCode(data, codes, field) {
  const entries = codes.map((code) => data.code.get(`2020-${code}`));
  const sure = entries.filter(Boolean).map((entry) => entry.confidence);
  return [theOne(entries.map((entry) => entry && entry[field])), weakest(data, sure)];
}

/* What the risk rows of all codes say; rows of one code that agree support each other. */
function agreed(data, codes, scale, on, field) {
  const values = [];
  const sure = [];
  for (const code of codes) {
    const rows = (data.risks.get(code) || []).filter((row) => row.scales.includes(scale) && counts(row, on) && row[field]);
    values.push(rows.length ? theOne(rows.map((row) => row[field])) : null);
    if (rows.length) sure.push(strongest(data, rows.map((row) => row.confidence)));
  }
  return [theOne(values), weakest(data, sure)];
}

function hygiene(data, codes, scale, on) {
  const [activity, sure] = ofCode(data, codes, "activity");
  return [UNKNOWN, "cook_serve"].includes(activity) ? agreed(data, codes, scale, on, "hygiene") : ["none", sure];
}

/* --- plan ------------------------------------------------------------------------------------------- */

function decide(data, paper, facts, given, on) {
  const version = paper.versions.find((one) => counts(one, on));
  const answer = lookUp(data, paper.inputs || [], version, facts.values);
  const doubts = (paper.inputs || []).map((name) => facts.confidence[name] || "sure");
  return {
    paper,
    code: paper.code,
    need: answer.need,
    outcome: answer.outcome,
    basis: answer.basis,
    confidence: weakest(data, [answer.confidence, ...doubts]),
    missing: missing(data, answer, given),
    file: version.file,
    lines: answer.lines,
    cost: termOn(paper, "cost", on),
    time: termOn(paper, "time", on),
    validity: termOn(paper, "validity", on),
  };
}

/* The number of a cell: mixed radix over the inputs, the last one fastest, `unknown` after the values. */
function lookUp(data, inputs, version, values) {
  let cell = 0;
  for (const name of inputs) {
    const fact = data.fact.get(name);
    const options = fact.default ? fact.values : [...fact.values, UNKNOWN];
    cell = cell * options.length + options.indexOf(values[name]);
  }
  return version.answers[version.cells.charCodeAt(cell) - data.rules.first_letter];
}

function missing(data, answer, given) {
  const kept = codeOf(given) ? data.rules.from_code : [];
  return [...new Set(answer.missing.map((name) => (kept.includes(name) ? name : data.rules.asked_as[name] || name)))];
}

function termOn(paper, item, on) {
  let newest = null;
  for (const term of paper.terms) {
    if (term.item === item && term.from <= on && (!newest || term.from > newest.from)) newest = term;
  }
  return newest;
}

function documents(papers) {
  const asked = new Map();
  for (const { code, need, paper } of papers) {
    if (need !== "now") continue;
    for (const use of paper.documents || []) asked.set(use.code, [...(asked.get(use.code) || []), code]);
  }
  return [...asked].map(([code, codes]) => ({ code, papers: codes }));
}

function steps(papers) {
  const waiting = new Map(papers.filter((one) => one.need === "now").map((one) => [one.code, one]));
  const needed = new Set(waiting.keys());
  const order = [];
  while (waiting.size) {
    const left = [...waiting.values()];
    const ready = left.filter(({ paper }) => !(paper.after || []).some((code) => waiting.has(code)));
    const [next] = (ready.length ? ready : left).sort((a, b) => a.paper.order - b.paper.order);
    order.push({ ...next, after: (next.paper.after || []).filter((code) => needed.has(code)) });
    waiting.delete(next.code);
  }
  return order;
}

/* --- small things ----------------------------------------------------------------------------------- */

/* Whether a dated row counts on a day; no last day means until further notice. */
function counts(row, on) {
  return row.from <= on && (!row.to || on <= row.to);
}

function weakest(data, confidences) {
  const ranks = data.rules.confidences;
  return ranks[Math.max(0, ...confidences.map((one) => ranks.indexOf(one)))];
}

function strongest(data, confidences) {
  const ranks = data.rules.confidences;
  return ranks[Math.min(...confidences.map((one) => ranks.indexOf(one)))];
}

/* The value all agree on; unknown if they differ, if one is not known or if there is none. */
function theOne(values) {
  const found = new Set(values.map((value) => value || null));
  return found.size === 1 ? [...found][0] || UNKNOWN : UNKNOWN;
}

function grouped(rows, key) {
  const found = new Map();
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) || []), row]);
  return found;
}
