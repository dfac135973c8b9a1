"""The calendar of an office month by month, and which deadlines a change of it would move."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from satupintu.accounts.models import Office
from satupintu.audit.rules import Actor
from satupintu.catalogue.rules.holidays import SATURDAY, Holiday, holidays_of, is_working_day
from satupintu.kernel.worktime import RUNNING, Calendar, Promise, read
from satupintu.licensing import library
from satupintu.licensing.models import Application, Closure, ServiceTime
from satupintu.licensing.queries.clocks import RUNNING_STATES, WIB, events_of, is_estimate
from satupintu.licensing.queries.told import paper_title
from satupintu.licensing.rules.moves import SIGNER
from satupintu.licensing.rules.serving import Service

CITY = ""  # of a closure: every office


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month: why it is off (weekend, holiday, collective, closure; empty: open) and what for."""

    day: date
    why: str
    holiday: Holiday | None = None
    closure: Closure | None = None

    @property
    def estimate(self) -> bool:
        """Whether the holiday's date is not certain yet."""
        return self.holiday is not None and self.holiday.estimate


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday on (None outside the month), and its days off with a name."""

    first: date
    weeks: list[list[Day | None]]
    named: list[Day]
    known: bool

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the calendar or of the service time that is not made yet; ``office`` empty: every office."""

    office: str
    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()
    service_time: ServiceTime | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A file whose deadline would lie elsewhere; None: no deadline."""

    application: Application
    old: datetime | None
    new: datetime | None
    estimated: bool

    @property
    def old_day(self) -> date | None:
        """The last day as it is kept now."""
        return _last_day(self.old)

    @property
    def new_day(self) -> date | None:
        """The last day as it would be."""
        return _last_day(self.new)


def _last_day(deadline: datetime | None) -> date | None:
    return localdate(deadline - timedelta.resolution) if deadline else None


def month_of(office: str, first: date) -> Month:
    """A month of an office, by any day in it. A year the package does not know has no holidays: ``known`` is no."""
    first = first.replace(day=1)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    closures = {one.day: one for one in closures_of(office).filter(day__range=(first, last))}
    holidays = {one.day: one for one in holidays_of(first.year)}
    days = [_day(first + timedelta(n), holidays, closures) for n in range((last - first).days + 1)]
    padded: list[Day | None] = [*[None] * first.weekday(), *days]
    padded += [None] * (-len(padded) % 7)
    weeks = [padded[at : at + 7] for at in range(0, len(padded), 7)]
    return Month(first, weeks, [one for one in days if one.holiday or one.closure], bool(holidays))


def _day(day: date, holidays: dict[date, Holiday], closures: dict[date, Closure]) -> Day:
    holiday, closure = holidays.get(day), closures.get(day)
    if holiday:
        return Day(day, "collective" if holiday.collective else "holiday", holiday, closure)
    return Day(day, "closure" if closure else "weekend" if day.weekday() >= SATURDAY else "", None, closure)


def closures_of(office: str) -> QuerySet[Closure]:
    """The closures that hold for an office: its own and those of the whole city."""
    return Closure.objects.filter(Q(office=office) | Q(office=CITY)).order_by("day", "-office")


def closure_for(actor: Actor, key: int) -> Closure | None:
    """A closure the actor may take back, or None."""
    found = Closure.objects.filter(pk=key).first()
    return found if found and may_close(actor, found.office) else None


def may_close(actor: Actor, office: str) -> bool:
    """Whether the actor may change the calendar of an office: an administrator any, a signing official their own."""
    return actor.role == "administrator" or (actor.role == SIGNER and bool(office) and actor.office == office)


def offices_with_files(actor: Actor) -> list[tuple[str, str]]:
    """The offices whose calendar can be looked at, code and name: those that decide about papers, and one's own."""
    served = {one.office for one in library.library().services(date.max).values() if one.here and one.office}
    kinds = {one.office_kind for one in library.library().services(date.max).values() if one.here}
    found = Office.objects.filter(Q(code__in=served | {actor.office}) | Q(kind__in=kinds - {None}))
    return list(found.order_by("name").values_list("code", "name"))


def licences_of(office: str, day: date) -> dict[str, Service]:
    """The papers an office decides about on a day, by code."""
    kind = Office.objects.filter(code=office).values_list("kind", flat=True).first()
    found = library.library().services(day)
    return {
        code: one
        for code, one in found.items()
        if one.here and (one.office == office or (one.office_kind and one.office_kind == kind))
    }


def service_times_of(office: str) -> QuerySet[ServiceTime]:
    """The service times an office fixed by its letters, by paper, the newest first."""
    return ServiceTime.objects.filter(office=office).order_by("licence", "-begins")


def moved_deadlines(change: Change, at: datetime) -> Iterator[Moved]:
    """Every running file whose deadline the change moves, the most pressing first; nothing is written."""
    return _moved(running_files(change.office), at, change)


def wrong_deadlines(files: QuerySet[Application], at: datetime) -> Iterator[Moved]:
    """Those of some running files whose kept deadline is not what the clock shows now; ``new`` is what it should be."""
    return _moved(files, at, Change(CITY))


def running_files(office: str) -> QuerySet[Application]:
    """The files on whose clock the time runs; of every office for the whole city."""
    files = Application.objects.filter(state__in=RUNNING_STATES).exclude(accepted_at=None)
    return (files.filter(office=office) if office != CITY else files).order_by("deadline", "pk")


def _moved(files: QuerySet[Application], at: datetime, change: Change) -> Iterator[Moved]:
    calendars: dict[str, Calendar] = {}
    promises: dict[tuple[str, str, date, date], Promise | None] = {}
    for file in files.prefetch_related("steps").iterator(chunk_size=500):
        if file.office not in calendars:
            calendars[file.office] = changed_calendar(file.office, change)
        begun = calendars[file.office].day_of(file.accepted_at or file.made_at)
        key = (file.office, file.licence, file.law_day, begun)
        if key not in promises:
            promises[key] = _promise(file, begun, change.service_time)
        reading = read(events_of(file.steps.all()), promises[key], calendars[file.office], at)
        new = reading.deadline if reading.state == RUNNING else None
        if new != file.deadline:
            estimated = new is not None and is_estimate(localdate(at), localdate(new))
            yield Moved(file, file.deadline, new, estimated)


def _promise(file: Application, begun: date, planned: ServiceTime | None) -> Promise | None:
    """What is promised to a file, with the planned service time taken as standing already."""
    service = library.library().service(file.licence, file.law_day)
    if service is None:
        return None
    standing = ServiceTime.objects.filter(office=file.office, licence=file.licence, begins__lte=begun).first()
    if planned and (planned.office, planned.licence) == (file.office, file.licence) and planned.begins <= begun:
        standing = planned if standing is None or standing.begins <= planned.begins else standing
    days = standing.days if standing else service.service_time.days
    return Promise(days, tuple(service.service_time.warn_before), service.service_time.deemed) if days else None


def changed_calendar(office: str, change: Change) -> Calendar:
    """The calendar of an office as it would be with the change made."""
    kept = closures_of(office).values_list("office", "day")
    days = {day for whose, day in kept if whose != change.office or day not in change.opened} | change.closed
    return Calendar(cache(lambda day: day in days or not is_working_day(day)), WIB)


def change_of_closure(closure: Closure) -> Change:
    """What closing an office on a day changes."""
    return Change(closure.office, closed=frozenset({closure.day}))


def change_of_time(service_time: ServiceTime) -> Change:
    """What fixing a service time changes."""
    return Change(service_time.office, service_time=service_time)


def offices_to_change(actor: Actor) -> list[tuple[str, str]]:
    """The offices whose calendar the actor may change, code and name."""
    return [(code, name) for code, name in offices_with_files(actor) if may_close(actor, code)]


def papers_decided_here(day: date) -> list[tuple[str, str]]:
    """The papers our offices decide about on a day, code and plain name."""
    found = [code for code, one in library.library().services(day).items() if one.here]
    return sorted(((code, paper_title(code)) for code in found), key=lambda pair: pair[1])


def promised_times(office: str, day: date) -> list[dict[str, Any]]:
    """What an office promises for each of its papers: the days that hold today (None: not known), by which letter,
    and what was fixed for later."""
    rows = list(service_times_of(office))
    found = []
    for code, service in licences_of(office, day).items():
        own = [one for one in rows if one.licence == code]
        standing = next((one for one in own if one.begins <= day), None)
        found.append(
            {
                "paper": paper_title(code),
                "days": standing.days if standing else service.service_time.days,
                "standing": standing,
                "later": [one for one in own if one.begins > day],
            }
        )
    return found
