"""Do the statements hang together? Cronbach's alpha, which is KR-20 for yes and no, with Feldt's interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from satupintu.kernel.stats.proportions import Interval
from satupintu.kernel.stats.spread import mean, variance
from satupintu.kernel.stats.tails import f_quantile

Row = Sequence["Fraction | int | None"]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha of ``items`` answered by ``people``; it may be negative, and then says so."""

    value: Fraction
    people: int
    items: int

    def interval(self, level: float = 0.95) -> Interval:
        """Feldt's interval (Psychometrika 30: 357-370, 1965; Feldt, Woodruff and Salih 1987)."""
        above, below = self.people - 1, (self.people - 1) * (self.items - 1)
        outside = (1 - level) / 2
        rest = 1 - float(self.value)
        return Interval(1 - rest * f_quantile(1 - outside, above, below), 1 - rest * f_quantile(outside, above, below))


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no alpha: ``constant_items`` (their places are listed), ``constant_total``, ``few_items`` or
    ``few_people``."""

    reason: str
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """What alpha needs of complete answers: people; sum and sum of squares of each item; sum of squared totals."""

    people: int
    items: tuple[int | Fraction, ...]
    squares: tuple[int | Fraction, ...]
    total_squares: int | Fraction


def sums_of(rows: Sequence[Sequence[Fraction | int]]) -> Sums:
    """The sums of complete rows, one row per person."""
    columns = list(zip(*rows, strict=True))
    return Sums(
        len(rows),
        tuple(sum(column) for column in columns),
        tuple(sum(value * value for value in column) for column in columns),
        sum(sum(row) ** 2 for row in rows),
    )


def alpha_of_sums(sums: Sums) -> Alpha | Refused:
    """Alpha, exact: k / (k - 1) x (1 - sum of item variances / variance of totals).

    Refused for fewer than 2 items or people, for any item that everybody answered alike, and if all totals are equal:
    then it would be a number without meaning.
    """
    n, k = sums.people, len(sums.items)
    if k < 2 or n < 2:
        return Refused("few_items" if k < 2 else "few_people")
    spreads = [n * square - total * total for total, square in zip(sums.items, sums.squares, strict=True)]
    constant = tuple(place for place, spread in enumerate(spreads) if spread == 0)
    if constant:
        return Refused("constant_items", constant)
    whole = n * sums.total_squares - sum(sums.items) ** 2
    if whole == 0:
        return Refused("constant_total")
    return Alpha(Fraction(k, k - 1) * (1 - Fraction(sum(spreads)) / whole), n, k)


def alpha(rows: Sequence[Row]) -> Alpha | Refused:
    """Alpha over the people who answered everything; a row with a None is left out and not counted."""
    complete = [[value for value in row if value is not None] for row in rows if None not in row]
    return alpha_of_sums(sums_of(complete)) if complete else Refused("few_people")


def alpha_pairwise(rows: Sequence[Row]) -> Alpha | Refused:
    """Alpha from covariances each taken over the people who answered both items, as R's psych does by default.

    ``people`` is everybody, which is more than any covariance used: its interval is a little too narrow.
    """
    items = len(rows[0])
    matrix = [[_covariance(rows, i, j) for j in range(items)] for i in range(items)]
    constant = tuple(i for i in range(items) if matrix[i][i] == 0)
    if constant:
        return Refused("constant_items", constant)
    whole = sum(map(sum, matrix), Fraction(0))
    if whole == 0:
        return Refused("constant_total")
    trace = sum((matrix[i][i] for i in range(items)), Fraction(0))
    return Alpha(Fraction(items, items - 1) * (1 - trace / whole), len(rows), items)


def _covariance(rows: Sequence[Row], i: int, j: int) -> Fraction:
    pairs = [(a, b) for row in rows if (a := row[i]) is not None and (b := row[j]) is not None]
    first, second = mean([a for a, _ in pairs]), mean([b for _, b in pairs])
    return sum(((a - first) * (b - second) for a, b in pairs), Fraction(0)) / (len(pairs) - 1)


def facility(column: Sequence[Fraction | int], most: Fraction | int = 1) -> Fraction:
    """The mean of an item as a share of the most that could be had."""
    return mean(column) / most


def item_rest(rows: Sequence[Sequence[Fraction | int]], item: int) -> float | None:
    """The correlation of one item with the sum of the others; None if one of the two never varies."""
    own = [row[item] for row in rows]
    rest = [sum(row) - row[item] for row in rows]
    scale = variance(own) * variance(rest)
    return float(_covariance(list(zip(own, rest, strict=True)), 0, 1)) / sqrt(scale) if scale else None
