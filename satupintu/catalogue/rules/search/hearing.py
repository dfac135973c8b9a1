"""What a query says: each word repaired to a known one, then the goods, places and activities it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from satupintu.catalogue.rules.search.shapes import Goods, Index, Place, Titles, Verb
from satupintu.catalogue.rules.search.writing import sound, stems

LONGEST_PHRASE, WIDEST_PHRASE = 4, 6  # words; the second with fillers between them
SHORTEST_HALF = 3
SHORTEST_CONTENT = 3
PER_LETTER, PER_STEM, PER_SPLIT = 6, 1, 2
MAKING = Verb("make_pack", True, "", -1)  # "goreng kacang" for "kacang goreng": somebody does it


class Heard(NamedTuple):
    """A word of the query as understood: its key, what the repair cost (0: written exactly) and the word to show."""

    key: str
    cost: int
    word: str


class Named(NamedTuple):
    """Goods in the query: the repair cost, whether they are listed beside the ones before, and whether the word was
    only the stem of a verb."""

    goods: Goods
    cost: int
    joins: bool
    verbal: bool


@dataclass
class Meaning:
    """What the query says: goods, places and activities in order, and the words for the titles.

    ``content`` maps each key that is no filler to the word to show; ``rest`` are the keys no market word explains;
    ``spots`` is where a word was said.
    """

    goods: list[Named] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    verbs: list[Verb] = field(default_factory=list)
    content: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    spots: dict[str, int] = field(default_factory=dict)


def hear(index: Index, words: Sequence[str], titles: Titles) -> list[Heard]:
    """The words as keys of the vocabulary; two unknown halves are tried as one word, one word as two."""
    heard: list[Heard] = []
    n = 0
    while n < len(words):
        pair = sound("".join(words[n : n + 2]))
        halves = [sound(word) for word in words[n : n + 2]]
        if len(halves) == 2 and pair in index.vocabulary and not all(half in index.vocabulary for half in halves):
            heard += _parts(index, pair, PER_SPLIT)
            n += 2
        else:
            heard += _understand(index, words[n], titles)
            n += 1
    return heard


def _understand(index: Index, word: str, titles: Titles) -> list[Heard]:
    key = sound(word)
    if key in index.joined and not word.isdigit():
        return _parts(index, key, PER_SPLIT)
    if key in index.vocabulary or word.isdigit():
        return [Heard(key, 0, word)]
    stem = _known_stem(index, word)
    if stem:
        return _parts(index, stem, PER_STEM)
    halves = _halves(index, word)
    if halves:
        return [Heard(half, PER_SPLIT, index.written.get(half, half)) for half in halves]
    if key in titles.holders:
        return [Heard(key, 0, word)]
    near, distance = _nearest(index, word, key)
    if near:
        return _parts(index, near, PER_LETTER * distance)
    skeleton = index.skeletons.get(key) if len(key) >= SHORTEST_HALF else None
    return [Heard(skeleton, PER_LETTER, index.written[skeleton])] if skeleton else [Heard(key, 0, word)]


def _parts(index: Index, key: str, cost: int) -> list[Heard]:
    """A known key, or the words of the phrase that was written as one."""
    parts = index.joined.get(key, [key])
    return [Heard(part, cost, index.written.get(part, part)) for part in parts]


def _known_stem(index: Index, word: str) -> str:
    """The stem that says something: a verb before goods, goods before a place, for prefixes make verbs."""
    keys = [sound(stem) for stem in stems(word)]
    tables: tuple[Mapping[str, Any], ...] = (index.verbs, index.goods, index.places, index.vocabulary)
    return next((key for table in tables for key in keys if key in table), "")


def _halves(index: Index, word: str) -> list[str]:
    for n in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
        left, right = sound(word[:n]), sound(word[n:])
        if left in index.goods and index.says(right):
            return [left, right]
    return []


def letters_allowed(length: int) -> int:
    """How many letters may differ in a key of this length."""
    return 0 if length <= 3 else 1 if length <= 6 else 2


def _nearest(index: Index, word: str, key: str) -> tuple[str, int]:
    """The likeliest known word for a mistyped one, and the letters that differ; ("", 0) if none is near enough.

    Letters are counted in the writing and in the key, and the smaller number counts; then the sum of both decides.
    """
    best: tuple[int, int, int, str] | None = None
    for start in dict.fromkeys((key[:1], key[1:2])) if letters_allowed(len(key)) else ():
        for known in index.by_start.get(start, ()):
            if start != key[0] and known[1:2] != key[0]:
                continue
            written = index.written[known]
            allowed = letters_allowed(max(len(key), len(known)))
            if min(abs(len(key) - len(known)), abs(len(word) - len(written))) > allowed:
                continue
            heard = OSA.distance(key, known, score_cutoff=allowed)
            typed = OSA.distance(word, written, score_cutoff=allowed)
            distance = max(1, min(heard, typed))
            found = (distance, heard + typed, index.vocabulary[known], known)
            if distance <= allowed and (best is None or found < best):
                best = found
    return (best[3], best[0]) if best else ("", 0)


def understand(index: Index, heard: Sequence[Heard]) -> Meaning:
    """Take the longest known phrase at each spot; one phrase may name goods, a place and an activity at once.

    What is both goods and a way to sell (a bicycle) is the way only beside other goods.
    """
    meaning = Meaning()
    joins = False
    n = 0
    while n < len(heard):
        length, phrase, turned = _longest(index, heard, n)
        span = heard[n : n + length]
        cost = sum(word.cost for word in span)
        if phrase in index.goods:
            verbal = length == 1 and cost == PER_STEM
            meaning.goods.append(Named(index.goods[phrase], cost, joins, verbal))
            joins = False
        if phrase in index.places:
            meaning.places.append(index.places[phrase])
        if phrase in index.verbs or turned:
            meaning.verbs.append(MAKING if turned else index.verbs[phrase])
        joins = joins or index.fillers.get(phrase, False)
        for table in (index.goods, index.places, index.verbs):
            if phrase in table:
                meaning.spots.setdefault(table[phrase].word, n)
        _note(index, meaning, span, explained=index.says(phrase))
        n += length
    if len(meaning.goods) == 1:
        meaning.places = [place for place in meaning.places if place.word != meaning.goods[0].goods.word]
    return meaning


def _note(index: Index, meaning: Meaning, span: Sequence[Heard], explained: bool) -> None:
    for heard in span:
        if len(heard.key) < SHORTEST_CONTENT or heard.key in index.fillers or heard.key.isdigit():
            continue
        meaning.content.setdefault(heard.key, heard.word)
        if not explained:
            meaning.rest.append(heard.key)


def _longest(index: Index, heard: Sequence[Heard], n: int) -> tuple[int, str, bool]:
    """Words taken, the phrase, and whether it was turned round.

    A phrase is looked for as said, then with fillers left out, then as two words turned round ("goreng pisang").
    """
    near = list(range(n, min(n + LONGEST_PHRASE, len(heard))))
    bare = _without_fillers(index, heard, n)
    for spots in (near, bare):
        for length in range(len(spots), 1, -1):
            phrase = " ".join(heard[spot].key for spot in spots[:length])
            if index.says(phrase):
                return spots[length - 1] - n + 1, phrase, False
    if len(bare) > 1:
        phrase = f"{heard[bare[1]].key} {heard[n].key}"
        if phrase in index.goods:
            return bare[1] - n + 1, phrase, True
    return 1, heard[n].key, False


def _without_fillers(index: Index, heard: Sequence[Heard], n: int) -> list[int]:
    """The next spots that are no filler, up to a word that lists ("dan")."""
    spots = [n]
    for spot in range(n + 1, min(n + WIDEST_PHRASE, len(heard))):
        joins = index.fillers.get(heard[spot].key)
        if joins:
            break
        if joins is None and len(spots) < LONGEST_PHRASE:
            spots.append(spot)
    return spots
