"""Normalised gain: how much of what could still be gained was gained (Hake 1998, Am. J. Phys. 66: 64-74)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

LOW, HIGH = Fraction(3, 10), Fraction(7, 10)


def n_gain(before: Fraction | int, after: Fraction | int, most: Fraction | int = 1) -> Fraction | None:
    """(after - before) / (most - before); None if there was nothing left to gain.

    >>> n_gain(2, 13, 20)
    Fraction(11, 18)
    """
    return None if before == most else Fraction(after - before) / Fraction(most - before)


def band(gain: Fraction | float) -> str:
    """``low`` below 0.3, ``medium``, ``high`` from 0.7. Sources differ on whether 0.7 itself is high; here it is."""
    return "low" if gain < LOW else "high" if gain >= HIGH else "medium"


@dataclass(frozen=True, slots=True)
class MeanGain:
    """The mean of gains, over how many, and how many had nothing left to gain and are not in it."""

    mean: Fraction | None
    counted: int
    full_before: int


def mean_gain(gains: Iterable[Fraction | None]) -> MeanGain:
    """The mean of the gains of persons or statements. Another number than the gain of the mean (`n_gain`)."""
    listed = list(gains)
    known = [gain for gain in listed if gain is not None]
    mean = sum(known, Fraction(0)) / len(known) if known else None
    return MeanGain(mean, len(known), len(listed) - len(known))
