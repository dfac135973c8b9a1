"""Figures of yes-or-no statements answered twice: one statement, persons' totals, and whether statements fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from satupintu.kernel.stats.gain import MeanGain, mean_gain, n_gain
from satupintu.kernel.stats.multiplicity import holm
from satupintu.kernel.stats.pairs import Pairs, fisher_exact
from satupintu.kernel.stats.proportions import Interval, newcombe_independent
from satupintu.kernel.stats.reliability import Alpha, Refused, Sums, alpha_of_sums
from satupintu.kernel.stats.signed_rank import SignedRank, signed_rank_of_counts
from satupintu.outreach.rules.responses import Numbers, Responses

# Fisher's test counts in integers of n digits; past this it takes long and the interval says enough.
MOST_FOR_FISHER = 5_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many of n said yes."""

    yes: int
    n: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.yes, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in two waves. ``pairs`` is None if nobody answered both times; then p_holm is too."""

    code: str
    kind: str
    pairs: Pairs | None
    all_before: Count
    all_after: Count
    p_holm: float | None = None

    @property
    def before(self) -> Count:
        """Of the people who answered twice; of everybody if there is none such."""
        return Count(self.pairs.before, self.pairs.n) if self.pairs else self.all_before

    @property
    def after(self) -> Count:
        return Count(self.pairs.after, self.pairs.n) if self.pairs else self.all_after

    @property
    def gain(self) -> Fraction | None:
        before, after = self.before.share, self.after.share
        return None if before is None or after is None else n_gain(before, after)

    @property
    def difference(self) -> Fraction | None:
        """Share after less share before."""
        before, after = self.before.share, self.after.share
        return None if before is None or after is None else after - before

    @property
    def interval(self) -> Interval | None:
        """Of the difference: paired where there are pairs, else of two groups."""
        if self.pairs:
            return self.pairs.difference()
        if self.difference is None:
            return None
        return newcombe_independent((self.before.yes, self.before.n), (self.after.yes, self.after.n))

    @property
    def p_fisher(self) -> float | None:
        """For groups without pairs only."""
        few = 0 < self.before.n <= MOST_FOR_FISHER and 0 < self.after.n <= MOST_FOR_FISHER
        if self.pairs or not few:
            return None
        return fisher_exact((self.before.yes, self.before.n), (self.after.yes, self.after.n))


def statements(responses: Responses, codes: Sequence[str], first: str, second: str) -> list[Statement]:
    """Every statement that has an answer in one of two waves, with Holm over all that have pairs."""
    found = [_statement(responses, code, first, second) for code in codes]
    found = [one for one in found if one.all_before.n or one.all_after.n]
    ps = {one.code: one.pairs.p_exact for one in found if one.pairs}
    adjusted = dict(zip(ps, holm(list(ps.values())), strict=True))
    return [replace(one, p_holm=adjusted.get(one.code)) for one in found]


def _statement(responses: Responses, code: str, first: str, second: str) -> Statement:
    _, before, after = responses.pairs(code, first, second)
    pairs = None
    if len(before):
        kept, gained, lost = (int(np.sum((before == b) & (after == a))) for b, a in ((1, 1), (0, 1), (1, 0)))
        pairs = Pairs(kept, gained, lost, len(before) - kept - gained - lost)
    return Statement(
        code, responses.kind(code), pairs, _count(responses.every(code, first)), _count(responses.every(code, second))
    )


def _count(values: Numbers) -> Count:
    return Count(int(values.sum()), len(values))


@dataclass(frozen=True, slots=True)
class Totals:
    """Persons' totals over the statements, of people who answered every one of them twice."""

    people: int
    statements: int
    sum_before: int
    sum_after: int
    risen: int
    fallen: int
    wilcoxon: SignedRank
    gain: MeanGain


def totals(responses: Responses, codes: Sequence[str], first: str, second: str) -> Totals | None:
    """The persons' totals; None if no statement has pairs or nobody is complete."""
    asked, before, after = np.zeros((3, responses.persons), np.int64)
    used = 0
    for code in codes:
        people, ones, others = responses.pairs(code, first, second)
        used += len(people) > 0
        asked[people] += 1
        before[people] += ones
        after[people] += others
    complete = asked == used
    if not used or not complete.any():
        return None
    joint = Counter(zip(before[complete].tolist(), after[complete].tolist(), strict=True))
    sizes: Counter[Fraction | int] = Counter()
    rises: Counter[Fraction | int] = Counter()
    for (had, has), people_so in joint.items():
        if had != has:
            sizes[abs(has - had)] += people_so
            rises[abs(has - had)] += people_so if has > had else 0
    zeros = sum(people_so for (had, has), people_so in joint.items() if had == has)
    return Totals(
        int(complete.sum()),
        used,
        int(before[complete].sum()),
        int(after[complete].sum()),
        sum(rises.values()),
        sum(sizes.values()) - sum(rises.values()),
        signed_rank_of_counts(sizes, rises, zeros),
        _mean_person_gain(joint, used),
    )


def _mean_person_gain(joint: Counter[tuple[int, int]], most: int) -> MeanGain:
    gains = [(n_gain(had, has, most), count) for (had, has), count in joint.items()]
    known = [(gain, count) for gain, count in gains if gain is not None]
    counted, full = sum(count for _, count in known), sum(count for gain, count in gains if gain is None)
    mean = sum((gain * count for gain, count in known), Fraction(0)) / counted if counted else None
    return MeanGain(mean, counted, full)


def class_gain(found: Sequence[Statement]) -> Fraction | None:
    """The gain of the mean over all statements that have a share before and after."""
    shares = [(b, a) for one in found if (b := one.before.share) is not None and (a := one.after.share) is not None]
    if not shares:
        return None
    before, after = zip(*shares, strict=True)
    return n_gain(sum(before, Fraction(0)), sum(after, Fraction(0)), len(shares))


def mean_item_gain(found: Sequence[Statement]) -> MeanGain:
    """The mean of the statements' gains."""
    return mean_gain(one.gain for one in found)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha of one wave or why there is none, the statements it is about, and alpha without those that never vary."""

    found: Alpha | Refused
    codes: tuple[str, ...]
    people: int
    varying: Alpha | Refused | None = None

    @property
    def constant(self) -> tuple[str, ...]:
        """The statements that everybody answered alike."""
        return tuple(self.codes[place] for place in self.found.items) if isinstance(self.found, Refused) else ()


def reliability(responses: Responses, codes: Sequence[str], wave: str) -> Reliability:
    """Of the people who answered every statement of the wave."""
    asked = [(code, answers) for code in codes if len((answers := responses.named(code, wave)).people)]
    count, total = np.zeros((2, responses.persons), np.int64)
    for _, (people, values) in asked:
        count[people] += 1
        total[people] += values
    complete = count == len(asked) if asked else np.zeros(responses.persons, bool)
    columns = {code: values[complete[people]] for code, (people, values) in asked}
    names, people_so = tuple(columns), int(complete.sum())
    found = _alpha(columns, names, total[complete])
    varying = None
    if isinstance(found, Refused) and found.reason == "constant_items":
        left = tuple(code for place, code in enumerate(names) if place not in found.items)
        rest = sum((columns[code] for code in left), np.zeros(people_so, np.int64))
        varying = _alpha(columns, left, rest)
    return Reliability(found, names, people_so, varying)


def _alpha(columns: dict[str, Numbers], codes: Sequence[str], total: Numbers) -> Alpha | Refused:
    sums = tuple(int(columns[code].sum()) for code in codes)
    squares = tuple(int((columns[code] * columns[code]).sum()) for code in codes)
    return alpha_of_sums(Sums(len(total), sums, squares, int((total * total).sum())))
