"""The measured reality beside a service standard: how long, how often on time, how often right the first time. Pure.

Percentiles are by nearest rank (numpy's ``inverted_cdf``): the smallest measured value that at least this share of the
files did not exceed. So every figure shown is the time of a real file, never one between two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate

FEWEST = 5  # below this, figures say more about single files than about the service
MEDIAN, SLOW = Fraction(1, 2), Fraction(9, 10)
HOURS_A_DAY = 24
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Group:
    """Files decided after the same number of hours; of ``timed`` a service time was known, of ``judged`` whether they
    came right the first time."""

    hours: int
    files: int
    timed: int = 0
    in_time: int = 0
    judged: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of ``n`` files. Days are working days of 24 hours of the clock, shares percent, each with one
    decimal; None where nothing can be said."""

    n: int
    median: Decimal | None = None
    slow: Decimal | None = None
    in_time: Decimal | None = None
    right: Decimal | None = None

    @property
    def enough(self) -> bool:
        """Whether figures are shown at all."""
        return self.n >= FEWEST


def hours_of(running: timedelta) -> int:
    """Running time in hours; an hour begun counts whole, so that rounding never flatters the office."""
    return -(-running // HOUR)


def measured(groups: Iterable[Group]) -> Measured:
    """The figures of some files; fewer than ``FEWEST`` have no figures but their number.

    >>> measured([Group(24, 4, timed=4, in_time=4), Group(72, 1, timed=1)])
    Measured(n=5, median=Decimal('1.0'), slow=Decimal('3.0'), in_time=Decimal('80.0'), right=None)
    """
    ordered = sorted(groups, key=lambda group: group.hours)
    n = sum(group.files for group in ordered)
    if n < FEWEST:
        return Measured(n)
    return Measured(
        n,
        _one_decimal(Fraction(percentile(ordered, MEDIAN), HOURS_A_DAY)),
        _one_decimal(Fraction(percentile(ordered, SLOW), HOURS_A_DAY)),
        _share(sum(group.in_time for group in ordered), sum(group.timed for group in ordered)),
        _share(sum(group.right for group in ordered), sum(group.judged for group in ordered)),
    )


def percentile(ordered: list[Group], share: Fraction) -> int:
    """The hours that ``share`` of the files did not exceed, by nearest rank; groups in order of their hours."""
    sums = list(accumulate(group.files for group in ordered))
    rank = -(-share * sums[-1] // 1)  # the next whole number up
    return next(group.hours for group, until in zip(ordered, sums, strict=True) if until >= rank)


def _share(part: int, whole: int) -> Decimal | None:
    """Percent of those of whom it is known; None for fewer than ``FEWEST``."""
    return _one_decimal(Fraction(100 * part, whole)) if whole >= FEWEST else None


def _one_decimal(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
