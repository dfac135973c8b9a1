"""Answers as columns of numbers, sorted so that each statement of each wave is one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

WAVES = ("before", "after", "then", "followup")
SCALES: Mapping[str, range] = {"yesno": range(0, 2), "likert5": range(1, 6)}
KINDS = ("self", "knowledge")
NOBODY = -1

Numbers = npt.NDArray[np.int64]


class Answers(NamedTuple):
    """The answers to one statement in one wave: who (ascending, each once) and what."""

    people: Numbers
    values: Numbers


@dataclass(frozen=True)
class Responses:
    """Answers of a file: one entry per answer in each array, as places in ``codes`` and ``WAVES``.

    ``people`` counts from 0 to ``persons - 1``; NOBODY is an answer without a name. A named person answers a
    statement at most once per wave. ``scales`` and ``kinds`` hold one word per statement, ``about`` the self-rating a
    knowledge item belongs to. ``groups`` is one place in ``group_names`` per person, or empty.
    """

    people: Numbers
    waves: Numbers
    statements: Numbers
    values: Numbers
    persons: int
    codes: Sequence[str]
    scales: Sequence[str]
    kinds: Sequence[str]
    about: Mapping[str, str] = field(default_factory=dict)
    groups: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    group_names: Sequence[str] = ()
    missing: int = 0

    @cached_property
    def _sorted(self) -> tuple[Numbers, Numbers, Numbers]:
        """Keys of statement and wave in order, and who and what in the same order."""
        keys = self.statements * len(WAVES) + self.waves
        order = np.argsort(keys * (self.persons + 1) + self.people + 1, kind="stable")
        return keys[order], self.people[order], self.values[order]

    def _run(self, code: str, wave: str) -> tuple[Numbers, Numbers]:
        keys, people, values = self._sorted
        key = self.codes.index(code) * len(WAVES) + WAVES.index(wave)
        first, last = np.searchsorted(keys, [key, key + 1])
        return people[first:last], values[first:last]

    def named(self, code: str, wave: str) -> Answers:
        """The answers with a name."""
        people, values = self._run(code, wave)
        first = np.searchsorted(people, 0)
        return Answers(people[first:], values[first:])

    def every(self, code: str, wave: str) -> Numbers:
        """All answers, with a name or without."""
        return self._run(code, wave)[1]

    def nameless(self, code: str, wave: str) -> int:
        """How many answers have no name."""
        return int(np.searchsorted(self._run(code, wave)[0], 0))

    def pairs(self, code: str, first: str, second: str) -> tuple[Numbers, Numbers, Numbers]:
        """Who answered in both waves, and their two answers."""
        one, other = self.named(code, first), self.named(code, second)
        people, at_one, at_other = np.intersect1d(one.people, other.people, assume_unique=True, return_indices=True)
        return people, one.values[at_one], other.values[at_other]

    def with_scale(self, scale: str) -> list[str]:
        """The codes of the statements on one scale, in the order of the file."""
        return [code for code, its in zip(self.codes, self.scales, strict=True) if its == scale]

    def kind(self, code: str) -> str:
        return self.kinds[self.codes.index(code)]


def responses_of(rows: Sequence[tuple[str, str, str, int, str, str, str]]) -> Responses:
    """Answers from rows: person (empty: nobody), wave, statement, value, scale, kind, about.

    The rows are clean already: a named person once per statement and wave, values on the scale.
    """
    names = {name: place for place, name in enumerate(dict.fromkeys(row[0] for row in rows if row[0]))}
    codes = {code: place for place, code in enumerate(dict.fromkeys(row[2] for row in rows))}
    first: dict[str, tuple[str, str, str]] = {}
    for _, _, code, _, *rest in rows:
        first.setdefault(code, (rest[0], rest[1], rest[2]))
    numbers = np.array(
        [(names.get(row[0], NOBODY), WAVES.index(row[1]), codes[row[2]], row[3]) for row in rows], np.int64
    ).reshape(len(rows), 4)
    people, waves, statements, values = numbers.T
    return Responses(
        people,
        waves,
        statements,
        values,
        persons=len(names),
        codes=list(codes),
        scales=[scale for scale, _, _ in first.values()],
        kinds=[kind for _, kind, _ in first.values()],
        about={code: about for code, (_, _, about) in first.items() if about in codes},
    )
