"""Number series of papers: the last number of each, and whether a number is missing or stands twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min

from satupintu.accounts.queries import office_names
from satupintu.licensing.models import Certificate, Series
from satupintu.licensing.queries.told import paper_title


@dataclass(frozen=True, slots=True)
class Numbers:
    """One series: whose, of what, which year, its last number, and the numbers that are missing (the first few)."""

    office: str
    paper: str
    year: int
    last: int
    issued: int
    missing: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether every number from 1 to the last one stands on a paper, and none beyond it."""
        return not self.missing and self.issued == self.last


MOST_MISSING = 20


def series_rows() -> list[Numbers]:
    """Every series, the newest year first, checked against the papers that carry its numbers."""
    papers = Certificate.objects.order_by()
    counted: dict[tuple[str, str, int], Any] = {
        (row["office"], row["licence"], row["year"]): row
        for row in papers.values("office", "licence", "year").annotate(
            issued=Count("serial", distinct=True), least=Min("serial"), most=Max("serial")
        )
    }
    names = office_names()
    return [
        _numbers(one, counted.get((one.office, one.kind, one.year)), names)
        for one in Series.objects.order_by("-year", "office", "kind")
    ]


def _numbers(one: Series, found: Any, names: dict[str, str]) -> Numbers:
    issued = found["issued"] if found else 0
    whole = issued == one.last and (not found or (found["least"], found["most"]) == (1, one.last))
    office = names.get(one.office, one.office)
    return Numbers(office, paper_title(one.kind), one.year, one.last, issued, () if whole else _missing(one))


def _missing(one: Series) -> tuple[int, ...]:
    """The first numbers up to the last that no paper carries; looked up only where the counts differ."""
    rows = Certificate.objects.filter(office=one.office, licence=one.kind, year=one.year)
    there = set(rows.values_list("serial", flat=True))
    return tuple(number for number in range(1, one.last + 1) if number not in there)[:MOST_MISSING]
