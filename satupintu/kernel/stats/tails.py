"""Tails and quantiles of the usual distributions, by continued fraction and bisection."""

from __future__ import annotations

from math import erfc, exp, gamma, lgamma, log, sqrt
from statistics import NormalDist

TINY = 1e-300
CLOSE = 1e-16
MOST_STEPS = 100_000


def normal_quantile(level: float) -> float:
    """The two-sided normal quantile: 1.959964 for the level 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def normal_two_sided(z: float) -> float:
    """The probability of a standard normal value at least as far from zero as ``z``."""
    return erfc(abs(z) / sqrt(2))


def beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for 0 <= x <= 1 and positive a, b.

    Continued fraction of Lentz's form (Abramowitz and Stegun 26.5.8), on the side where it converges fast.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _not_zero(1 + step * d)
            c = _not_zero(1 + step / c)
            fraction *= d * c
        if abs(d * c - 1) < CLOSE:
            break
    return front * fraction


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def beta_quantile(share: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = ``share``, by bisection to the last bit that matters."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if beta_share(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def f_quantile(share: float, above: float, below: float) -> float:
    """The quantile of Fisher's F with ``above`` and ``below`` degrees of freedom."""
    x = beta_quantile(share, above / 2, below / 2)
    return float("inf") if x >= 1 else below * x / (above * (1 - x))


def t_two_sided(t: float, freedom: int) -> float:
    """The probability of Student's t at least as far from zero as ``t``."""
    near = t * t / (freedom + t * t)
    # From the side where the argument is small, so that nothing is lost next to 1.
    return 1 - beta_share(near, 0.5, freedom / 2) if near < 0.5 else beta_share(1 - near, freedom / 2, 0.5)


def chi_square_tail(value: float, freedom: int) -> float:
    """The probability that chi-square exceeds ``value``; closed form for whole degrees of freedom."""
    if value <= 0:
        return 1.0
    half = value / 2
    if freedom % 2:
        first, start = erfc(sqrt(half)), 0.5
    else:
        first, start = exp(-half), 1.0
    terms = (exp(-half) * half ** (start + j) / gamma(start + j + 1) for j in range((freedom - 1) // 2))
    return first + sum(terms)
