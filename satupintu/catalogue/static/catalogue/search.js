// From market words to KBLI codes: the same search as satupintu/catalogue/rules/search, for a phone without a network.
// Codes, order, scores and reasons are equal to Python's; a test runs every phrase through both. So this file keeps the
// names and the order of steps of the Python modules, and leaves out lookbehind, which older phones cannot read.

const COOKED = ["cart", "tent", "warung", "restaurant", "catering", "event"];
const WAYS = ["stall", "hawker", "online", ...COOKED, "make", "service", "used"];
const FITS = {
  cook_serve: COOKED,
  make_pack: ["make"],
  resell: ["stall", "hawker", "online", "used"],
  packed: ["make", "stall", "hawker", "online"],
  service: ["service"],
  used: ["used"],
};
const ACTIVITY = { ...Object.fromEntries(COOKED.map((way) => [way, "cook_serve"])), make: "make_pack", service: "service" };
const PLACE = {
  hawker: "cart",
  cart: "cart",
  tent: "street_stall",
  warung: "kiosk",
  restaurant: "kiosk",
  online: "online",
  catering: "home",
  make: "home",
};
const RANKS = { goods: 0, places: 1, verbs: 2, fillers: 3 };
const PART_OF_PHRASE = 4;
const MAKING = { activity: "make_pack", weak: true, word: "", group: -1 };

const unique = (items) => [...new Set(items)];
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const share = (part, whole) => Math.floor(part / whole);

// ---- writing

const SOUNDS = [
  [/dj|dz/g, "j"],
  [/tj/g, "c"],
  [/oe/g, "u"],
  [/[qk]h?|ck/g, "k"],
  [/x/g, "ks"],
  [/sh/g, "s"],
  [/([cgtdb])h(?=.)/g, "$1"],
  [/ph|[vf]/g, "p"],
  [/y/g, "i"],
  [/au/g, "o"],
  [/(.)\1+/g, "$1"],
  [/ie/g, "i"],
  [/a[ie]$/g, "e"],
  [/([aiueo])h(?=[aiueo])/g, "$1"],
  [/(..)h$/g, "$1"],
  [/([bcdgjkpst])e(?=[lr][aiueo])/g, "$1"],
  [/o(?=[bcdgjklmnprst]$)/g, "u"],
  [/([^aiueo])e([bcdgjklmnprst])$/g, "$1a$2"],
];
const PREFIXES = [
  ["menge", [""]],
  ["meng", ["", "k"]],
  ["meny", ["s", "c"]],
  ["mem", ["", "p"]],
  ["men", ["", "t"]],
  ["me", [""]],
  ["nge", [""]],
  ["ng", ["", "k"]],
  ["ny", ["s", "c"]],
  ["ber", [""]],
  ["di", [""]],
  ["ter", [""]],
  ["peng", ["", "k"]],
  ["peny", ["s", "c"]],
  ["pem", ["", "p"]],
  ["pen", ["", "t"]],
  ["per", [""]],
  ["pe", [""]],
  ["se", [""]],
  ["n", ["t"]],
  ["m", ["p"]],
];
const SUFFIXES = ["nya", "kan", "an", "in", "i", "ku"];
const LETTER_DIGITS = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t" };
const isNumber = (word) => /^[0-9]+$/.test(word);

function plain(spellings, text) {
  const cut = Array.from(text).slice(0, 200).join("").normalize("NFKD").toLowerCase();
  const words = [];
  for (const typed of cut.replace(/['\u2019]|\p{M}/gu, "").match(/[a-z0-9]+|[,;&+/]/g) ?? [])
    for (const word of spelled(spellings, typed))
      if (!words.length || !saysAgain(words[words.length - 1], word)) words.push(word);
  return words.slice(0, 24);
}

function spelled(spellings, typed) {
  if (/^[,;&+/]$/.test(typed)) return ["dan"];
  if (spellings.has(typed)) return spellings.get(typed);
  const twice = /^([a-z]{2,})2(an|nan|nya)?$/.exec(typed);
  const amount = /^([0-9]+)([a-z]+)$/.exec(typed);
  if (twice) return twice[2] ? [twice[1] + twice[2]] : spelled(spellings, twice[1]);
  if (amount) return [amount[1], amount[2]];
  const letters = isNumber(typed) ? typed : typed.replace(/[0-9]/g, (digit) => LETTER_DIGITS[digit] ?? "");
  return letters ? [letters.slice(0, 24)] : [];
}

function saysAgain(before, word) {
  if (before.length < 3) return before === word;
  return word.startsWith(before) && ["", "an", "nan", "nya"].includes(word.slice(before.length));
}

function sound(word) {
  return SOUNDS.reduce((key, [pattern, into]) => key.replace(pattern, into), word);
}

function stems(word) {
  const ends = [word, ...SUFFIXES.filter((end) => word.endsWith(end)).map((end) => word.slice(0, -end.length))];
  const found = ends.slice(1);
  for (const stem of ends)
    for (const [start, initials] of PREFIXES)
      if (stem.startsWith(start) && stem.length - start.length >= 3)
        found.push(...initials.map((initial) => initial + stem.slice(start.length)));
  return unique(found).filter((stem) => stem.length >= 3);
}

// ---- index

const items = (text) => (text ? text.split(";") : []);

/** The index from what `to_json` of the Python module gives; `titles` and `pairing` may be filled in by the caller. */
export function load(data) {
  const index = { groups: [], outside: new Set(), titles: new Map() };
  for (const name of ["spellings", "goods", "places", "verbs", "fillers", "vocabulary", "written", "joined"])
    index[name] = new Map();
  index.byStart = new Map();
  index.skeletons = new Map();
  index.pairing = new Map();
  for (const [meaning, writings] of Object.entries(data.spellings))
    for (const written of writings.split(";")) index.spellings.set(written, meaning.split(" "));
  loadGoods(index, data.classes);
  for (const [head, words] of Object.entries(data.places)) {
    const [value, ways, groups] = head.split(":");
    for (const word of words.split(";"))
      learn(index, "places", word, { value, ways: ways.split(";"), groups: groups.split(";").map(Number), word });
  }
  for (const [head, words] of Object.entries(data.verbs)) {
    const [activity, weak, group] = head.split(":");
    for (const word of words.split(";"))
      learn(index, "verbs", word, { activity, weak: weak === "yes", word, group: Number(group) });
  }
  for (const [kind, words] of Object.entries(data.fillers))
    for (const word of words.split(";")) loadFiller(index, kind, word);
  order(index);
  for (const [version, titles] of Object.entries(data.titles)) index.titles.set(version, titleIndex(index, titles));
  for (const [code, partner] of data.pairing) index.pairing.set(code, [...(index.pairing.get(code) ?? []), partner]);
  return index;
}

function loadGoods(index, classes) {
  classes.forEach(([usualOrder, codes, also, words], n) => {
    const pairs = new Map(codes.split(";").map((item) => item.split(":")));
    const usual = usualOrder.split(";").filter((way) => pairs.has(way));
    const rest = WAYS.filter((way) => pairs.has(way) && !usual.includes(way));
    index.groups.push({ order: [...usual, ...rest], codes: pairs, also: items(also) });
    for (const entry of items(words)) {
      const [word, way = ""] = entry.split(":");
      learn(index, "goods", word, { group: n, way, word });
    }
  });
}

function loadFiller(index, kind, word) {
  if (kind === "outside") {
    index.outside.add(sound(word));
    enter(index, sound(word), word, PART_OF_PHRASE);
  } else learn(index, "fillers", word, kind === "joins");
}

function learn(index, table, word, meaning) {
  const parts = plain(index.spellings, word);
  const keys = parts.map(sound);
  const phrase = keys.join(" ");
  if (index[table].has(phrase)) return;
  index[table].set(phrase, meaning);
  const whole = keys.join("");
  if (keys.length > 1) {
    keys.forEach((key, n) => enter(index, key, parts[n], PART_OF_PHRASE));
    if (!index.joined.has(whole)) index.joined.set(whole, keys);
  }
  enter(index, whole, parts.join(""), RANKS[table]);
}

function enter(index, key, written, rank) {
  index.vocabulary.set(key, Math.min(index.vocabulary.get(key) ?? rank, rank));
  if (!index.written.has(key)) index.written.set(key, written);
}

function order(index) {
  const rank = (key) => index.vocabulary.get(key);
  const keys = [...index.vocabulary.keys()];
  for (const key of keys.sort((a, b) => rank(a) - rank(b) || a.length - b.length || compare(a, b))) {
    if (!index.byStart.has(key[0])) index.byStart.set(key[0], []);
    index.byStart.get(key[0]).push(key);
    const skeleton = key[0] + key.slice(1).replace(/[aiueo]/g, "");
    if (!index.joined.has(key) && key.length >= 4 && !index.skeletons.has(skeleton)) index.skeletons.set(skeleton, key);
  }
}

function titleIndex(index, titles) {
  const made = { titles: new Map(Object.entries(titles)), holders: new Map(), weights: new Map(), totals: new Map() };
  const words = [...made.titles].map(([code, title]) => [code, titleWords(index, title)]);
  for (const [code, keys] of words)
    for (const key of keys) made.holders.set(key, [...(made.holders.get(key) ?? []), code]);
  for (const [key, codes] of made.holders) made.weights.set(key, 32 - Math.clz32(share(words.length, codes.length)));
  for (const [code, keys] of words) made.totals.set(code, keys.reduce((sum, key) => sum + made.weights.get(key), 0));
  return made;
}

function titleWords(index, title) {
  return unique(plain(index.spellings, title).map(sound)).filter((key) => key.length >= 3 && !index.fillers.has(key));
}

// ---- hearing

const says = (index, phrase) =>
  index.goods.has(phrase) || index.places.has(phrase) || index.verbs.has(phrase) || index.fillers.has(phrase);

function hear(index, words, titles) {
  const heard = [];
  for (let n = 0; n < words.length; ) {
    const halves = words.slice(n, n + 2).map(sound);
    const pair = sound(words.slice(n, n + 2).join(""));
    if (halves.length === 2 && index.vocabulary.has(pair) && !halves.every((half) => index.vocabulary.has(half))) {
      heard.push(...parts(index, pair, 2));
      n += 2;
    } else {
      heard.push(...repair(index, words[n], titles));
      n += 1;
    }
  }
  return heard;
}

function repair(index, word, titles) {
  const key = sound(word);
  if (index.joined.has(key) && !isNumber(word)) return parts(index, key, 2);
  if (index.vocabulary.has(key) || isNumber(word)) return [{ key, cost: 0, word }];
  const stem = knownStem(index, word);
  if (stem) return parts(index, stem, 1);
  const halves = halvesOf(index, word);
  if (halves) return halves.map((half) => ({ key: half, cost: 2, word: index.written.get(half) ?? half }));
  if (titles.holders.has(key)) return [{ key, cost: 0, word }];
  const [near, distance] = nearest(index, word, key);
  if (near) return parts(index, near, 6 * distance);
  const skeleton = key.length >= 3 ? index.skeletons.get(key) : undefined;
  return skeleton ? [{ key: skeleton, cost: 6, word: index.written.get(skeleton) }] : [{ key, cost: 0, word }];
}

function parts(index, key, cost) {
  return (index.joined.get(key) ?? [key]).map((part) => ({ key: part, cost, word: index.written.get(part) ?? part }));
}

function knownStem(index, word) {
  const keys = stems(word).map(sound);
  for (const table of [index.verbs, index.goods, index.places, index.vocabulary]) {
    const found = keys.find((key) => table.has(key));
    if (found) return found;
  }
  return "";
}

function halvesOf(index, word) {
  for (let n = 3; n <= word.length - 3; n += 1) {
    const left = sound(word.slice(0, n));
    const right = sound(word.slice(n));
    if (index.goods.has(left) && says(index, right)) return [left, right];
  }
  return null;
}

const lettersAllowed = (length) => (length <= 3 ? 0 : length <= 6 ? 1 : 2);

/** Letters that differ, with two neighbours changed round as one; `cutoff` + 1 if it is more than `cutoff`. */
function lettersBetween(a, b, cutoff) {
  if (Math.abs(a.length - b.length) > cutoff) return cutoff + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return Math.min(last[b.length], cutoff + 1);
}

function nearest(index, word, key) {
  let best = null;
  for (const start of lettersAllowed(key.length) ? unique([key.slice(0, 1), key.slice(1, 2)]) : [])
    for (const known of index.byStart.get(start) ?? []) {
      if (start !== key[0] && known.slice(1, 2) !== key[0]) continue;
      const written = index.written.get(known);
      const allowed = lettersAllowed(Math.max(key.length, known.length));
      const longer = Math.min(Math.abs(key.length - known.length), Math.abs(word.length - written.length));
      if (longer > allowed) continue;
      const heard = lettersBetween(key, known, allowed);
      const typed = lettersBetween(word, written, allowed);
      const distance = Math.max(1, Math.min(heard, typed));
      if (distance > allowed) continue;
      const found = [distance, heard + typed, index.vocabulary.get(known), known];
      if (!best || earlier(found, best)) best = found;
    }
  return best ? [best[3], best[0]] : ["", 0];
}

function earlier(a, b) {
  const n = a.findIndex((value, place) => value !== b[place]);
  return n >= 0 && a[n] < b[n];
}

function understand(index, heard) {
  const meaning = { goods: [], places: [], verbs: [], content: new Map(), rest: [], spots: new Map() };
  let joins = false;
  for (let n = 0; n < heard.length; ) {
    const [length, phrase, turned] = longest(index, heard, n);
    const span = heard.slice(n, n + length);
    const cost = span.reduce((sum, word) => sum + word.cost, 0);
    if (index.goods.has(phrase)) {
      meaning.goods.push({ goods: index.goods.get(phrase), cost, joins, verbal: length === 1 && cost === 1 });
      joins = false;
    }
    if (index.places.has(phrase)) meaning.places.push(index.places.get(phrase));
    if (index.verbs.has(phrase) || turned) meaning.verbs.push(turned ? MAKING : index.verbs.get(phrase));
    joins = joins || (index.fillers.get(phrase) ?? false);
    for (const table of [index.goods, index.places, index.verbs]) {
      const word = table.get(phrase)?.word;
      if (word !== undefined && !meaning.spots.has(word)) meaning.spots.set(word, n);
    }
    note(index, meaning, span, says(index, phrase));
    n += length;
  }
  if (meaning.goods.length === 1)
    meaning.places = meaning.places.filter((place) => place.word !== meaning.goods[0].goods.word);
  return meaning;
}

function note(index, meaning, span, explained) {
  for (const { key, word } of span) {
    if (key.length < 3 || index.fillers.has(key) || isNumber(key)) continue;
    if (!meaning.content.has(key)) meaning.content.set(key, word);
    if (!explained) meaning.rest.push(key);
  }
}

function longest(index, heard, n) {
  const near = heard.slice(n, n + 4).map((_, offset) => n + offset);
  const bare = withoutFillers(index, heard, n);
  for (const spots of [near, bare])
    for (let length = spots.length; length > 1; length -= 1) {
      const phrase = spots.slice(0, length).map((spot) => heard[spot].key).join(" ");
      if (says(index, phrase)) return [spots[length - 1] - n + 1, phrase, false];
    }
  if (bare.length > 1) {
    const phrase = `${heard[bare[1]].key} ${heard[n].key}`;
    if (index.goods.has(phrase)) return [bare[1] - n + 1, phrase, true];
  }
  return [1, heard[n].key, false];
}

function withoutFillers(index, heard, n) {
  const spots = [n];
  for (let spot = n + 1; spot < Math.min(n + 6, heard.length); spot += 1) {
    const joins = index.fillers.get(heard[spot].key);
    if (joins) break;
    if (joins === undefined && spots.length < 4) spots.push(spot);
  }
  return spots;
}

// ---- ranking, in whole hundredths

/** Codes for what somebody says they sell, best first; an empty list if no word says anything. */
export function suggest(index, query, limit = 5, version = "2020") {
  const titles = index.titles.get(version);
  if (!titles || limit < 1) return [];
  const words = plain(index.spellings, query);
  const meaning = understand(index, hear(index, words, titles));
  const typed = words.filter((word) => titles.titles.has(word)).map((word) => candidate(1e8, word, word, "", ""));
  const mapped = inVersion(index, mappedCodes(index, meaning), titles, version);
  const byTitle = titleCodes(meaning, titles, mapped.length > 0);
  const room = Math.max(3, limit - byTitle.length);
  const scored = [...typed, ...mapped.slice(0, room)].map((found) => [found, 4000 + share(found.rank * 6000, 1e8)]);
  scored.push(...byTitle.map((found) => [found, share(found.rank * 4000, 1e8)]));
  const chosen = new Map();
  for (const [{ code, because, activity, way }, score] of scored)
    if (!chosen.has(code))
      chosen.set(code, { version, code, title: titles.titles.get(code), score: score / 10000, because, activity, way });
  return [...chosen.values()].slice(0, limit);
}

const candidate = (rank, code, because, activity, way) => ({ rank, code, because, activity, way });
const byRank = (a, b) => b.rank - a.rank || compare(a.code, b.code);

function inVersion(index, mapped, titles, version) {
  const found = new Map();
  for (const one of mapped)
    for (const code of version === "2020" ? [one.code] : (index.pairing.get(one.code) ?? []))
      if (titles.titles.has(code) && !found.has(code)) found.set(code, { ...one, code });
  return [...found.values()];
}

function mappedCodes(index, meaning) {
  const best = new Map();
  for (const weighed of weigh(index, meaning))
    for (const found of waysOf(index, meaning, weighed))
      if (!best.has(found.code) || found.rank > best.get(found.code).rank) best.set(found.code, found);
  return [...best.values()].sort(byRank);
}

function weigh(index, meaning) {
  if (!meaning.goods.length) return withoutGoods(index, meaning);
  const onlyAVerb = ({ goods, verbal }) => verbal && index.groups[goods.group].order[0] !== "service";
  const ordered = [...meaning.goods].sort((a, b) => Number(onlyAVerb(a)) - Number(onlyAVerb(b)));
  const orderOf = ({ goods }) => index.groups[goods.group].order.join(";");
  const weighed = ordered.map((named, n) => {
    const sameKind = orderOf(named) === orderOf(ordered[0]);
    const beside = n === 0 || (!onlyAVerb(named) && (named.joins || sameKind));
    const strength = n === 0 ? 100 : Math.max(60, (beside ? 95 : 88) - 2 * n);
    return { goods: named.goods, weight: strength * Math.max(50, 100 - named.cost), beside };
  });
  const several = unique(weighed.filter((one) => one.beside).map((one) => one.goods.group)).length > 1;
  return weighed.map(({ goods, weight }) => ({ goods, weight, perRank: several ? 16 : 3 }));
}

function withoutGoods(index, meaning) {
  if (meaning.rest.some((key) => index.outside.has(key))) return [];
  const verbs = meaning.verbs.filter((verb) => verb.group >= 0).map(({ group, word }) => ({ group, way: "", word }));
  const places = meaning.places.slice(0, 1).flatMap(({ groups, word }) => groups.map((group) => ({ group, way: "", word })));
  return [...verbs.slice(0, 1), ...places].map((goods, n) => ({ goods, weight: 100 * (50 - 2 * n), perRank: 3 }));
}

function waysOf(index, meaning, { goods, weight, perRank }) {
  const group = index.groups[goods.group];
  const named = meaning.goods.filter((other) => other.goods.group === goods.group).map((other) => other.goods.way);
  const ways = unique([goods.way, ...named, ...group.order]).filter((way) => group.codes.has(way));
  const found = ways.map((way, rank) => {
    const [fit, words, place] = fitOf(meaning, way);
    const usual = Math.max(10, 100 - perRank * rank);
    const because = reason(meaning, [goods.word, ...words]);
    return candidate(weight * fit * usual, group.codes.get(way), because, ACTIVITY[way] ?? "resell", place);
  });
  const [fit] = fitOf(meaning, ways[0]);
  group.also.forEach((code, n) => {
    const usual = 100 - 3 * (Math.min(ways.length, 2) + n);
    found.push(candidate(weight * fit * usual, code, goods.word, ACTIVITY[ways[0]] ?? "resell", ""));
  });
  return found;
}

function fitOf(meaning, way) {
  let fit = 100;
  let value = PLACE[way] ?? "";
  const words = [];
  for (const verb of meaning.verbs)
    if (FITS[verb.activity].includes(way)) words.push(verb.word);
    else fit = share(fit * (verb.weak ? 92 : 55), 100);
  for (const place of meaning.places) {
    const at = place.ways.indexOf(way);
    fit = share(fit * (at < 0 ? 60 : 100 - 4 * at), 100);
    if (at < 0) continue;
    words.push(place.word);
    value = place.value;
  }
  return [fit, words, value];
}

function reason(meaning, words) {
  const spot = (word) => meaning.spots.get(word) ?? 0;
  return unique(words.filter((word) => word)).sort((a, b) => spot(a) - spot(b)).join(", ");
}

function titleCodes(meaning, titles, mapped) {
  if (!meaning.content.size || (mapped && !meaning.rest.length)) return [];
  let total = 0;
  const sums = new Map();
  const held = new Map();
  for (const [key, word] of meaning.content) {
    const [found, sure] = titleKeys(titles, key, !mapped);
    const weight = found.length ? Math.max(...found.map((other) => titles.weights.get(other))) : 12;
    total += weight;
    for (const code of unique(found.flatMap((other) => titles.holders.get(other)))) {
      sums.set(code, (sums.get(code) ?? 0) + weight * sure);
      held.set(code, [...(held.get(code) ?? []), word]);
    }
  }
  const unexplained = new Set(meaning.rest.map((key) => meaning.content.get(key)));
  const found = [];
  for (const [code, gained] of sums) {
    const covered = share(gained, total);
    if (covered < 40 || (mapped && !held.get(code).some((word) => unexplained.has(word)))) continue;
    const exact = Math.min(100, share(gained, titles.totals.get(code)));
    found.push(candidate(covered * 800000 + exact * 200000, code, held.get(code).join(", "), "", ""));
  }
  return found.sort(byRank);
}

function titleKeys(titles, key, typos) {
  if (titles.holders.has(key)) return [[key], 100];
  const stem = stems(key).map(sound).find((other) => titles.holders.has(other));
  if (stem) return [[stem], 99];
  const allowed = lettersAllowed(key.length);
  if (!allowed) return [[], 0];
  const known = [...titles.holders.keys()];
  const longer = known.filter((other) => other.includes(key)).sort(compare);
  if (longer.length || !typos) return [longer, 80];
  const near = known.filter((other) => other[0] === key[0]).map((other) => [other, lettersBetween(key, other, allowed)]);
  const least = near.reduce((least, [, distance]) => Math.min(least, distance), allowed + 1);
  return [near.filter(([, distance]) => distance === least && least <= allowed).map(([other]) => other).sort(compare), 80];
}
