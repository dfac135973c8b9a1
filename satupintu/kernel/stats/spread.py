"""Mean and spread of numbers, and Student's test of paired ones."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from satupintu.kernel.stats.tails import t_two_sided


def mean(values: Sequence[Fraction | int]) -> Fraction:
    """The arithmetic mean, exact."""
    return Fraction(sum(values), len(values))


def variance(values: Sequence[Fraction | int]) -> Fraction:
    """The sample variance (divided by n - 1), exact; at least two values."""
    middle = mean(values)
    return sum(((value - middle) ** 2 for value in values), Fraction(0)) / (len(values) - 1)


def skewness(values: Sequence[Fraction | int]) -> float:
    """Fisher's g from unbiased cumulants, as Moodle reports it; at least three values that are not all alike."""
    n, middle = len(values), mean(values)
    third = sum(((value - middle) ** 3 for value in values), Fraction(0)) * n / ((n - 1) * (n - 2))
    return float(third) / float(variance(values)) ** 1.5


def kurtosis(values: Sequence[Fraction | int]) -> float:
    """Excess kurtosis from unbiased cumulants; at least four values that are not all alike."""
    n, middle = len(values), mean(values)
    second = sum(((value - middle) ** 2 for value in values), Fraction(0))
    fourth = sum(((value - middle) ** 4 for value in values), Fraction(0))
    cumulant = (n * (n + 1) * fourth - 3 * (n - 1) * second**2) / ((n - 1) * (n - 2) * (n - 3))
    return float(cumulant / variance(values) ** 2)


def paired_t(before: Sequence[Fraction | int], after: Sequence[Fraction | int]) -> tuple[float, int, float]:
    """t, degrees of freedom and two-sided p of the mean difference of the same people.

    Raises ZeroDivisionError if everybody changed by the same.
    """
    differences = [b - a for a, b in zip(before, after, strict=True)]
    n = len(differences)
    t = float(mean(differences)) / sqrt(variance(differences) / n)
    return t, n - 1, t_two_sided(t, n - 1)
