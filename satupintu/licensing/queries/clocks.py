"""The service time of a file: its events, its calendar, what it promises, what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

from django.db.models import Q
from django.utils.timezone import localdate

from satupintu.catalogue.rules.holidays import holidays_of, is_working_day
from satupintu.kernel.worktime import START, Calendar, Event, Promise, Reading, read
from satupintu.licensing import library
from satupintu.licensing.models import Application, Closure, ServiceTime, Step
from satupintu.licensing.rules.moves import LICENSING

WIB = timezone(timedelta(hours=7), "WIB")


def calendar_of(office: str) -> Calendar:
    """Weekends, national holidays, cuti bersama and the closures of an office and of the whole city."""
    closed = set(Closure.objects.filter(Q(office=office) | Q(office="")).values_list("day", flat=True))
    return Calendar(lambda day: day in closed or not is_working_day(day), WIB)


def promise_of(application: Application, day: date | None = None) -> Promise | None:
    """What the office promises: its own row of the day the count began, else the licence's data; None if unknown."""
    service = library.service(application.licence, application.law_day)
    if service is None:
        return None
    on = day or localdate(application.accepted_at or application.made_at)
    own = service_time_of(application.office, application.licence, on)
    days = own.days if own else service.service_time.days
    if not days:
        return None
    return Promise(days, tuple(service.service_time.warn_before), service.service_time.deemed)


def service_time_of(office: str, licence: str, on: date) -> ServiceTime | None:
    """The service time an office fixed by its own letter, as of a day."""
    return ServiceTime.objects.filter(office=office, licence=licence, begins__lte=on).first()


def events_of(steps: Iterable[Step]) -> list[Event]:
    """The moves that moved the clock."""
    found = [(LICENSING.by_name[step.move].clock, step.made_at) for step in steps if step.move in LICENSING.by_name]
    return [Event(kind, at) for kind, at in found if kind]


def reading_of(application: Application, at: datetime, steps: Iterable[Step] | None = None) -> Reading:
    """What the clock of a file shows at a moment."""
    events = events_of(application.steps.all() if steps is None else steps)
    if not any(event.kind == START for event in events):
        return Reading("idle")
    return read(events, promise_of(application), calendar_of(application.office), at)


def is_estimate(begin: date, end: date) -> bool:
    """Whether days off between two days are still estimates, or of a year whose holidays are not known."""
    for year in range(begin.year, end.year + 1):
        days = holidays_of(year)
        if not days or any(h.estimate and begin <= h.day <= end for h in days):
            return True
    return False
