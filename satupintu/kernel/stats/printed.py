"""Numbers as a report printed them: which counts and which n can stand behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

Rule = Callable[[Fraction], int]


def half_up(value: Fraction) -> int:
    """To the nearest whole number; a half goes away from zero, as people round."""
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(Fraction(1, 2) - value)


def half_even(value: Fraction) -> int:
    """To the nearest whole number; a half goes to the even one, as statistical programs round."""
    return round(value)


def cut_off(value: Fraction) -> int:
    """Towards zero: further digits are dropped."""
    return int(value)


ROUNDING: dict[str, Rule] = {"half_up": half_up, "half_even": half_even}
# A percent may also have been cut off. A mean may not: cutting off would let almost any mean pass.
PERCENT_RULES: dict[str, Rule] = {**ROUNDING, "cut_off": cut_off}


@dataclass(frozen=True, slots=True)
class Printed:
    """A number with the decimals it was printed with."""

    value: Fraction
    decimals: int

    def is_from(self, exact: Fraction, rule: Rule) -> bool:
        """Whether ``exact`` is printed as this number under a rule."""
        scale: int = 10**self.decimals
        return rule(exact * scale) == self.value * scale


def percent_counts(percent: Printed, n: int, rules: Iterable[Rule] = tuple(PERCENT_RULES.values())) -> range:
    """Every count of n printed as this percent under one of the rules: a run of neighbours, empty if none is."""
    unit = Fraction(1, 10**percent.decimals)
    first = max(0, floor((percent.value - unit) * n / 100))
    last = min(n, ceil((percent.value + unit) * n / 100))
    fit = [k for k in range(first, last + 1) if any(percent.is_from(Fraction(100 * k, n), rule) for rule in rules)]
    return range(fit[0], fit[-1] + 1) if fit else range(0)


@dataclass(frozen=True, slots=True)
class PrintedMean:
    """The mean of whole answers, printed. ``items`` is how many answers of a person were averaged first.

    ``low`` and ``high`` are the ends of the scale, if known.
    """

    printed: Printed
    items: int = 1
    low: int | None = None
    high: int | None = None

    def is_possible(self, n: int, rules: Iterable[Rule] = tuple(ROUNDING.values())) -> bool:
        """Whether n people can have this mean under one of the rules (GRIM: Brown and Heathers 2017)."""
        return any(self.printed.is_from(mean, rule) for rule in rules for mean in self._near(n))

    def nearest(self, n: int) -> tuple[Fraction, Fraction]:
        """The means n people can have next to the printed one: at most it, and at least it (twice it if exact)."""
        grain = n * self.items
        exact = self.printed.value * grain
        below, above = (self._on_scale(total, grain) for total in (floor(exact), ceil(exact)))
        return Fraction(below, grain), Fraction(above, grain)

    def _near(self, n: int) -> set[Fraction]:
        """Every mean of n people within one printed unit."""
        grain, unit = n * self.items, Fraction(1, 10**self.printed.decimals)
        first, last = ceil((self.printed.value - unit) * grain), floor((self.printed.value + unit) * grain)
        return {Fraction(t, grain) for t in range(first, last + 1) if self._on_scale(t, grain) == t}

    def _on_scale(self, total: int, grain: int) -> int:
        if self.low is not None:
            total = max(total, self.low * grain)
        return total if self.high is None else min(total, self.high * grain)


def fitting_n(means: Sequence[PrintedMean], rule: Rule, ns: Iterable[int] = range(1, 61)) -> list[int]:
    """Every n for which all the means are possible under the one rule. No means: every n."""
    return [n for n in ns if all(mean.is_possible(n, [rule]) for mean in means)]
