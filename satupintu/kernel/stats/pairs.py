"""People who answered yes or no twice: gained, kept, lost, never, and the exact test of McNemar."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, log2

from satupintu.kernel.stats.proportions import Interval, newcombe_paired
from satupintu.kernel.stats.tails import chi_square_tail

# 2 x (1/2)**5 = 0.0625 is above 0.05, 2 x (1/2)**6 = 0.03125 below it: no test of the sign can do with fewer.
SMALLEST_DISCORDANT = 6
# Past this many changed people the tail is summed in floating point, where it is right to 12 digits.
LARGEST_COUNTED = 4_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """How many people said yes twice, no then yes, yes then no, and no twice."""

    kept: int
    gained: int
    lost: int
    never: int

    @property
    def n(self) -> int:
        return self.kept + self.gained + self.lost + self.never

    @property
    def before(self) -> int:
        """How many said yes the first time."""
        return self.kept + self.lost

    @property
    def after(self) -> int:
        """How many said yes the second time."""
        return self.kept + self.gained

    @property
    def discordant(self) -> int:
        """How many changed their answer."""
        return self.gained + self.lost

    @property
    def p_exact(self) -> float:
        """See `mcnemar_exact`."""
        return mcnemar_exact(self.gained, self.lost)

    def difference(self, level: float = 0.95) -> Interval:
        """The interval of (share after) - (share before), by Newcombe's method 10."""
        return newcombe_paired(self.kept, self.gained, self.lost, self.never, level)

    @property
    def turned(self) -> Pairs:
        """The same people with the two times swapped."""
        return Pairs(self.kept, self.lost, self.gained, self.never)


def mcnemar_exact(gained: int, lost: int) -> float:
    """Two-sided exact p: twice the chance of so few on the rarer side, if each change were a fair coin, at most 1.

    Counted in integers and divided once. Nobody changed: 1.

    >>> mcnemar_exact(13, 0)
    0.000244140625
    """
    fewer, n = min(gained, lost), gained + lost
    if n > LARGEST_COUNTED:
        return _far_tail(fewer, n)
    term = total = 1
    for k in range(fewer):
        term = term * (n - k) // (k + 1)
        total += term
    return min(1.0, 2 * total / (1 << n))


def _far_tail(fewer: int, n: int) -> float:
    """Twice the lower tail of many fair coins: the last term, and the others by their ratios."""
    if n - 2 * fewer <= 1:
        return 1.0
    last = comb(n, fewer)
    if log2(last) - n < -1080:  # smaller than any float
        return 0.0
    term = total = 1.0
    for k in range(fewer, 0, -1):
        term *= k / (n - k + 1)
        total += term
        if term < total * 1e-17:
            break
    return min(1.0, 2 * (last / (1 << n)) * total)


def mcnemar_chi_square(gained: int, lost: int, corrected: bool = True) -> tuple[float, float]:
    """Chi-square of McNemar and its p, to compare with older reports. ``corrected``: Edwards' correction of 1.

    Nobody changed: 0 and 1.
    """
    if gained + lost == 0:
        return 0.0, 1.0
    distance = abs(gained - lost) - corrected
    value = distance * distance / (gained + lost)
    return value, chi_square_tail(value, 1)


def fisher_exact(before: tuple[int, int], after: tuple[int, int]) -> float:
    """Two-sided p for two groups that are not the same people; each argument is (yes, n).

    Every table with these margins that is at most as likely as the one seen counts. The wrong test for pairs.
    """
    (x, m), (y, n) = before, after
    yes = x + y
    ways = [comb(m, k) * comb(n, yes - k) for k in range(max(0, yes - n), min(m, yes) + 1)]
    seen = comb(m, x) * comb(n, y)
    return sum(way for way in ways if way <= seen) / sum(ways)
