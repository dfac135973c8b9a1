"""Several tests at once: p values made honest for the whole set."""

from __future__ import annotations

from collections.abc import Sequence


def holm(ps: Sequence[float]) -> list[float]:
    """Holm's step-down adjustment (1979), in the order given; holds however the tests depend on each other."""
    adjusted = [0.0] * len(ps)
    largest = 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        largest = max(largest, min(1.0, ps[place] * (len(ps) - rank)))
        adjusted[place] = largest
    return adjusted


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """The step-up adjustment of Benjamini and Hochberg (1995), in the order given."""
    adjusted = [0.0] * len(ps)
    least = 1.0
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    for rank in range(len(ps), 0, -1):
        place = order[rank - 1]
        least = min(least, ps[place] * len(ps) / rank)
        adjusted[place] = least
    return adjusted
