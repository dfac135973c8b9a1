"""A made-up city to try things with: businesses without people, drawn from shares that are assumed.

Only the two figures under ``known`` have a source. The same seed gives the same businesses; row n is the same
however many rows are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from satupintu.catalogue.rules.bulk import NOT_SAID, Amounts, Businesses, Column
from satupintu.catalogue.rules.entries import Catalogue, Confidence, Entry

CITY_BLOCK = 65_536
ROUNDED_TO = 100_000
Rows = npt.NDArray[np.int32]


class Known(Entry):
    """A figure that was read somewhere."""

    value: int = Field(gt=0)
    says: str
    says_en: str | None = None
    source: str
    confidence: Confidence


class KnownFigures(Entry):
    """How many businesses there are, and how many of them process food and drink."""

    enterprises: Known
    food: Known


class Remark(Entry):
    """What must be said beside every number that was not read."""

    says: str
    says_en: str | None = None


class Group(Entry):
    """Businesses of one kind: their codes and places with weights; ``other_codes`` is shared by the codes not named."""

    name: str
    activity: tuple[str, ...]
    food: Literal["yes", "no"] | None = None
    share: float = Field(ge=0)
    codes: dict[str, float]
    other_codes: float = Field(ge=0)
    places: dict[str, float]


class FactShares(Entry):
    """A fact with its values and weights; ``where`` names the places or activities for which it means anything."""

    where: dict[Literal["place", "activity"], tuple[str, ...]] = Field(default_factory=dict)
    values: dict[str, float]


class Span(Entry):
    """A span of rupiah with its weight."""

    from_: int = Field(alias="from", ge=0)
    to: int
    weight: float = Field(gt=0)


class CityShape(Entry):
    """What a made-up city looks like; the first group is the one whose number is known."""

    known: KnownFigures
    assumed: Remark
    version_2025: float = Field(ge=0, le=1)
    empty: dict[str, float]
    groups: tuple[Group, ...] = Field(min_length=2)
    facts: dict[str, FactShares]
    amounts: dict[Literal["capital", "sales"], tuple[Span, ...]]


@dataclass(frozen=True)
class City:
    """A made-up city: shape, catalogue and seed."""

    shape: CityShape
    catalogue: Catalogue
    seed: int

    def blocks(self, rows: int) -> Iterator[tuple[int, Businesses]]:
        """The first ``rows`` businesses in blocks, each with the number of its first row (from 0)."""
        for start in range(0, rows, CITY_BLOCK):
            block = self._block(start)
            wanted = min(CITY_BLOCK, rows - start)
            yield start, block if wanted == CITY_BLOCK else block.part(slice(0, wanted))

    def _block(self, start: int) -> Businesses:
        """One whole block, drawn by a source of chance of its own."""
        chance = np.random.default_rng([self.seed, start // CITY_BLOCK])
        group = self._groups(chance, start)
        place, code = np.zeros(CITY_BLOCK, np.int32), np.zeros(CITY_BLOCK, np.int32)
        places, codes = self.catalogue.facts["place"].values, self._codes()
        for number, entry in enumerate(self.shape.groups):
            mine = np.flatnonzero(group == number)
            place[mine] = _draw(chance, [entry.places.get(p, 0) for p in places], len(mine))
            code[mine] = _draw(chance, self._code_weights(entry, codes), len(mine))
        words = {**self._classified(chance, codes, code), "place": self._emptied(chance, "place", places, place)}
        activities = np.array([self.catalogue.codes["2020", c].activity for c in codes])[code]
        said = {"place": np.array(places)[place], "activity": activities}
        for name, shares in self.shape.facts.items():
            words[name] = self._fact(chance, name, shares, said)
        regions = tuple(r.code for r in self.catalogue.regions.values() if r.kind == "kelurahan")
        words["region"] = Column(regions, chance.integers(0, len(regions), CITY_BLOCK, dtype=np.int32))
        amounts: dict[str, Amounts] = {
            name: self._amount(chance, name, spans) for name, spans in self.shape.amounts.items()
        }
        return Businesses(CITY_BLOCK, words, amounts)

    def _groups(self, chance: np.random.Generator, start: int) -> npt.NDArray[np.intp]:
        """The group of every row; the first group gets exactly its part of every whole city."""
        others = 1 + _draw(chance, [g.share for g in self.shape.groups[1:]], CITY_BLOCK)
        return np.where(self.is_known_group(start, CITY_BLOCK), 0, others)

    def is_known_group(self, start: int, rows: int) -> npt.NDArray[np.bool_]:
        """Which of the rows from ``start`` on process food: as many of every whole city as the known figure says."""
        known, number = self.shape.known, np.arange(start, start + rows + 1, dtype=np.int64)
        return np.diff(number * known.food.value // known.enterprises.value) > 0

    def _codes(self) -> tuple[str, ...]:
        return tuple(code for version, code in self.catalogue.codes if version == "2020")

    def _code_weights(self, group: Group, codes: Sequence[str]) -> list[float]:
        entries = [self.catalogue.codes["2020", code] for code in codes]
        fits = [e.activity in group.activity and (group.food is None or e.food == group.food) for e in entries]
        others = sum(fit and e.code not in group.codes for fit, e in zip(fits, entries, strict=True)) or 1
        return [
            group.codes.get(e.code, group.other_codes / others if fit else 0)
            for fit, e in zip(fits, entries, strict=True)
        ]

    def _classified(self, chance: np.random.Generator, codes: Sequence[str], code: Rows) -> dict[str, Column]:
        """Version and code: some rows carry the 2025 code that our pairing names, some none at all."""
        newer = [(self.catalogue.partners("2020", c) or ("",))[0] for c in codes]
        wants_newer = chance.random(CITY_BLOCK) < self.shape.version_2025
        is_newer = wants_newer & np.array([bool(c) for c in newer])[code]
        words = (*codes, *newer, "")
        place = np.where(is_newer, code + len(codes), code)
        place = np.where(self._is_empty(chance, "kbli"), len(words) - 1, place).astype(np.int32)
        return {
            "kbli_version": Column(("2020", "2025"), is_newer.astype(np.int32)),
            "kbli": Column(words, place),
        }

    def _fact(
        self, chance: np.random.Generator, name: str, shares: FactShares, said: Mapping[str, npt.NDArray[np.str_]]
    ) -> Column:
        values = tuple(shares.values)
        column = self._emptied(chance, name, values, _draw(chance, list(shares.values.values()), CITY_BLOCK))
        means = np.ones(CITY_BLOCK, bool)
        for by, allowed in shares.where.items():
            means &= np.isin(said[by], allowed)
        return Column(column.words, np.where(means, column.codes, len(values)).astype(np.int32))

    def _emptied(self, chance: np.random.Generator, name: str, values: Sequence[str], drawn: Rows) -> Column:
        codes = np.where(self._is_empty(chance, name), len(values), drawn).astype(np.int32)
        return Column((*values, ""), codes)

    def _is_empty(self, chance: np.random.Generator, name: str) -> npt.NDArray[np.bool_]:
        return chance.random(CITY_BLOCK) < self.shape.empty.get(name, 0)

    def _amount(self, chance: np.random.Generator, name: str, spans: Sequence[Span]) -> Amounts:
        """Rupiah, spread evenly over the digits within a span, in whole hundred thousands."""
        span = _draw(chance, [s.weight for s in spans], CITY_BLOCK)
        low, high = (np.array([max(end, ROUNDED_TO) for end in ends]) for ends in zip(*_ends(spans), strict=True))
        drawn = low[span] * (high[span] / low[span]) ** chance.random(CITY_BLOCK)
        rounded = (drawn // ROUNDED_TO).astype(np.int64) * ROUNDED_TO
        return np.where(self._is_empty(chance, name), NOT_SAID, rounded)


def _ends(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(s.from_, s.to) for s in spans]


def _draw(chance: np.random.Generator, weights: Sequence[float], rows: int) -> Rows:
    """Positions drawn by weight."""
    steps = np.cumsum(np.array(weights, dtype=np.float64))
    return np.searchsorted(steps / steps[-1], chance.random(rows), side="right").astype(np.int32)
