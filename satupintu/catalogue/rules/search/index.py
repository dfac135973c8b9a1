"""The index over the market words: made from the rows of the word files, or loaded from its plain form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from satupintu.catalogue.rules.search.shapes import WAYS, Goods, Group, Index, Place, Titles, Verb
from satupintu.catalogue.rules.search.writing import plain, sound

Row = Mapping[str, str]
RANKS = {"goods": 0, "places": 1, "verbs": 2, "fillers": 3}
PART_OF_PHRASE = 4
SHORTEST_SKELETON, SHORTEST_TITLE_WORD = 4, 3

_VOWEL = re.compile(r"[aiueo]")


def build(
    words: Mapping[str, Sequence[Row]],
    titles: Iterable[tuple[str, str, str]],
    pairing: Iterable[tuple[str, str]] = (),
) -> Index:
    """An index from the rows of ``data/kbli/words/*.csv`` by file name.

    Files are goods, classes, verbs, places, spellings and fillers. ``titles`` are (version, code, title), where an
    imported full list may be among them; ``pairing`` are (code of 2020, code of 2025). Raises KeyError if a row names a
    class that does not exist.
    """
    return load(_pack(words, titles, pairing))


def to_json(index: Index, every_title: bool = False) -> dict[str, Any]:
    """What ``search.js`` loads. Without ``every_title`` only titles a market word can lead to, to keep it small."""
    if every_title:
        return dict(index.data)
    wanted = {code for group in index.groups for code in (*group.codes.values(), *group.also)}
    later = {partner for code in wanted for partner in index.pairing.get(code, [])}
    keep = {"2020": wanted, "2025": later}
    titles = {
        version: {code: title for code, title in known.items() if code in keep.get(version, ())}
        for version, known in index.data["titles"].items()
    }
    return {**index.data, "titles": titles, "pairing": [pair for pair in index.data["pairing"] if pair[0] in wanted]}


def _pack(
    words: Mapping[str, Sequence[Row]], titles: Iterable[tuple[str, str, str]], pairing: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """The rows as one small plain structure of lists and texts; the words of a class stand in one text."""
    number = {row["class"]: n for n, row in enumerate(words["classes"])}
    goods: list[list[str]] = [[] for _ in number]
    for row in words["goods"]:
        goods[number[row["class"]]].append(f"{row['word']}:{row['way']}".rstrip(":"))
    by_version: dict[str, dict[str, str]] = {}
    for version, code, title in titles:
        by_version.setdefault(version, {})[code] = title
    verbs = ((f"{r['activity']}:{r['weak']}:{number.get(r['class'], -1)}", r["word"]) for r in words["verbs"])
    groups = {row["class"]: ";".join(str(number[c]) for c in row["class"].split(";")) for row in words["places"]}
    places = ((f"{r['place']}:{r['ways']}:{groups[r['class']]}", r["word"]) for r in words["places"])
    return {
        "classes": [
            [row["order"], _codes(row), row["also"], ";".join(goods[n])] for n, row in enumerate(words["classes"])
        ],
        "places": _gathered(places),
        "verbs": _gathered(verbs),
        "fillers": _gathered((row["kind"], row["word"]) for row in words["fillers"]),
        "spellings": _gathered((row["means"], row["written"]) for row in words["spellings"]),
        "titles": by_version,
        "pairing": [list(pair) for pair in pairing],
    }


def _codes(row: Row) -> str:
    return ";".join(f"{way}:{row[way]}" for way in WAYS if row[way])


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for head, word in pairs:
        found.setdefault(head, []).append(word)
    return {head: ";".join(members) for head, members in found.items()}


def load(data: Mapping[str, Any]) -> Index:
    """The index from its plain form."""
    index = Index(data)
    for meaning, writings in data["spellings"].items():
        index.spellings.update(dict.fromkeys(writings.split(";"), meaning.split()))
    _load_goods(index)
    for head, words in data["places"].items():
        value, ways, groups = head.split(":")
        for word in words.split(";"):
            place = Place(value, tuple(ways.split(";")), tuple(map(int, groups.split(";"))), word)
            _learn(index, "places", word, place)
    for head, words in data["verbs"].items():
        activity, weak, group = head.split(":")
        for word in words.split(";"):
            _learn(index, "verbs", word, Verb(activity, weak == "yes", word, int(group)))
    _load_fillers(index)
    _order(index)
    for version, titles in data["titles"].items():
        index.titles[version] = _titles(index, titles)
    for code, partner in data["pairing"]:
        index.pairing.setdefault(code, []).append(partner)
    return index


def _load_goods(index: Index) -> None:
    for n, (order, codes, also, words) in enumerate(index.data["classes"]):
        pairs = dict(item.split(":") for item in codes.split(";"))
        usual = [way for way in order.split(";") if way in pairs]
        rest = [way for way in WAYS if way in pairs and way not in usual]
        index.groups.append(Group((*usual, *rest), pairs, tuple(also.split(";")) if also else ()))
        for entry in words.split(";") if words else ():
            word, _, way = entry.partition(":")
            _learn(index, "goods", word, Goods(n, way, word))


def _load_fillers(index: Index) -> None:
    """Words that say nothing here; those "outside" (rent, courses ...) are known, and left to the titles."""
    for kind, words in index.data["fillers"].items():
        for word in words.split(";"):
            if kind == "outside":
                index.outside.add(sound(word))
                _enter(index, sound(word), word, PART_OF_PHRASE)
            else:
                _learn(index, "fillers", word, kind == "joins")


def _learn(index: Index, table: str, word: str, meaning: Any) -> None:
    """Enter a word or phrase under its key; the first one wins where two share a key."""
    parts = plain(index.spellings, word)
    keys = [sound(part) for part in parts]
    meanings = getattr(index, table)
    if " ".join(keys) in meanings:
        return
    meanings[" ".join(keys)] = meaning
    if len(keys) > 1:
        for part, key in zip(parts, keys, strict=True):
            _enter(index, key, part, PART_OF_PHRASE)
        index.joined.setdefault("".join(keys), keys)
    _enter(index, "".join(keys), "".join(parts), RANKS[table])


def _enter(index: Index, key: str, written: str, rank: int) -> None:
    index.vocabulary[key] = min(index.vocabulary.get(key, rank), rank)
    index.written.setdefault(key, written)


def _order(index: Index) -> None:
    for key in sorted(index.vocabulary, key=lambda key: (index.vocabulary[key], len(key), key)):
        index.by_start.setdefault(key[0], []).append(key)
        if key not in index.joined and len(key) >= SHORTEST_SKELETON:
            index.skeletons.setdefault(key[0] + _VOWEL.sub("", key[1:]), key)


def _titles(index: Index, titles: Mapping[str, str]) -> Titles:
    made = Titles(dict(titles))
    words = {code: _title_words(index, title) for code, title in titles.items()}
    for code, keys in words.items():
        for key in keys:
            made.holders.setdefault(key, []).append(code)
    made.weights = {key: (len(titles) // len(codes)).bit_length() for key, codes in made.holders.items()}
    made.totals = {code: sum(made.weights[key] for key in keys) for code, keys in words.items()}
    return made


def _title_words(index: Index, title: str) -> list[str]:
    keys = dict.fromkeys(sound(part) for part in plain(index.spellings, title))
    return [key for key in keys if len(key) >= SHORTEST_TITLE_WORD and key not in index.fillers]
