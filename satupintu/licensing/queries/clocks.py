"""The service time of a file: its events, its calendar, what it promises, what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import get_language

from satupintu.catalogue.rules.holidays import holidays_of, is_working_day
from satupintu.kernel.worktime import IDLE, PAUSED, RUNNING, START, STOPPED, Calendar, Event, Promise, Reading, read
from satupintu.licensing import library
from satupintu.licensing.models import Application, Closure, ServiceTime, Step
from satupintu.licensing.rules.clock_words import ClockWords, clock_words, turn_of
from satupintu.licensing.rules.moves import DESK, LICENSING, WAITING

WIB = timezone(timedelta(hours=7), "WIB")
# States in which the service time runs: with the office, from a complete file until its decision.
RUNNING_STATES = (*DESK, "examined")


def calendar_of(office: str) -> Calendar:
    """Weekends, national holidays, cuti bersama and the closures of an office and of the whole city."""
    closed = set(Closure.objects.filter(Q(office=office) | Q(office="")).values_list("day", flat=True))
    return Calendar(lambda day: day in closed or not is_working_day(day), WIB)


def promise_of(application: Application, day: date | None = None) -> Promise | None:
    """What the office promises: its own row of the day the count began, else the licence's data; None if unknown."""
    service = library.library().service(application.licence, application.law_day)
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


def words_of(application: Application, at: datetime, audience: str = "applicant") -> ClockWords:
    """The clock of one file in words of the page's language; ``audience`` is applicant or staff."""
    steps = list(application.steps.all())
    turn, since = turn_of(application.state), application.made_at
    for step in reversed(steps):
        if turn_of(step.state) != turn:
            break
        since = step.made_at
    return clock_words(
        reading_of(application, at, steps),
        state=application.state,
        since=since,
        at=at,
        calendar=calendar_of(application.office),
        estimated=application.deadline_estimated,
        audience=audience,
        language=page_language(),
    )


def row_words(application: Application, at: datetime, calendar: Calendar) -> ClockWords:
    """The short words of a file in a list for staff, from the copy of its deadline: asks the database nothing.

    ``calendar`` is that of the file's office, made once for the whole list.
    """
    service = library.library().service(application.licence, application.law_day)
    reading = Reading(_row_state(application))
    if reading.state == RUNNING and application.deadline is not None:
        end = application.deadline
        reading = Reading(RUNNING, deadline=end, last_day=calendar.day_of(end - timedelta.resolution))
    return clock_words(
        reading,
        state=application.state,
        since=application.moved_at,
        at=at,
        calendar=calendar,
        estimated=application.deadline_estimated,
        soon=max(service.service_time.warn_before, default=0) if service else 0,
        audience="staff",
        language=page_language(),
    )


def _row_state(application: Application) -> str:
    if application.accepted_at is None:
        return IDLE
    if application.state in RUNNING_STATES:
        return RUNNING
    return PAUSED if application.state in WAITING else STOPPED


def page_language() -> str:
    """The language of the page as rules take it: id or en."""
    return "en" if get_language() == "en" else "id"
