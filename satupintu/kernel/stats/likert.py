"""Answers on a scale of whole numbers: five counts first, then mean and spread."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt


@dataclass(frozen=True, slots=True)
class Likert:
    """How many gave each answer, the lowest first; ``low`` is what the first one counts as."""

    counts: tuple[int, ...]
    low: int = 1

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of all answers."""
        return sum(count * (self.low + step) for step, count in enumerate(self.counts))

    @property
    def mean(self) -> Fraction | None:
        """Exact; None without answers."""
        return Fraction(self.total, self.n) if self.n else None

    @property
    def sd(self) -> float | None:
        """The sample standard deviation (n - 1); None for fewer than two answers."""
        if self.n < 2:
            return None
        squares = sum(count * (self.low + step) ** 2 for step, count in enumerate(self.counts))
        return sqrt(Fraction(self.n * squares - self.total**2, self.n * (self.n - 1)))


def sd_bounds(n: int, total: int, low: int = 1, high: int = 5) -> tuple[float, float]:
    """The least and the greatest standard deviation of n whole answers from low to high with this sum (n >= 2).

    Least: answers as equal as possible. Greatest: all but one at the ends of the scale. A mean alone hides which.
    """
    base, more = divmod(total, n)
    even = [0] * (high - low + 1)
    even[base - low] += n - more
    if more:
        even[base + 1 - low] += more
    ends = [0] * (high - low + 1)
    tops, rest = divmod(total - n * low, high - low)
    ends[-1] += tops
    if tops < n:
        ends[rest] += 1
        ends[0] += n - tops - 1
    sds = [Likert(tuple(counts), low).sd for counts in (even, ends)]
    return float(sds[0] or 0), float(sds[1] or 0)
