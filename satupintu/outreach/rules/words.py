"""Numbers as Indonesian readers write them."""

from __future__ import annotations

from fractions import Fraction

from satupintu.kernel.stats.pairs import SMALLEST_DISCORDANT

FEW_CHANGED = f"Uji ini baru bisa di bawah 0,05 kalau paling sedikit {SMALLEST_DISCORDANT} orang berubah jawaban"


def decimal(value: float | Fraction, digits: int = 1) -> str:
    """A number with a decimal comma.

    >>> decimal(4.7016, 2)
    '4,70'
    """
    return f"{float(value):.{digits}f}".replace(".", ",")


def whole_or_decimal(value: float | Fraction) -> str:
    """A percent with one decimal only where it has one."""
    return f"{float(value):.1f}".removesuffix(".0").replace(".", ",")


def p_value(p: float) -> str:
    """A p value: three decimals, two significant digits below 0.01, and never a zero.

    >>> [p_value(p) for p in (0.378, 0.00048, 1e-9)]
    ['0,378', '0,00048', 'kurang dari 0,000001']
    """
    if p < 0.000001:
        return "kurang dari 0,000001"
    if p >= 0.01:
        return decimal(p, 3)
    digits = 2
    while round(p, digits) < 10 ** (1 - digits):
        digits += 1
    return decimal(p, digits)


def of_people(yes: int, n: int) -> str:
    """A count with its base and percent: "7 dari 20 orang (35 %)"."""
    return f"{yes} dari {n} orang ({whole_or_decimal(Fraction(100 * yes, n))} %)" if n else "0 orang"
