"""A printed before-and-after table: which counts stand behind it, what is known, and what is an interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TypeVar

from satupintu.kernel.stats.gain import mean_gain, n_gain
from satupintu.kernel.stats.margins import Balance, Margin, balances, kr20_bounds
from satupintu.kernel.stats.multiplicity import holm
from satupintu.kernel.stats.printed import (
    PERCENT_RULES,
    ROUNDING,
    Printed,
    PrintedMean,
    cut_off,
    fitting_n,
    percent_counts,
)

# Which people may have risen or fallen is searched by group sizes; past this it takes seconds and tells little.
MOST_PEOPLE_BALANCED = 200
ASKED_N = range(1, 61)

T = TypeVar("T", int, float)


@dataclass(frozen=True, slots=True)
class PercentRow:
    """One statement of the table: percent before and after, as printed."""

    label: str
    before: Printed
    after: Printed


@dataclass(frozen=True, slots=True)
class MeanRow:
    """One mean of the table, as printed."""

    label: str
    mean: PrintedMean


@dataclass(frozen=True)
class PercentFinding:
    """What n people make of one statement. Counts are None where no count of n is printed so."""

    row: PercentRow
    n: int
    before_counts: range
    after_counts: range

    @property
    def before_count(self) -> int | None:
        """The count next to the printed percent; several may fit when n is large."""
        return _nearest(self.before_counts, self.row.before, self.n)

    @property
    def after_count(self) -> int | None:
        return _nearest(self.after_counts, self.row.after, self.n)

    @cached_property
    def margins(self) -> tuple[Margin, ...]:
        """The sums between which all that fit lie; one if the counts are certain, none if they are impossible."""
        if not (self.before_counts and self.after_counts):
            return ()
        corners = {*product(_ends(self.before_counts), _ends(self.after_counts))}
        # Where both could be the same count, nothing may have changed at all.
        shared = range(
            max(self.before_counts[0], self.after_counts[0]), min(self.before_counts[-1], self.after_counts[-1]) + 1
        )
        corners |= {(count, count) for count in _ends(shared)}
        return tuple(Margin(before, after, self.n) for before, after in sorted(corners))

    @property
    def margin(self) -> Margin | None:
        """The sums, if only one count fits before and after."""
        return self.margins[0] if len(self.before_counts) == len(self.after_counts) == 1 else None

    @property
    def lost(self) -> tuple[int, int] | None:
        """The fewest and most people who can have gone from yes to no."""
        return _span((m.fewest_lost, m.most_lost) for m in self.margins)

    @property
    def p_exact(self) -> tuple[float, float] | None:
        """The least and greatest exact p of McNemar."""
        return _span(m.p_exact for m in self.margins)

    @property
    def identified(self) -> bool:
        """Whether the printed numbers leave only one table."""
        return len(self.margins) == 1 and self.margins[0].identified

    @property
    def shares(self) -> tuple[Fraction, Fraction]:
        """Share before and after: from the count where only one fits, else as printed."""
        return _share(self.before_counts, self.n, self.row.before), _share(self.after_counts, self.n, self.row.after)

    @property
    def gain(self) -> Fraction | None:
        return n_gain(*self.shares)


def _nearest(counts: range, percent: Printed, n: int) -> int | None:
    return min(counts, key=lambda count: abs(Fraction(100 * count, n) - percent.value), default=None)


def _share(counts: range, n: int, percent: Printed) -> Fraction:
    return Fraction(counts[0], n) if len(counts) == 1 else percent.value / 100


def _ends(counts: range) -> tuple[int, ...]:
    return (counts[0], counts[-1]) if counts else ()


def _span(pairs: Iterable[tuple[T, T]]) -> tuple[T, T] | None:
    listed = list(pairs)
    return (min(low for low, _ in listed), max(high for _, high in listed)) if listed else None


@dataclass(frozen=True)
class TableFinding:
    """What a whole printed table says about n people."""

    n: int
    percents: tuple[PercentFinding, ...]
    means: tuple[MeanRow, ...]

    @property
    def margins(self) -> list[Margin]:
        """The sums of the statements whose counts are certain."""
        return [margin for finding in self.percents if (margin := finding.margin)]

    @property
    def whole(self) -> bool:
        """Whether every statement has one certain count before and after, so that people can be spoken of."""
        return bool(self.percents) and len(self.margins) == len(self.percents)

    @cached_property
    def p_holm(self) -> dict[int, tuple[float, float]]:
        """Holm's adjustment per statement (by its place): if the fewest lost in each, and if the most did."""
        known = {place: p for place, finding in enumerate(self.percents) if (p := finding.p_exact)}
        best, worst = (holm([p[end] for p in known.values()]) for end in (0, 1))
        return dict(zip(known, zip(best, worst, strict=True), strict=True))

    @property
    def class_gain(self) -> Fraction | None:
        """The gain of the mean over all statements."""
        if not self.percents:
            return None
        before, after = zip(*(finding.shares for finding in self.percents), strict=True)
        return n_gain(sum(before, Fraction(0)), sum(after, Fraction(0)), len(self.percents))

    @property
    def mean_item_gain(self) -> Fraction | None:
        """The mean of the statements' gains; those that were full before are not in it."""
        return mean_gain(finding.gain for finding in self.percents).mean

    @property
    def mean_of_means(self) -> Fraction | None:
        values = [row.mean.printed.value for row in self.means]
        return sum(values, Fraction(0)) / len(values) if values else None

    @cached_property
    def fitting_n(self) -> dict[str, list[int]]:
        """For each rounding rule, and for cutting off to compare: the n up to 60 that fit all printed means."""
        means = [row.mean for row in self.means]
        return {name: fitting_n(means, rule, ASKED_N) for name, rule in {**ROUNDING, "cut_off": cut_off}.items()}

    @cached_property
    def n_for_percents(self) -> dict[str, list[int]]:
        """For each rule: the n up to 60 that fit all printed percents."""
        printed = [percent for finding in self.percents for percent in (finding.row.before, finding.row.after)]
        return {
            name: [n for n in ASKED_N if all(percent_counts(percent, n, [rule]) for percent in printed)]
            for name, rule in PERCENT_RULES.items()
        }

    @cached_property
    def balances(self) -> list[Balance]:
        """How people's totals can have moved, the most one-sided first; empty if counts are missing or n is large."""
        if not self.whole or self.n > MOST_PEOPLE_BALANCED:
            return []
        found = balances([m.before for m in self.margins], [m.after for m in self.margins], self.n)
        return sorted(found, key=lambda balance: (balance.p_exact, -balance.up))

    def kr20(self, after: bool) -> tuple[Fraction | None, Fraction] | None:
        """The least and greatest KR-20 of one wave; see `kr20_bounds`."""
        sums = [margin.after if after else margin.before for margin in self.margins]
        return kr20_bounds(sums, self.n) if self.whole else None


def check_table(percents: Sequence[PercentRow], means: Sequence[MeanRow], n: int) -> TableFinding:
    """Everything that the printed numbers say if n people answered."""
    findings = tuple(
        PercentFinding(row, n, percent_counts(row.before, n), percent_counts(row.after, n)) for row in percents
    )
    return TableFinding(n, findings, tuple(means))
