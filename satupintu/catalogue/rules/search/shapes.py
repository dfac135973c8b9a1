"""What the word search is made of: the words, the index over them, and a suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

COOKED = ("cart", "tent", "warung", "restaurant", "catering", "event")
WAYS = ("stall", "hawker", "online", *COOKED, "make", "service", "used")


class Suggestion(NamedTuple):
    """A code to choose: ``because`` are the market words that decided, ``score`` runs from 0 to 1.

    ``activity`` is cook_serve, make_pack, resell, service or empty; ``way`` is the place of selling the code stands
    for (a value of the fact ``place``) or empty if the code says nothing about it.
    """

    version: str
    code: str
    title: str
    score: float
    because: str
    activity: str
    way: str


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
    """A verb, or a word for the state of goods, and the activity it speaks for; ``weak`` ones only lean that way.

    ``group`` is the class to offer if no goods are named, -1 for none.
    """

    activity: str
    weak: bool
    word: str
    group: int


class Group(NamedTuple):
    """A class of goods: its ways from most to least usual, the code of each, and further codes."""

    order: tuple[str, ...]
    codes: Mapping[str, str]
    also: tuple[str, ...]


@dataclass
class Titles:
    """Official titles of one version by code; ``holders`` are the codes whose title holds a word key.

    ``weights`` are higher for rarer words; ``totals`` sum them for each title.
    """

    titles: dict[str, str]
    holders: dict[str, list[str]] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)


@dataclass
class Index:
    """All the words, ready to search; ``data`` is the plain form that the browser loads.

    Tables are keyed by phrase (word keys joined by a blank). ``vocabulary`` ranks every known key (0: goods, then
    place, verb, filler, part of a phrase) and ``written`` shows it; ``outside`` are words of other trades. ``joined``
    opens a phrase written as one word; ``by_start`` and ``skeletons`` find mistyped words by first letter and by
    consonants.
    """

    data: Mapping[str, Any]
    groups: list[Group] = field(default_factory=list)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    goods: dict[str, Goods] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    verbs: dict[str, Verb] = field(default_factory=dict)
    fillers: dict[str, bool] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    vocabulary: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    joined: dict[str, list[str]] = field(default_factory=dict)
    by_start: dict[str, list[str]] = field(default_factory=dict)
    skeletons: dict[str, str] = field(default_factory=dict)
    titles: dict[str, Titles] = field(default_factory=dict)
    pairing: dict[str, list[str]] = field(default_factory=dict)

    def says(self, phrase: str) -> bool:
        """Whether a phrase means something by itself."""
        return any(phrase in table for table in (self.goods, self.places, self.verbs, self.fillers))
