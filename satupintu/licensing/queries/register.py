"""The public register: every paper of our offices without personal data, a page at a time or as open data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from satupintu.catalogue import queries as catalogue
from satupintu.kernel.seal.typed_codes import number_of, typed_code
from satupintu.licensing import library
from satupintu.licensing.models import Certificate
from satupintu.licensing.rules.register import COLUMNS, HOLDS, SUSPENDED, state_on
from satupintu.registry.models import Market
from satupintu.registry.queries.known import region_name

PAGE = 25
SHOWN = ("licence", "number", "public", "region", "issued", "valid_from", "valid_until", "status")


@dataclass(frozen=True)
class Asked:
    """What the register is narrowed to; empty is everything. ``text`` is a number or typed code, found in any state."""

    text: str = ""
    paper: str = ""
    market: str = ""
    region: str = ""
    standing: str = HOLDS


@dataclass(frozen=True)
class Entry:
    """One line: a paper as the public sees it, and what it is today."""

    key: int
    number: str
    licence: str
    title: str
    kbli: str
    kbli_title: str
    market: str
    region: str
    region_name: str
    issued: date
    valid_from: date
    valid_until: date | None
    state: str


@dataclass(frozen=True)
class Page:
    """Some lines, the newest first; ``after`` names the last one if more follow."""

    entries: list[Entry] = field(default_factory=list)
    after: int | None = None


def page(asked: Asked, day: date, after: int | None = None, size: int = PAGE) -> Page:
    """The lines after the one named, ``size`` of them."""
    rows = _found(asked, day)
    last = Certificate.objects.filter(pk=after).values("issued", "pk").first() if after else None
    if last is not None:
        rows = rows.filter(issued__lte=last["issued"]).exclude(issued=last["issued"], pk__gte=last["pk"])
    entries = [_entry(row, day) for row in rows.values("pk", *SHOWN)[: size + 1]]
    return Page(entries[:size], entries[size - 1].key if len(entries) > size else None)


def entry(code: str, day: date) -> Entry | None:
    """The line of one paper by its typed code, None if there is none; a replaced one leads to nothing."""
    row = _standing_rows().filter(code=_code(code) or "-").values("pk", *SHOWN).first()
    return _entry(row, day) if row else None


def open_data(asked: Asked, day: date) -> Iterator[list[str]]:
    """Every line that fits as plain cells in the order of ``COLUMNS``, without the head."""
    for row in _found(asked, day).values("pk", *SHOWN).iterator(chunk_size=2_000):
        one = _entry(row, day)
        version, _sep, code = one.kbli.partition("-")
        yield [
            one.number,
            one.licence,
            one.title,
            version,
            code,
            one.kbli_title,
            one.market,
            one.region,
            one.region_name,
            one.issued.isoformat(),
            one.valid_from.isoformat(),
            one.valid_until.isoformat() if one.valid_until else "",
            one.state,
        ]


def open_records(asked: Asked, day: date) -> Iterator[dict[str, str]]:
    """The same lines by the name of the column."""
    return (dict(zip(COLUMNS, cells, strict=True)) for cells in open_data(asked, day))


def papers_issued(day: date) -> dict[str, str]:
    """The papers that our offices issue, in words, by code."""
    return {code: title(code) for code, service in library.library().services(day).items() if service.here}


def markets() -> list[tuple[str, str]]:
    """Every market by code, in the order of names."""
    return list(Market.objects.order_by("name", "pk").values_list("code", "name"))


def title(licence: str) -> str:
    """A paper's name in the page's language."""
    known = catalogue.catalogue().licences.get(licence)
    if known is None:
        return licence
    return (known.header.title_en if get_language() == "en" else None) or known.header.title


def _standing_rows() -> QuerySet[Certificate]:
    # A paper that another edition replaced shows as that edition, under the same number.
    return Certificate.objects.exclude(status="superseded").order_by("-issued", "-pk")


def _found(asked: Asked, day: date) -> QuerySet[Certificate]:
    rows = _standing_rows()
    if asked.text:
        number = asked.text.upper()
        code = _code(asked.text)
        return rows.filter(Q(number=number) | Q(code=code)) if code else rows.filter(number=number)
    if asked.paper:
        rows = rows.filter(licence=asked.paper)
    if asked.region:
        rows = rows.filter(Q(region=asked.region) | Q(region__startswith=f"{asked.region}."))
    if asked.market:
        rows = rows.filter(application__market__code=asked.market)
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    if asked.standing == HOLDS:
        return rows.filter(running, status="active")
    if asked.standing == SUSPENDED:
        return rows.filter(running, status="suspended")
    if asked.standing == "ended":
        return rows.filter(Q(valid_until__lt=day) | Q(status__in=("revoked", "expired")))
    return rows


def _code(typed: str) -> str | None:
    number = number_of(typed)
    return None if number is None else typed_code(number)


def _entry(row: dict[str, Any], day: date) -> Entry:
    public = row["public"]
    return Entry(
        row["pk"],
        row["number"],
        row["licence"],
        title(row["licence"]),
        public.get("kbli", ""),
        public.get("kbli_title", ""),
        public.get("market", ""),
        row["region"],
        region_name(row["region"]),
        row["issued"],
        row["valid_from"],
        row["valid_until"],
        state_on(row["status"], row["valid_from"], row["valid_until"], day),
    )
