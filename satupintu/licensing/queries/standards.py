"""Service standards as the public sees them, with what was measured beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, IntegerField, Value, When

from satupintu.accounts.queries import office_names
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.entries import Office, Source
from satupintu.licensing import library
from satupintu.licensing.models import Application, ServiceTime
from satupintu.licensing.rules.measured import Group, Measured, measured
from satupintu.licensing.rules.serving import Service

MEASURED_DAYS = 365  # the last 12 months
KEPT = 60 * 60  # seconds: counting a year of a whole city takes longer than a page may, and changes little in an hour


@dataclass(frozen=True)
class Standard:
    """The six public components of one paper's service (PermenPANRB 15/2014) and what was measured of it.

    ``own_time`` is the service time an office fixed by its own letter, which goes before the data; ``ask`` is whom to
    ask for what is not known.
    """

    service: Service
    header: Any
    office: str
    ask: Office | None
    documents: list[dict[str, Any]]
    own_time: ServiceTime | None
    sources: list[dict[str, Any]]
    figures: Measured

    @property
    def days(self) -> int | None:
        """The promised working days, None if nobody promised any."""
        return self.own_time.days if self.own_time else self.service.service_time.days


def standards(at: datetime, day: date) -> dict[str, list[Standard]]:
    """The standard of every paper that is served on a day, by who issues it: ``here`` and ``elsewhere``."""
    figures, times, names = _figures(at), _own_times(day), office_names()
    found: dict[str, list[Standard]] = {"here": [], "elsewhere": []}
    for code in catalogue.catalogue().licences:
        service = library.library().service(code, day)
        if service is not None:
            made = _standard(service, figures.get(code, measured(())), times.get((service.office or "", code)), names)
            found[service.way].append(made)
    return found


def standard(code: str, at: datetime, day: date) -> Standard | None:
    """The standard of one paper, None if it is not served on that day."""
    service = library.library().service(code, day)
    if service is None:
        return None
    figures = _figures(at).get(code, measured(()))
    return _standard(service, figures, _own_times(day).get((service.office or "", code)), office_names())


def _figures(at: datetime) -> dict[str, Measured]:
    found: dict[str, Measured] | None = cache.get("licensing.figures")
    if found is None:
        found = figures_since(at)
        cache.set("licensing.figures", found, KEPT)
    return found


def figures_since(at: datetime) -> dict[str, Measured]:
    """What was measured of the files decided in the last 12 months, by paper.

    The database counts files by hours, so what comes here does not grow with them.
    """
    decided = Application.objects.filter(
        decided_at__gt=at - timedelta(days=MEASURED_DAYS), decided_at__lte=at, working_hours__isnull=False
    )
    rows = (
        decided.order_by()
        .values("licence", "working_hours")
        .annotate(
            files=Count("pk"),
            timed=Count("in_time"),
            in_time_files=_how_many(in_time=True),
            judged=Count("first_time_right"),
            right=_how_many(first_time_right=True),
        )
    )
    groups: dict[str, list[Group]] = {}
    for row in rows:
        group = Group(
            row["working_hours"] or 0, row["files"], row["timed"], row["in_time_files"], row["judged"], row["right"]
        )
        groups.setdefault(row["licence"], []).append(group)
    return {code: measured(of_it) for code, of_it in groups.items()}


def _how_many(**holds: bool) -> Count:
    return Count(Case(When(**holds, then=Value(1)), output_field=IntegerField()))


def _own_times(day: date) -> dict[tuple[str, str], ServiceTime]:
    """The service times fixed by letter that hold on a day, by office and paper."""
    begun = ServiceTime.objects.filter(begins__lte=day).order_by("begins", "pk")
    return {(one.office, one.licence): one for one in begun}


def _standard(service: Service, figures: Measured, own: ServiceTime | None, names: dict[str, str]) -> Standard:
    known = catalogue.catalogue()
    header = known.licences[service.code].header
    asked = [known.offices[gap.ask] for gap in header.unknown] + [known.offices[code] for code in header.where]
    return Standard(
        service=service,
        header=header,
        office=names.get(service.office or "", ""),
        ask=asked[0] if asked else None,
        documents=[{"slot": slot, "document": known.documents[slot.code]} for slot in service.documents],
        own_time=own,
        sources=[_source(known.sources[code]) for code in dict.fromkeys(_named(service))],
        figures=figures,
    )


def _source(source: Source) -> dict[str, Any]:
    """Where something was read, and on which day if that was noted."""
    read_on = source.read_on or ""
    day = date.fromisoformat(read_on) if read_on[:4].isdecimal() and len(read_on) == 10 else None
    return {"title": source.title, "title_en": source.title_en, "day": day}


def _named(service: Service) -> Iterator[str]:
    """Every source the standard rests on, in the order of what it says."""
    figures = (service.service_time, service.fee, service.validity)
    told = [slot.source for slot in service.documents] + [figure.source or "" for figure in figures]
    for sources in told:
        yield from (one.strip() for one in sources.split(";") if one.strip())
