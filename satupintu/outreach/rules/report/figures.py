"""Figures with names: every number a report may say, with its base and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from satupintu.kernel.stats.printed import half_up
from satupintu.outreach.rules.words import p_value
from satupintu.web.formats import date_long, number, rupiah

Value = int | float | Fraction | str | date | bool
# How many decimals each kind of number is written with.
DECIMALS = {"percent": 1, "points": 1, "limit": 1, "minutes": 1, "more": 1, "rank": 1, "mean": 2, "index": 3, "sum": 1}
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One value by name. ``base`` is of how many it is said; None for what needs none, 0 for what is missing one.

    Kinds: count, percent, points and limit (of 100), mean, index, sum, rank, minutes, more (minutes with
    their sign), p, rupiah, day, text, flag.
    """

    name: str
    value: Value
    kind: str
    origin: str
    base: int | None = None

    def shown(self, language: str = "id") -> str:
        """The value as a report writes it, rounded half up; a flag shows nothing."""
        return _shown(self.value, self.kind, language)


def _shown(value: Value, kind: str, language: str) -> str:
    if kind == "flag":
        return ""
    if kind == "text" or isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return date_long(value, language)
    if kind == "p":
        told = p_value(float(value))
        return told if language == "id" else told.replace(",", ".").replace("kurang dari", "less than")
    if kind == "rupiah":
        return rupiah(int(value))
    if kind == "count":
        return number(int(value), language)
    return _decimal(value, kind, language)


def _decimal(value: int | float | Fraction, kind: str, language: str) -> str:
    digits = DECIMALS[kind]
    if isinstance(value, float):
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    else:
        rounded = Decimal(half_up(Fraction(value) * 10**digits)).scaleb(-digits)
    if kind in ("percent", "points", "minutes", "more", "rank") and rounded == rounded.to_integral_value():
        rounded = rounded.quantize(Decimal(1))
    told = number(rounded, language)
    if kind in ("points", "more") and rounded > 0:
        told = f"+{told}"
    return f"{told}{NO_BREAK}%" if kind == "percent" and language == "id" else f"{told}%" if kind == "percent" else told


class Figures(Mapping[str, Figure]):
    """Figures by name, in the order they were made. Raises ValueError for a name given twice."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._all: dict[str, Figure] = {}
        for figure in figures:
            if figure.name in self._all:
                raise ValueError(f"figure {figure.name} twice")
            self._all[figure.name] = figure

    def __getitem__(self, name: str) -> Figure:
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def shown(self, name: str, language: str = "id", otherwise: str = "–") -> str:
        """A figure as text; a dash for what is not known."""
        found = self._all.get(name)
        return otherwise if found is None else found.shown(language)

    def number(self, name: str) -> float:
        """The value of a figure as a number to be drawn. Raises TypeError for one that is none."""
        value = self._all[name].value
        if isinstance(value, str | date):
            raise TypeError(name)
        return float(value)

    def holds(self, when: Iterable[str], unless: Iterable[str] = ()) -> bool:
        """Whether every one of some names is there, and none of some others."""
        return all(name in self for name in when) and not any(name in self for name in unless)
