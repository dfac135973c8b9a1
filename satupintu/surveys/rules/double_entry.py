"""Paper typed twice by two people: which entry comes next, what differs, how often both agree. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

ONLY, FIRST, SECOND, SETTLED = 0, 1, 2, 3  # entry of a sheet; ONLY is what was not typed from paper


@dataclass(frozen=True)
class Typed:
    """One sheet of a respondent: when it was said or typed, which entry, by whom, what."""

    said_at: datetime
    entry: int
    made_by: str
    ref: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """An item that two people typed differently; empty means nothing was typed."""

    item: str
    first: str
    second: str


@dataclass(frozen=True)
class Agreement:
    """How many items two people typed the same, of how many at least one of them typed."""

    equal: int
    compared: int

    @property
    def rate(self) -> Fraction | None:
        """The share that agrees; None if nothing was typed twice."""
        return Fraction(self.equal, self.compared) if self.compared else None


@dataclass(frozen=True)
class Standing:
    """What counts of one respondent: values, and items that two people typed differently and nobody settled."""

    values: Mapping[str, str]
    unsettled: tuple[Difference, ...] = ()
    waits_for_second: bool = False


def in_order(sheets: Iterable[Typed]) -> list[Typed]:
    """Oldest first; the same order whatever order they arrived in."""
    return sorted(sheets, key=lambda sheet: (sheet.said_at, sheet.entry, sheet.ref))


def differences(first: Mapping[str, str], second: Mapping[str, str]) -> tuple[Difference, ...]:
    """The items that differ, in the order of the first sheet and then the second."""
    items = list(dict.fromkeys([*first, *second]))
    pairs = [Difference(item, first.get(item, ""), second.get(item, "")) for item in items]
    return tuple(pair for pair in pairs if pair.first != pair.second)


def agreement(pairs: Iterable[tuple[Mapping[str, str], Mapping[str, str]]]) -> Agreement:
    """Agreement over all sheets typed twice."""
    equal = compared = 0
    for first, second in pairs:
        items = {*first, *second}
        compared += len(items)
        equal += len(items) - len(differences(first, second))
    return Agreement(equal, compared)


def twice(sheets: Sequence[Typed]) -> list[tuple[Typed, Typed]]:
    """The sheets of one respondent that were typed twice, as pairs of first and second entry."""
    found: list[tuple[Typed, Typed]] = []
    first: Typed | None = None
    for sheet in in_order(sheets):
        if sheet.entry == SECOND and first is not None:
            found.append((first, sheet))
        first = sheet if sheet.entry == FIRST else None
    return found


def standing(sheets: Sequence[Typed]) -> Standing:
    """What counts: the last sheet. Where its two entries differ and no third settled it, neither value counts."""
    last = in_order(sheets)[-1]
    pairs = twice(sheets)
    if last.entry == SECOND and pairs and pairs[-1][1] is last:
        unsettled = differences(pairs[-1][0].values, last.values)
        items = {difference.item for difference in unsettled}
        return Standing({item: value for item, value in last.values.items() if item not in items}, unsettled)
    return Standing(last.values, waits_for_second=last.entry == FIRST)


def next_entry(sheets: Sequence[Typed], by: str) -> int:
    """Which entry a person types next of a respondent's paper: the first, or the second.

    Raises ValueError with an Indonesian sentence if it is somebody else's turn, or the differences come first.
    """
    if not sheets:
        return FIRST
    last, now = in_order(sheets)[-1], standing(sheets)
    if now.unsettled:
        raise ValueError("Lembar ini sudah diketik 2 kali dan berbeda. Selesaikan dulu bedanya.")
    if last.entry == FIRST:
        if last.made_by == by:
            raise ValueError("Lembar ini sudah Anda ketik. Ketikan kedua oleh orang lain.")
        return SECOND
    return FIRST
