"""From what a query says to codes in order, each with the words that decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from satupintu.catalogue.rules.search.hearing import PER_STEM, Meaning, Named, hear, letters_allowed, understand
from satupintu.catalogue.rules.search.shapes import COOKED, Goods, Index, Suggestion, Titles
from satupintu.catalogue.rules.search.writing import plain, sound, stems

FITS: dict[str, tuple[str, ...]] = {
    "cook_serve": COOKED,
    "make_pack": ("make",),
    "resell": ("stall", "hawker", "online", "used"),
    "packed": ("make", "stall", "hawker", "online"),
    "service": ("service",),
    "used": ("used",),
}
ACTIVITY = {**dict.fromkeys(COOKED, "cook_serve"), "make": "make_pack", "service": "service"}
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

# Whole numbers in hundredths; quality x strength x fit x rank is at most 10**8.
FULL = 100
LOWEST_QUALITY = 50
BESIDE, MODIFIER, PER_GOODS, LOWEST_STRENGTH = 95, 88, 2, 60
ONLY_A_PLACE = 50
NOT_THE_ACTIVITY, NOT_THE_WEAK_ACTIVITY = 55, 92
NOT_THE_PLACE, LATER_WAY_OF_PLACE = 60, 4
PER_RANK, PER_RANK_OF_SEVERAL, LOWEST_RANK = 3, 16, 10
MOST = 10**8
MAPPED_FROM, UNITS = 4000, 10000  # a mapped word scores 0.4 to 1, a title 0 to 0.4
ROOM_FOR_MAPPED = 3
TITLE_LEAST, TITLE_TYPO, TITLE_RARE = 40, 80, 12
COVERED, EXACT = 800_000, 200_000  # how the rank of a title is shared: words of the query held, words of the title said


class Candidate(NamedTuple):
    """A code with its rank (0 to 10**8) before it becomes a suggestion."""

    rank: int
    code: str
    because: str
    activity: str
    way: str


class Weighed(NamedTuple):
    """Goods with their weight (100 x 100: named first and written exactly) and how fast less usual ways fall off."""

    goods: Goods
    weight: int
    per_rank: int


def suggest(index: Index, query: str, limit: int = 5, version: str = "2020") -> list[Suggestion]:
    """Codes for what somebody says they sell, best first; an empty list if no word says anything.

    A code typed as five digits is found as such. Codes of 2025 come through the pairing of our notes, so one of 2020
    may give several. An unknown ``version`` has no titles and gives an empty list.
    """
    titles = index.titles.get(version)
    if titles is None or limit < 1:
        return []
    words = plain(index.spellings, query)
    meaning = understand(index, hear(index, words, titles))
    typed = [Candidate(MOST, word, word, "", "") for word in words if word in titles.titles]
    mapped = _in_version(index, _mapped(index, meaning), titles, version)
    by_title = _by_title(meaning, titles, mapped=bool(mapped))
    room = max(ROOM_FOR_MAPPED, limit - len(by_title))
    scored = [(c, MAPPED_FROM + c.rank * (UNITS - MAPPED_FROM) // MOST) for c in [*typed, *mapped[:room]]]
    scored += [(c, c.rank * MAPPED_FROM // MOST) for c in by_title]
    chosen: dict[str, Suggestion] = {}
    for (_, code, *rest), score in scored:
        chosen.setdefault(code, Suggestion(version, code, titles.titles[code], score / UNITS, *rest))
    return list(chosen.values())[:limit]


def _in_version(index: Index, mapped: Sequence[Candidate], titles: Titles, version: str) -> list[Candidate]:
    """Mapped codes are of 2020; for another version each becomes its partners. Codes without a title fall away."""
    found: dict[str, Candidate] = {}
    for candidate in mapped:
        codes = [candidate.code] if version == "2020" else index.pairing.get(candidate.code, [])
        for code in codes:
            if code in titles.titles:
                found.setdefault(code, candidate._replace(code=code))
    return list(found.values())


# ---- market words


def _mapped(index: Index, meaning: Meaning) -> list[Candidate]:
    """The codes the market words lead to, best first, each code once."""
    best: dict[str, Candidate] = {}
    for weighed in _weighed(index, meaning):
        for candidate in _ways(index, meaning, weighed):
            if candidate.code not in best or candidate.rank > best[candidate.code].rank:
                best[candidate.code] = candidate
    return sorted(best.values(), key=lambda c: (-c.rank, c.code))


def _weighed(index: Index, meaning: Meaning) -> list[Weighed]:
    """Goods beside each other ("sayur dan buah", or of one kind) count alike; else the first names the goods and the
    next only describe them ("kerupuk ikan"). A stem of a verb goes after plain words, unless it names a service."""
    if not meaning.goods:
        return _without_goods(index, meaning)
    ordered = sorted(meaning.goods, key=lambda named: _only_a_verb(index, named))
    first = index.groups[ordered[0].goods.group]
    weighed = []
    for n, named in enumerate(ordered):
        same_kind = index.groups[named.goods.group].order == first.order
        beside = n == 0 or (not _only_a_verb(index, named) and (named.joins or same_kind))
        strength = FULL if n == 0 else max(LOWEST_STRENGTH, (BESIDE if beside else MODIFIER) - PER_GOODS * n)
        weight = strength * max(LOWEST_QUALITY, FULL - named.cost)
        weighed.append((named.goods, weight, beside))
    several = len({goods.group for goods, _, beside in weighed if beside}) > 1
    return [Weighed(goods, weight, PER_RANK_OF_SEVERAL if several else PER_RANK) for goods, weight, _ in weighed]


def _only_a_verb(index: Index, named: Named) -> bool:
    return named.verbal and index.groups[named.goods.group].order[0] != "service"


def _without_goods(index: Index, meaning: Meaning) -> list[Weighed]:
    """What a verb or a place alone may mean, with little weight; nothing if a known word says it is another trade."""
    if index.outside.intersection(meaning.rest):
        return []
    named = [Goods(verb.group, "", verb.word) for verb in meaning.verbs if verb.group >= 0][:1]
    named += [Goods(group, "", place.word) for place in meaning.places[:1] for group in place.groups]
    return [Weighed(goods, FULL * (ONLY_A_PLACE - PER_GOODS * n), PER_RANK) for n, goods in enumerate(named)]


def _ways(index: Index, meaning: Meaning, weighed: Weighed) -> list[Candidate]:
    goods, weight, per_rank = weighed
    group = index.groups[goods.group]
    named = [goods.way, *(other.goods.way for other in meaning.goods if other.goods.group == goods.group)]
    order = list(dict.fromkeys(way for way in (*named, *group.order) if way in group.codes))
    found = []
    for rank, way in enumerate(order):
        fit, words, place = _fit(meaning, way)
        usual = max(LOWEST_RANK, FULL - per_rank * rank)
        because = _because(meaning, [goods.word, *words])
        found.append(Candidate(weight * fit * usual, group.codes[way], because, ACTIVITY.get(way, "resell"), place))
    fit, _, _ = _fit(meaning, order[0])
    for n, code in enumerate(group.also):
        usual = FULL - PER_RANK * (min(len(order), 2) + n)
        found.append(Candidate(weight * fit * usual, code, goods.word, ACTIVITY.get(order[0], "resell"), ""))
    return found


def _fit(meaning: Meaning, way: str) -> tuple[int, list[str], str]:
    """How well a way agrees with the activities and places named (100: nothing against it), the words that agree, and
    the place it stands for."""
    fit = FULL
    words = []
    value = PLACE.get(way, "")
    for verb in meaning.verbs:
        if way in FITS[verb.activity]:
            words.append(verb.word)
        else:
            fit = fit * (NOT_THE_WEAK_ACTIVITY if verb.weak else NOT_THE_ACTIVITY) // FULL
    for place in meaning.places:
        if way in place.ways:
            fit = fit * (FULL - LATER_WAY_OF_PLACE * place.ways.index(way)) // FULL
            words.append(place.word)
            value = place.value
        else:
            fit = fit * NOT_THE_PLACE // FULL
    return fit, words, value


def _because(meaning: Meaning, words: Sequence[str]) -> str:
    """The words that decided, each once, in the order they were said."""
    said = dict.fromkeys(word for word in words if word)
    return ", ".join(sorted(said, key=lambda word: meaning.spots.get(word, 0)))


# ---- official titles


def _by_title(meaning: Meaning, titles: Titles, mapped: bool) -> list[Candidate]:
    """Codes whose title holds the words of the query; beside mapped words only by a word those do not explain."""
    if not meaning.content or (mapped and not meaning.rest):
        return []
    total = 0
    sums: dict[str, int] = {}
    held: dict[str, list[str]] = {}
    for key, word in meaning.content.items():
        found, share = _title_keys(titles, key, typos=not mapped)
        weight = max((titles.weights[other] for other in found), default=TITLE_RARE)
        total += weight
        for code in dict.fromkeys(code for other in found for code in titles.holders[other]):
            sums[code] = sums.get(code, 0) + weight * share
            held.setdefault(code, []).append(word)
    unexplained = {meaning.content[key] for key in meaning.rest}
    candidates = []
    for code, gained in sums.items():
        covered = gained // total
        if covered >= TITLE_LEAST and (not mapped or unexplained.intersection(held[code])):
            exact = min(FULL, gained // titles.totals[code])
            candidates.append(Candidate(covered * COVERED + exact * EXACT, code, ", ".join(held[code]), "", ""))
    return sorted(candidates, key=lambda c: (-c.rank, c.code))


def _title_keys(titles: Titles, key: str, typos: bool) -> tuple[list[str], int]:
    """Title words that a word of the query stands for, and how sure that is (100: the same word)."""
    if key in titles.holders:
        return [key], FULL
    stem = next((stem for stem in map(sound, stems(key)) if stem in titles.holders), None)
    if stem:
        return [stem], FULL - PER_STEM
    allowed = letters_allowed(len(key))
    if not allowed:
        return [], 0
    longer = sorted(other for other in titles.holders if key in other)
    if longer or not typos:
        return longer, TITLE_TYPO
    near = {other: OSA.distance(key, other) for other in titles.holders if other[0] == key[0]}
    least = min(near.values(), default=allowed + 1)
    return sorted(other for other, n in near.items() if n == least <= allowed), TITLE_TYPO
