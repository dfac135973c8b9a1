"""Yes or no asked more than twice of the same people: before, after, and again after weeks."""

from __future__ import annotations

from collections.abc import Sequence

from satupintu.kernel.stats.tails import chi_square_tail


def cochran_q(rows: Sequence[Sequence[int]]) -> tuple[float, int, float]:
    """Cochran's Q (1950), its degrees of freedom and p. One row of 0 and 1 per person, one column per wave.

    Nobody changed: 0 and 1. The p is the chi-square approximation: rough for small groups.
    """
    waves = len(rows[0])
    columns = [sum(row[wave] for row in rows) for wave in range(waves)]
    totals = [sum(row) for row in rows]
    below = waves * sum(totals) - sum(total * total for total in totals)
    if below == 0:
        return 0.0, waves - 1, 1.0
    above = (waves - 1) * (waves * sum(column * column for column in columns) - sum(totals) ** 2)
    return above / below, waves - 1, chi_square_tail(above / below, waves - 1)
