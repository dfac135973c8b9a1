"""Cuts by group without showing anybody: small groups are hidden, and enough others that nothing follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

SMALLEST_SHOWN = 5


class Cell(NamedTuple):
    """How many of a group answered one question, and how many of them said yes."""

    n: int
    yes: int


def hidden_groups(table: Mapping[str, Sequence[Cell]], smallest: int = SMALLEST_SHOWN) -> frozenset[str]:
    """The groups of a table (group -> one cell per question) that may not be shown, for all questions alike.

    A group with fewer than ``smallest`` answers to some question is hidden. Because the whole is printed too, the
    hidden ones together follow by subtraction; so more are hidden, the smallest first, until for every question the
    hidden are at least two groups and ``smallest`` people, with a yes and a no among them if the whole has both.
    Then no hidden group's count is fixed by what is shown. If it cannot be reached, all are hidden.
    """
    by_size = sorted(table, key=lambda group: (min((cell.n for cell in table[group]), default=0), group))
    hidden = [group for group in by_size if any(cell.n < smallest for cell in table[group])]
    if not hidden:
        return frozenset()
    rest = by_size[len(hidden) :]
    while rest and not _closed(table, hidden, smallest):
        hidden.append(rest.pop(0))
    return frozenset(hidden)


def _closed(table: Mapping[str, Sequence[Cell]], hidden: Sequence[str], smallest: int) -> bool:
    """Whether what is hidden stays open in every question, though its sum is known."""
    wholes = zip(*table.values(), strict=True)
    unshown = zip(*(table[group] for group in hidden), strict=True)
    return all(_open(cells, _summed(whole), smallest) for cells, whole in zip(unshown, wholes, strict=True))


def _open(cells: Sequence[Cell], whole: Cell, smallest: int) -> bool:
    together = _summed(cells)
    several = sum(1 for cell in cells if cell.n) >= 2
    mixed = 0 < together.yes < together.n or whole.yes in (0, whole.n)
    return several and together.n >= smallest and mixed


def _summed(cells: Sequence[Cell]) -> Cell:
    return Cell(sum(cell.n for cell in cells), sum(cell.yes for cell in cells))
