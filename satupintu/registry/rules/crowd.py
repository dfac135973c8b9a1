"""A made-up crowd to measure with: names of meaningless syllables and a number, so that nobody's name is invented.

The same seed gives the same crowd, row n whatever the size. All shares are assumed; none has a source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

BLOCK = 5_000
VOCABULARY = 24_000  # different words, some borne by thousands and most by a few, as with real names
SYLLABLES = tuple(c + v for c in ("b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "w") for v in "aeiou")


@dataclass(frozen=True)
class Draft:
    """What one made-up person gets: row number (from 1), name, and which shares they fall into."""

    number: int
    name: str
    trade: str
    barrier: int  # place in the list of barriers, or -1
    has_nib: bool
    reminded: bool


def word(n: int) -> str:
    """The n-th word of the made-up vocabulary: two to four syllables."""
    parts = []
    rest = n
    for _ in range(2 + n % 3):
        rest, place = divmod(rest * 7 + 11, len(SYLLABLES))
        parts.append(SYLLABLES[place])
    return "".join(parts).capitalize()


def crowd(seed: int, start: int, stop: int, barriers: int) -> Iterator[Draft]:
    """Rows ``start`` to ``stop`` (from 0, without ``stop``); each block of rows has its own source of chance."""
    for block in range(start // BLOCK, (stop - 1) // BLOCK + 1):
        chance = np.random.default_rng([seed, block])
        names = np.minimum(chance.zipf(1.3, (BLOCK, 2)), VOCABULARY)
        draws = chance.random((BLOCK, 3))
        kinds = chance.integers(0, barriers, BLOCK)
        for place in range(BLOCK):
            number = block * BLOCK + place
            if start <= number < stop:
                yield _draft(number + 1, names[place].tolist(), draws[place].tolist(), int(kinds[place]))


def _draft(number: int, names: Sequence[int], draws: Sequence[float], kind: int) -> Draft:
    first, second = (word(n) for n in names)
    return Draft(
        number=number,
        name=f"{first} {second} {number:06}",
        trade=f"Dagangan {number:06}",
        barrier=kind if draws[0] < 0.55 else -1,
        has_nib=draws[1] < 0.15,
        reminded=draws[2] < 0.2,
    )
