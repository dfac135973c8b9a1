"""Wilcoxon's signed rank test, exact with ties: for totals of people who answered twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from satupintu.kernel.stats.tails import normal_two_sided

# Counting all 2**n signs takes some n**3 bit operations: a tenth of a second here.
LARGEST_EXACT = 300


@dataclass(frozen=True, slots=True)
class SignedRank:
    """The test of one set of differences. The p values are None where people are too many to count exactly.

    ``people`` changed, ``zeros`` did not. ``plus`` and ``minus`` are the rank sums of rises and falls.
    ``p_normal`` is the two-sided normal approximation with correction for ties (none for continuity).
    """

    people: int
    zeros: int
    plus: Fraction
    minus: Fraction
    p_exact: float | None
    p_greater: float | None
    p_less: float | None
    p_normal: float | None

    @property
    def w(self) -> Fraction:
        """The smaller rank sum."""
        return min(self.plus, self.minus)

    @property
    def rank_biserial(self) -> Fraction | None:
        """(plus - minus) / (plus + minus), from -1 to 1; None if nobody changed."""
        return (self.plus - self.minus) / (self.plus + self.minus) if self.people else None


def signed_rank(differences: Iterable[Fraction | int]) -> SignedRank:
    """Test whether rises and falls of the same people balance.

    Zeros are dropped before ranking, as Wilcoxon did (1945); their number is kept. Equal sizes share the middle of
    their ranks. The exact p is conditional on the sizes seen: each sign is a fair coin, and all 2**people ways are
    counted, so ties make it no less exact. ``p_exact`` is two-sided, ``p_greater`` speaks for rises.
    """
    sizes: Counter[Fraction | int] = Counter()
    rises: Counter[Fraction | int] = Counter()
    zeros = 0
    for difference in differences:
        if difference == 0:
            zeros += 1
            continue
        size = max(difference, -difference)
        sizes[size] += 1
        rises[size] += difference > 0
    return signed_rank_of_counts(sizes, rises, zeros)


def signed_rank_of_counts(sizes: Counter[Fraction | int], rises: Counter[Fraction | int], zeros: int = 0) -> SignedRank:
    """The same from counts: how many people changed by each size, and how many of them rose."""
    ranks: list[tuple[int, int]] = []  # twice the middle rank, people with it
    below = plus = 0
    for size in sorted(sizes):
        doubled = 2 * below + sizes[size] + 1
        ranks.append((doubled, sizes[size]))
        plus += doubled * rises[size]
        below += sizes[size]
    total = below * (below + 1)
    p_less = p_greater = p_exact = None
    if 0 < below <= LARGEST_EXACT:
        p_less, p_greater = _tail(ranks, plus, below), _tail(ranks, total - plus, below)
        p_exact = min(1.0, 2 * min(p_less, p_greater))
    elif below == 0:
        p_less = p_greater = p_exact = 1.0
    normal = _normal(ranks, plus, below)
    return SignedRank(below, zeros, Fraction(plus, 2), Fraction(total - plus, 2), p_exact, p_greater, p_less, normal)


def _tail(ranks: list[tuple[int, int]], most: int, people: int) -> float:
    """The share of the 2**people signs whose doubled rank sum is at most ``most``.

    The numbers of ways stand side by side in one long integer, ``size`` bytes for each sum; giving a rank to one more
    person is a shift and an addition. Sums above ``most`` are cut off.
    """
    size = people // 8 + 1
    keep = (1 << (8 * size * (most + 1))) - 1
    ways = 1
    for doubled, count in ranks:
        for _ in range(count):
            ways = (ways + (ways << (8 * size * doubled))) & keep
    told = ways.to_bytes(size * (most + 1), "little")
    counted = sum(int.from_bytes(told[at : at + size], "little") for at in range(0, len(told), size))
    return counted / (1 << people)


def _normal(ranks: list[tuple[int, int]], plus: int, people: int) -> float | None:
    squares = sum(count * doubled * doubled for doubled, count in ranks)  # the variance of plus - minus, doubled ranks
    return normal_two_sided((2 * plus - people * (people + 1)) / sqrt(squares)) if squares else None


def common_language(first: Iterable[Fraction | int], second: Iterable[Fraction | int]) -> Fraction:
    """The share of all pairs, one of each list, in which the first is larger; a draw counts half."""
    others = list(second)
    pairs = [(one > other) * 2 + (one == other) for one in first for other in others]
    return Fraction(sum(pairs), 2 * len(pairs))
