"""Shares and their intervals: one share, and the difference of two shares of the same people."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from satupintu.kernel.stats.tails import beta_quantile, normal_quantile


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, in the unit of what it is about."""

    low: float
    high: float


def wilson(yes: int, n: int, level: float = 0.95) -> Interval:
    """Wilson's score interval for the share ``yes / n`` (Wilson 1927, without continuity correction)."""
    z = normal_quantile(level)
    middle = yes + z * z / 2
    reach = z * sqrt(yes * (n - yes) / n + z * z / 4)
    # At the ends the limit is the share itself; the root would miss it by a rounding error.
    low = 0.0 if yes == 0 else (middle - reach) / (n + z * z)
    high = 1.0 if yes == n else (middle + reach) / (n + z * z)
    return Interval(low, high)


def clopper_pearson(yes: int, n: int, level: float = 0.95) -> Interval:
    """The interval of Clopper and Pearson (1934): never covers less than ``level``."""
    outside = (1 - level) / 2
    low = 0.0 if yes == 0 else beta_quantile(outside, yes, n - yes + 1)
    high = 1.0 if yes == n else beta_quantile(1 - outside, yes + 1, n - yes)
    return Interval(low, high)


def newcombe_paired(both: int, gained: int, lost: int, never: int, level: float = 0.95) -> Interval:
    """The interval for (share after) - (share before) of the same people.

    Newcombe 1998, Statistics in Medicine 17: 2635-2650, method 10: Wilson limits of both shares put together as
    squares, with phi of the fourfold table for their dependence, where a positive numerator of phi is lessened by n/2
    (but not below 0). Both, gained, lost and never are people: yes twice, no then yes, yes then no, no twice.
    """
    n = both + gained + lost + never
    after, before = (both + gained) / n, (both + lost) / n
    of_after, of_before = wilson(both + gained, n, level), wilson(both + lost, n, level)
    phi = _phi(both, gained, lost, never)
    down = _joined(after - of_after.low, of_before.high - before, phi)
    up = _joined(of_after.high - after, before - of_before.low, phi)
    return Interval(after - before - down, after - before + up)


def _phi(both: int, gained: int, lost: int, never: int) -> float:
    n = both + gained + lost + never
    scale = (both + gained) * (lost + never) * (both + lost) * (gained + never)
    if scale == 0:
        return 0.0
    product = both * never - gained * lost
    return (max(product - n / 2, 0) if product > 0 else product) / sqrt(scale)


def _joined(one: float, other: float, phi: float) -> float:
    return sqrt(max(0.0, one * one - 2 * phi * one * other + other * other))


def newcombe_independent(before: tuple[int, int], after: tuple[int, int], level: float = 0.95) -> Interval:
    """The interval for (share after) - (share before) of two groups that are not the same people.

    Newcombe 1998, Statistics in Medicine 17: 873-890, method 10. Each argument is (yes, n).
    """
    (x, m), (y, n) = before, after
    of_before, of_after = wilson(x, m, level), wilson(y, n, level)
    difference = y / n - x / m
    down = _joined(y / n - of_after.low, of_before.high - x / m, 0)
    up = _joined(of_after.high - y / n, x / m - of_before.low, 0)
    return Interval(difference - down, difference + up)


def tango(gained: int, lost: int, n: int, level: float = 0.95) -> Interval:
    """Tango's score interval for the same difference (Statistics in Medicine 17: 891-908, 1998), by bisection.

    Kept to compare with: method 10 is what is printed.
    """
    z = normal_quantile(level)
    estimate = (gained - lost) / n
    low = -1.0 if gained == 0 and lost == n else _crossing(gained, lost, n, z, estimate, -1.0)
    high = 1.0 if lost == 0 and gained == n else _crossing(gained, lost, n, -z, estimate, 1.0)
    return Interval(low, high)


def _crossing(gained: int, lost: int, n: int, z: float, inside: float, outside: float) -> float:
    for _ in range(100):
        middle = (inside + outside) / 2
        if abs(_score(gained, lost, n, middle)) < abs(z):
            inside = middle
        else:
            outside = middle
    return (inside + outside) / 2


def _score(gained: int, lost: int, n: int, difference: float) -> float:
    b = (2 * n - gained + lost) * difference - gained - lost
    c = -lost * difference * (1 - difference)
    share_lost = (sqrt(max(0.0, b * b - 8 * n * c)) - b) / (4 * n)
    variance = n * (2 * share_lost + difference * (1 - difference))
    distance = gained - lost - n * difference
    return distance / sqrt(variance) if variance > 0 else float("inf") * (1 if distance >= 0 else -1)
