"""From market words to KBLI codes: "jual cilok keliling" gives 56104 first, and says why.

The goods words of a query choose a class of goods; a class has one code for each way of selling (cart, stall, online,
make and pack, repair ...). Verbs and places in the query choose among those ways. Writing is forgiven twice: words are
compared by a key that chat spellings share, then by a few letters of difference. What no market word explains is looked
up in the official titles, which always rank below.

Sums are whole numbers, so that the same search in the browser (``search.js``) gives the same order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

Row = Mapping[str, str]

WAYS = ("stall", "hawker", "online", "cart", "tent", "warung", "restaurant", "catering", "event", "make", "service", "used")
COOKED = ("cart", "tent", "warung", "restaurant", "catering", "event")
FITS = {
    "cook_serve": COOKED,
    "make_pack": ("make",),
    "resell": ("stall", "hawker", "online", "used"),
    "packed": ("make", "stall", "hawker", "online"),
    "service": ("service",),
    "used": ("used",),
}
ACTIVITY = {way: "cook_serve" for way in COOKED} | {"make": "make_pack", "service": "service"}
PLACE = {
    "hawker": "cart",
    "cart": "cart",
    "tent": "street_stall",
    "warung": "kiosk",
    "restaurant": "kiosk",
    "online": "online",
    "catering": "home",
    "make": "home",
}

LONGEST_QUERY = 200  # letters that are read; a vendor's sentence is shorter
MOST_WORDS = 24
LONGEST_WORD = 24
LONGEST_PHRASE = 4  # words

FULL = 100
NOT_THE_ACTIVITY, NOT_THE_WEAK_ACTIVITY = 55, 90
NOT_THE_PLACE, LATER_WAY_OF_PLACE = 60, 4
PER_RANK, PER_RANK_OF_SEVERAL, LOWEST_RANK = 3, 16, 10
BESIDE, MODIFIER, PER_GOODS, LOWEST_GOODS = 97, 88, 2, 60
ONLY_A_PLACE = 50
PART_OF_PHRASE = 4  # rank of words that say something only in a phrase
PER_LETTER, PER_STEM, PER_SPLIT = 6, 1, 2
LOWEST_QUALITY = 50
TITLE_LEAST, TITLE_TYPO, TITLE_RARE = 40, 80, 12
MAPPED_FROM, UNITS = 4000, 10000  # a mapped word scores 0.4 to 1, a title 0 to 0.4


class Suggestion(NamedTuple):
    """A code to choose: ``because`` are the market words that decided, ``score`` runs from 0 to 1.

    ``activity`` is cook_serve, make_pack, resell, service or empty; ``way`` is the place of selling the code stands for
    (a value of the fact ``place``) or empty if the code says nothing about it.
    """

    version: str
    code: str
    title: str
    score: float
    because: str
    activity: str
    way: str


class Heard(NamedTuple):
    """A word of the query as understood: its key, and what the repair cost (0: written exactly)."""

    key: str
    cost: int
    known: bool


class Goods(NamedTuple):
    """A goods word: its class, the way it usually goes with (or empty) and the word to show."""

    group: int
    way: str
    word: str


class Place(NamedTuple):
    """A place word: the fact value, ways in order of likelihood, classes to offer if no goods are named."""

    value: str
    ways: tuple[str, ...]
    groups: tuple[int, ...]
    word: str


class Verb(NamedTuple):
    """A verb or a word of the state of goods: the activity it speaks for; ``weak`` words only lean that way."""

    activity: str
    weak: bool
    word: str
    group: int  # class to offer if no goods are named; -1: none


class Group(NamedTuple):
    """A class of goods: its ways from most to least usual, the code of each, and further codes."""

    order: tuple[str, ...]
    codes: Mapping[str, str]
    also: tuple[str, ...]


class Hit(NamedTuple):
    """Market words found at one spot of the query."""

    phrase: str
    cost: int


class Candidate(NamedTuple):
    """A code with its rank sum (0 to 10**8) before it becomes a suggestion."""

    rank: int
    code: str
    because: str
    activity: str
    way: str


@dataclass
class Titles:
    """Official titles of one version, with an index from word key to the codes whose title holds it."""

    titles: dict[str, str]
    holders: dict[str, list[str]] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)


@dataclass
class Index:
    """All the words, ready to search; made by ``build``. ``data`` is the plain form the browser loads."""

    data: Mapping[str, Any]
    groups: list[Group] = field(default_factory=list)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    goods: dict[str, Goods] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    verbs: dict[str, Verb] = field(default_factory=dict)
    fillers: dict[str, bool] = field(default_factory=dict)
    joined: dict[str, list[str]] = field(default_factory=dict)
    vocabulary: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    by_start: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, Titles] = field(default_factory=dict)
    pairing: dict[str, list[str]] = field(default_factory=dict)


# ---- building


def build(words: Mapping[str, Sequence[Row]], titles: Iterable[tuple[str, str, str]], pairing: Iterable[tuple[str, str]] = ()) -> Index:
    """An index from the rows of ``data/kbli/words/*.csv`` by file name (goods, classes, verbs, places, spellings, fillers).

    ``titles`` are (version, code, title); an imported full list may be among them. ``pairing`` are (code of 2020, code of
    2025). Raises KeyError if a row names a class that does not exist.
    """
    return load(pack(words, titles, pairing))


def pack(words: Mapping[str, Sequence[Row]], titles: Iterable[tuple[str, str, str]], pairing: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The same rows as one small plain structure: lists and texts only, words of a class in one text."""
    number = {row["class"]: n for n, row in enumerate(words["classes"])}
    goods: list[list[str]] = [[] for _ in number]
    for row in words["goods"]:
        goods[number[row["class"]]].append(row["word"] + (":" + row["way"] if row["way"] else ""))
    by_version: dict[str, dict[str, str]] = {}
    for version, code, title in titles:
        by_version.setdefault(version, {})[code] = title
    return {
        "classes": [
            [row["order"], ";".join(f"{way}:{row[way]}" for way in WAYS if row[way]), row["also"], ";".join(goods[n])]
            for n, row in enumerate(words["classes"])
        ],
        "verbs": _grouped(
            (f"{row['activity']}:{row['weak']}:{number[row['class']] if row['class'] else -1}", row["word"])
            for row in words["verbs"]
        ),
        "places": _grouped(
            (f"{row['place']}:{row['ways']}:{';'.join(str(number[c]) for c in row['class'].split(';'))}", row["word"])
            for row in words["places"]
        ),
        "spellings": _grouped((row["means"], row["written"]) for row in words["spellings"]),
        "fillers": _grouped((row["joins"], row["word"]) for row in words["fillers"]),
        "titles": by_version,
        "pairing": [list(pair) for pair in pairing],
    }


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for head, word in pairs:
        found.setdefault(head, []).append(word)
    return {head: ";".join(members) for head, members in found.items()}


def to_json(index: Index, every_title: bool = False) -> dict[str, Any]:
    """What ``search.js`` loads. Without ``every_title`` only the titles a market word can lead to, to keep it small."""
    if every_title:
        return dict(index.data)
    wanted = {code for group in index.groups for code in (*group.codes.values(), *group.also)}
    wanted_later = {later for code in wanted for later in index.pairing.get(code, [])}
    keep = {"2020": wanted, "2025": wanted_later}
    titles = {
        version: {code: title for code, title in known.items() if code in keep.get(version, ())}
        for version, known in index.data["titles"].items()
    }
    pairing = [pair for pair in index.data["pairing"] if pair[0] in wanted]
    return {**index.data, "titles": titles, "pairing": pairing}


def load(data: Mapping[str, Any]) -> Index:
    """The index from its plain form."""
    index = Index(data)
    for meaning, writings in data["spellings"].items():
        for written in writings.split(";"):
            index.spellings[written] = meaning.split()
    for n, (order, codes, also, words) in enumerate(data["classes"]):
        index.groups.append(_group(order, codes, also))
        for entry in _items(words):
            word, _, way = entry.partition(":")
            _learn(index, index.goods, word, Goods(n, way, word), rank=0)
    for head, words in data["places"].items():
        value, ways, groups = head.split(":")
        for word in words.split(";"):
            place = Place(value, tuple(ways.split(";")), tuple(int(g) for g in groups.split(";")), word)
            _learn(index, index.places, word, place, rank=1)
    for head, words in data["verbs"].items():
        activity, weak, group = head.split(":")
        for word in words.split(";"):
            _learn(index, index.verbs, word, Verb(activity, weak == "yes", word, int(group)), rank=2)
    for joins, words in data["fillers"].items():
        for word in words.split(";"):
            _learn(index, index.fillers, word, joins == "yes", rank=3)
    for known in index.vocabulary:
        index.by_start.setdefault(known[0], []).append(known)
    for version, titles in data["titles"].items():
        index.titles[version] = _title_index(index, titles)
    for code, later in data["pairing"]:
        index.pairing.setdefault(code, []).append(later)
    return index


def _items(text: str) -> list[str]:
    return text.split(";") if text else []


def _group(order: str, codes: str, also: str) -> Group:
    pairs = dict(item.split(":") for item in codes.split(";"))
    usual = [way for way in order.split(";") if way in pairs]
    return Group((*usual, *(way for way in WAYS if way in pairs and way not in usual)), pairs, tuple(_items(also)))


def _learn(index: Index, table: dict[str, Any], word: str, meaning: Any, rank: int) -> None:
    """Enter a word or phrase under its key; the first one wins where two share a key."""
    parts = plain(index, word)
    keys = [sound(part) for part in parts]
    phrase = " ".join(keys)
    if phrase in table:
        return
    table[phrase] = meaning
    if len(keys) > 1:
        for part, key in zip(parts, keys, strict=True):
            _enter(index, key, part, PART_OF_PHRASE)
        index.joined.setdefault("".join(keys), keys)
    _enter(index, "".join(keys), "".join(parts), rank)


def _enter(index: Index, key: str, written: str, rank: int) -> None:
    index.vocabulary[key] = min(index.vocabulary.get(key, rank), rank)
    index.written.setdefault(key, written)


def _title_index(index: Index, titles: Mapping[str, str]) -> Titles:
    made = Titles(dict(titles))
    words = {code: _title_words(index, title) for code, title in titles.items()}
    for code, keys in words.items():
        for key in keys:
            made.holders.setdefault(key, []).append(code)
    for key, holders in made.holders.items():
        made.weights[key] = max(1, (len(titles) // len(holders)).bit_length())
    made.totals = {code: sum(made.weights[key] for key in keys) for code, keys in words.items()}
    return made


def _title_words(index: Index, title: str) -> list[str]:
    keys = (sound(part) for part in plain(index, title))
    return list(dict.fromkeys(key for key in keys if len(key) > 2 and key not in index.fillers))


# ---- writing


_TOKEN = re.compile(r"[a-z0-9]+|[,;&+/]")
_TWICE = re.compile(r"([a-z]{2,})2(an|nan|nya)?")
_AMOUNT = re.compile(r"([0-9]+)([a-z]+)")
_LETTER_DIGITS = str.maketrans("013457", "oieast", "2689")
_SOUNDS = (
    (re.compile(pattern), into)
    for pattern, into in (
        (r"dj|dz", "j"),
        (r"tj", "c"),
        (r"oe", "u"),
        (r"[qk]h?|ck", "k"),
        (r"x", "ks"),
        (r"sh", "s"),
        (r"([cgtdb])h(?=.)", r"\1"),
        (r"ph|[vf]", "p"),
        (r"z", "j"),
        (r"y", "i"),
        (r"au", "o"),
        (r"(.)\1+", r"\1"),
        (r"ie", "i"),
        (r"a[ie]$", "e"),
        (r"(?<=[aiueo])h(?=[aiueo])", ""),
        (r"(?<=..)h$", ""),
        (r"(?<=[bcdgjkpst])e(?=[lr][aiueo])", ""),
        (r"o(?=[bcdgjklmnprst]$)", "u"),
        (r"(?<=[^aiueo])e(?=[bcdgjklmnprst]$)", "a"),
    )
)
SOUNDS = tuple(_SOUNDS)


def plain(index: Index, text: str) -> list[str]:
    """The words of a text in plain small letters: chat spellings replaced, "sayur2" and "gado-gado" said once.

    Marks that list things (comma, &, +, /) become the word "dan". Only the first 200 letters and 24 words are read.
    """
    cut = unicodedata.normalize("NFKD", text[:LONGEST_QUERY]).lower()
    letters = "".join(c for c in cut if not unicodedata.combining(c)).replace("'", "").replace("\u2019", "")
    words: list[str] = []
    for token in _TOKEN.findall(letters):
        for word in _spelled(index, token):
            if not words or not _says_again(words[-1], word):
                words.append(word)
    return words[:MOST_WORDS]


def _spelled(index: Index, token: str) -> list[str]:
    if token in ",;&+/":
        return ["dan"]
    if token in index.spellings:
        return index.spellings[token]
    twice, amount = _TWICE.fullmatch(token), _AMOUNT.fullmatch(token)
    if twice:
        return _spelled(index, twice[1]) if not twice[2] else [twice[1] + twice[2]]
    if amount:
        return [amount[1], amount[2]]
    if not token.isdigit() and not token.isalpha():
        token = token.translate(_LETTER_DIGITS)
    return [token[:LONGEST_WORD]] if token else []


def _says_again(before: str, word: str) -> bool:
    if len(before) < 3:
        return before == word
    return word.startswith(before) and word[len(before) :] in ("", "an", "nan", "nya")


def sound(word: str) -> str:
    """The key of a word: writings that sound alike in Indonesian share it ("kripik", "keripik"; "prozen", "frozen")."""
    for pattern, into in SOUNDS:
        word = pattern.sub(into, word)
    return word


_PREFIXES = (
    ("menge", ("",)),
    ("meng", ("", "k")),
    ("meny", ("s", "c")),
    ("mem", ("", "p")),
    ("men", ("", "t")),
    ("me", ("",)),
    ("nge", ("",)),
    ("ng", ("", "k")),
    ("ny", ("s", "c")),
    ("ber", ("",)),
    ("di", ("",)),
    ("ter", ("",)),
    ("peng", ("", "k")),
    ("peny", ("s", "c")),
    ("pem", ("", "p")),
    ("pen", ("", "t")),
    ("per", ("",)),
    ("pe", ("",)),
    ("se", ("",)),
    ("n", ("t",)),
    ("m", ("p",)),
)
_SUFFIXES = ("nya", "kan", "an", "in", "i", "ku")
SHORTEST_STEM = 3


def stems(word: str) -> list[str]:
    """What may be left of a word without Indonesian prefix and suffix, likeliest first ("nambal": "tambal")."""
    ends = [word] + [word[: -len(end)] for end in _SUFFIXES if word.endswith(end)]
    found = ends[1:]
    for stem in ends:
        for start, initials in _PREFIXES:
            if stem.startswith(start) and len(stem) - len(start) >= SHORTEST_STEM:
                found += [initial + stem[len(start) :] for initial in initials]
    return [stem for stem in dict.fromkeys(found) if len(stem) >= SHORTEST_STEM]


# ---- understanding


def _hear(index: Index, words: Sequence[str], titles: Titles) -> list[Heard]:
    """The words as keys of the vocabulary; two unknown halves are tried as one word, one as two."""
    heard: list[Heard] = []
    n = 0
    while n < len(words):
        pair = sound(words[n] + words[n + 1]) if n + 1 < len(words) else ""
        if pair in index.vocabulary and not all(sound(word) in index.vocabulary for word in words[n : n + 2]):
            heard += [Heard(key, PER_SPLIT, True) for key in index.joined.get(pair, [pair])]
            n += 2
            continue
        heard += _understand(index, words[n], titles)
        n += 1
    return heard


def _understand(index: Index, word: str, titles: Titles) -> list[Heard]:
    key = sound(word)
    if word.isdigit():
        return [Heard(word, 0, True)]
    if key in index.joined:
        return [Heard(part, PER_SPLIT, True) for part in index.joined[key]]
    if key in index.vocabulary:
        return [Heard(key, 0, True)]
    stem = next((sound(s) for s in stems(word) if _stands_alone(index, sound(s))), None)
    if stem:
        return [Heard(stem, PER_STEM, True)]
    halves = _halves(index, word)
    if halves:
        return [Heard(half, PER_SPLIT, True) for half in halves]
    if key in titles.holders:
        return [Heard(key, 0, False)]
    near, distance = _nearest(index, word, key)
    if near:
        return [Heard(part, PER_LETTER * distance, True) for part in index.joined.get(near, [near])]
    return [Heard(key, 0, False)]


def _stands_alone(index: Index, key: str) -> bool:
    return key in index.goods or key in index.places or key in index.verbs or key in index.fillers


def _halves(index: Index, word: str) -> list[str]:
    for n in range(3, len(word) - 2):
        left, right = sound(word[:n]), sound(word[n:])
        if f"{left} {right}" in index.goods or (left in index.goods and _stands_alone(index, right)):
            return [left, right]
    return []


def limit(length: int) -> int:
    """How many letters may differ in a key of this length."""
    return 0 if length <= 3 else 1 if length <= 6 else 2


def _nearest(index: Index, word: str, key: str) -> tuple[str, int]:
    """The likeliest known word for a mistyped one, and the letters that differ; ("", 0) if none is near enough.

    Letters are counted in the writing and in the key, and the smaller number counts; then the sum of both decides.
    """
    best: tuple[int, int, int, str] | None = None
    for start in dict.fromkeys((key[:1], key[1:2])) if len(key) > 3 else ():
        for known in index.by_start.get(start, ()):
            if start != key[0] and known[1:2] != key[0]:
                continue
            allowed = limit(max(len(key), len(known)))
            if abs(len(key) - len(known)) > allowed:
                continue
            heard = OSA.distance(key, known, score_cutoff=allowed)
            typed = OSA.distance(word, index.written[known], score_cutoff=allowed)
            distance = max(1, min(heard, typed))
            found = (distance, heard + typed, index.vocabulary[known], known)
            if distance <= allowed and (best is None or found < best):
                best = found
    return (best[3], best[0]) if best else ("", 0)


@dataclass
class Meaning:
    """What the query says: goods in order (with how each joins the one before), places, activities, the rest."""

    goods: list[tuple[Goods, int, bool]] = field(default_factory=list)
    places: list[tuple[Place, int]] = field(default_factory=list)
    verbs: list[tuple[Verb, int]] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    spots: dict[str, int] = field(default_factory=dict)


def _mean(index: Index, heard: Sequence[Heard]) -> Meaning:
    """Take the longest known phrase at each spot; one phrase may name goods, a place and an activity at once."""
    meaning = Meaning()
    joins = False
    n = 0
    while n < len(heard):
        length, phrase = _longest(index, heard, n)
        cost = sum(word.cost for word in heard[n : n + length])
        if phrase in index.goods:
            goods = index.goods[phrase]
            meaning.goods.append((goods, cost, joins))
            meaning.spots.setdefault(goods.word, n)
            joins = False
        if phrase in index.places:
            meaning.places.append((index.places[phrase], cost))
            meaning.spots.setdefault(index.places[phrase].word, n)
        if phrase in index.verbs:
            meaning.verbs.append((index.verbs[phrase], cost))
            meaning.spots.setdefault(index.verbs[phrase].word, n)
        if index.fillers.get(phrase):
            joins = True
        if phrase not in index.fillers:
            keys = [word.key for word in heard[n : n + length] if not word.key.isdigit() and len(word.key) > 2]
            meaning.content += keys
            meaning.rest += keys if not _stands_alone(index, phrase) else []
        n += length
    return meaning


def _longest(index: Index, heard: Sequence[Heard], n: int) -> tuple[int, str]:
    for length in range(min(LONGEST_PHRASE, len(heard) - n), 0, -1):
        phrase = " ".join(word.key for word in heard[n : n + length])
        if _stands_alone(index, phrase):
            return length, phrase
    return 1, heard[n].key


# ---- ranking


def _mapped(index: Index, meaning: Meaning) -> list[Candidate]:
    """The codes the market words lead to, best first, each code once."""
    best: dict[str, Candidate] = {}
    for goods, quality, strength, per_rank in _weighed(index, meaning):
        for candidate in _ways(index, meaning, goods, quality * strength, per_rank):
            if candidate.code not in best or candidate.rank > best[candidate.code].rank:
                best[candidate.code] = candidate
    return sorted(best.values(), key=lambda c: (-c.rank, c.code))


def _weighed(index: Index, meaning: Meaning) -> list[tuple[Goods, int, int, int]]:
    """Each goods word with its quality, strength (100 for the first) and how fast its less usual ways fall off."""
    if not meaning.goods:
        named = [Goods(verb.group, "", verb.word) for verb, _ in meaning.verbs if verb.group >= 0][:1]
        named += [Goods(group, "", place.word) for place, _ in meaning.places[:1] for group in place.groups]
        return [(goods, FULL, ONLY_A_PLACE - PER_GOODS * n, PER_RANK) for n, goods in enumerate(named)]
    first = index.groups[meaning.goods[0][0].group]
    listed = [
        n == 0 or joins or index.groups[goods.group].order == first.order
        for n, (goods, _, joins) in enumerate(meaning.goods)
    ]
    several = len({goods.group for (goods, _, _), beside in zip(meaning.goods, listed, strict=True) if beside}) > 1
    weighed = []
    for n, (goods, cost, _) in enumerate(meaning.goods):
        strength = FULL if n == 0 else max(LOWEST_GOODS, (BESIDE if listed[n] else MODIFIER) - PER_GOODS * n)
        quality = max(LOWEST_QUALITY, FULL - cost)
        weighed.append((goods, quality, strength, PER_RANK_OF_SEVERAL if several else PER_RANK))
    return weighed


def _ways(index: Index, meaning: Meaning, goods: Goods, weight: int, per_rank: int) -> list[Candidate]:
    group = index.groups[goods.group]
    order = [goods.way] if goods.way in group.codes else []
    order += [way for way in group.order if way not in order]
    found = []
    for rank, way in enumerate(order):
        fit, words, place = _fit(meaning, way)
        usual = max(LOWEST_RANK, FULL - per_rank * rank)
        because = _because(meaning, [goods.word, *words])
        found.append(Candidate(weight * fit * usual, group.codes[way], because, ACTIVITY.get(way, "resell"), place))
    activity = ACTIVITY.get(order[0], "resell")
    for rank, code in enumerate(group.also, start=len(order)):
        usual = max(LOWEST_RANK, FULL - PER_RANK * min(rank, 2) - PER_RANK * (rank - len(order)))
        fit, _, _ = _fit(meaning, order[0])
        found.append(Candidate(weight * fit * usual, code, goods.word, activity, ""))
    return found


def _fit(meaning: Meaning, way: str) -> tuple[int, list[str], str]:
    """How well a way agrees with the places and activities named (100: nothing against it), and which words agree."""
    fit = FULL
    words = []
    place = PLACE.get(way, "")
    for verb, _ in meaning.verbs:
        if way in FITS[verb.activity]:
            words.append(verb.word)
        else:
            fit = fit * (NOT_THE_WEAK_ACTIVITY if verb.weak else NOT_THE_ACTIVITY) // FULL
    for named, _ in meaning.places:
        if way in named.ways:
            fit = fit * (FULL - LATER_WAY_OF_PLACE * named.ways.index(way)) // FULL
            words.append(named.word)
            place = named.value
        else:
            fit = fit * NOT_THE_PLACE // FULL
    return fit, words, place


def _because(meaning: Meaning, words: Sequence[str]) -> str:
    """The words that decided, each once, in the order they were said."""
    return ", ".join(sorted(dict.fromkeys(words), key=lambda word: meaning.spots.get(word, 0)))


# ---- official titles


def _by_title(index: Index, meaning: Meaning, titles: Titles, mapped: bool) -> list[Candidate]:
    """Codes whose title holds the words of the query; beside mapped words only by a word those do not explain."""
    content = list(dict.fromkeys(meaning.content))
    if not content or (mapped and not meaning.rest):
        return []
    total = 0
    sums: dict[str, int] = {}
    held: dict[str, list[str]] = {}
    for word in content:
        keys, share = _title_keys(titles, word, typos=not mapped)
        weight = max((titles.weights[key] for key in keys), default=TITLE_RARE)
        total += weight
        for code in dict.fromkeys(code for key in keys for code in titles.holders[key]):
            sums[code] = sums.get(code, 0) + weight * share
            held.setdefault(code, []).append(word)
    rest = set(meaning.rest)
    found = []
    for code, gained in sums.items():
        covered = gained // total
        if covered < TITLE_LEAST or (mapped and not rest.intersection(held[code])):
            continue
        rank = covered * 800000 + min(gained * 200000 // max(1, titles.totals[code]), 20000000)
        found.append(Candidate(rank, code, ", ".join(held[code]), "", ""))
    return sorted(found, key=lambda c: (-c.rank, c.code))


def _title_keys(titles: Titles, word: str, typos: bool) -> tuple[list[str], int]:
    """Title words a query word stands for, and how sure that is (100: the same word)."""
    if word in titles.holders:
        return [word], FULL
    stem = next((key for key in (sound(s) for s in stems(word)) if key in titles.holders), None)
    if stem:
        return [stem], FULL - PER_STEM
    longer = sorted(key for key in titles.holders if len(word) > 3 and word in key)
    if longer:
        return longer, TITLE_TYPO
    if not typos or len(word) <= 3:
        return [], 0
    near = [(OSA.distance(word, key, score_cutoff=limit(len(word))), key) for key in titles.holders if key[0] == word[0]]
    least = min((distance for distance, _ in near), default=limit(len(word)) + 1)
    return (sorted(k for d, k in near if d == least), TITLE_TYPO) if least <= limit(len(word)) else ([], 0)


# ---- the answer


def suggest(index: Index, query: str, limit: int = 5, version: str = "2020") -> list[Suggestion]:
    """Codes for what somebody says they sell, best first; an empty list if no word says anything.

    A code typed as five digits is found as such. Codes of 2025 come through the pairing of our notes, so one of 2020 may
    give several. An unknown ``version`` has no titles and gives an empty list.
    """
    titles = index.titles.get(version)
    if titles is None or limit < 1:
        return []
    words = plain(index, query)
    typed = [Candidate(10**8, word, word, "", "") for word in words if word in titles.titles]
    meaning = _mean(index, _hear(index, words, titles))
    mapped = _in_version(index, _mapped(index, meaning), titles, version)
    by_title = _by_title(index, meaning, titles, mapped=bool(mapped))
    room = max(3, limit - len(by_title))
    made = [(c, MAPPED_FROM + c.rank * (UNITS - MAPPED_FROM) // 10**8) for c in [*typed, *mapped[:room]]]
    made += [(c, c.rank * MAPPED_FROM // 10**8) for c in by_title]
    chosen: dict[str, Suggestion] = {}
    for candidate, score in made:
        code = candidate.code
        if code not in chosen:
            rest = (candidate.because, candidate.activity, candidate.way)
            chosen[code] = Suggestion(version, code, titles.titles[code], score / UNITS, *rest)
    return list(chosen.values())[:limit]


def _in_version(index: Index, mapped: Sequence[Candidate], titles: Titles, version: str) -> list[Candidate]:
    """Mapped codes are of 2020; for another version each becomes its partners there. Codes without a title fall away."""
    found: dict[str, Candidate] = {}
    for candidate in mapped:
        codes = [candidate.code] if version == "2020" else index.pairing.get(candidate.code, [])
        for code in codes:
            if code in titles.titles:
                found.setdefault(code, candidate._replace(code=code))
    return list(found.values())
