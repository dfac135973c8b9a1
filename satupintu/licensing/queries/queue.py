"""The queue of the offices: its views, its filters, its pages, its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, localtime

from satupintu.accounts.queries import office_names
from satupintu.audit.rules import Actor
from satupintu.catalogue.rules.holidays import is_working_day
from satupintu.kernel.worktime import Calendar
from satupintu.licensing import library
from satupintu.licensing.models import Application, Closure, SavedView
from satupintu.licensing.queries.clocks import RUNNING_STATES, WIB, row_words
from satupintu.licensing.queries.desk import OFFICERS, ORDER, RESTING, turn_states, within_reach
from satupintu.licensing.queries.told import paper_title
from satupintu.licensing.rules.clock_words import ClockWords
from satupintu.licensing.rules.moves import APPLICANT_STATES, CLOSED, OFFICE_STATES
from satupintu.licensing.rules.numbers import read_number
from satupintu.registry.queries.known import region_name
from satupintu.registry.queries.search import search

PAGE = 50
MOST_COUNTED = 1_000  # a longer view is told as "1.000+"
SOON = timedelta(days=2)  # of working time before the deadline
MINE, UNCLAIMED, LATE, NEAR, WAITING, DONE, EVERY = VIEWS = (
    *("giliran", "tanpa-petugas", "lewat", "mendekati", "pemohon", "selesai", "semua"),
)
NEWEST_FIRST = ("-moved_at", "-pk")
DONE_STATES = frozenset({*CLOSED, "refused"})


@dataclass(frozen=True)
class Filters:
    """What a view is narrowed to; empty is everything. ``text`` is a file number or words of a name."""

    licence: str = ""
    state: str = ""
    region: str = ""
    market: int | None = None
    batch: str = ""
    channel: str = ""
    text: str = ""

    def any(self) -> bool:
        """Whether anything is narrowed."""
        return self != Filters()


@dataclass(frozen=True)
class Row:
    """A file as a list shows it."""

    file: Application
    paper: str
    state: str
    state_en: str
    clock: ClockWords
    region: str


@dataclass(frozen=True)
class Page:
    """Some files in their order; ``after`` is the number of the last one if more follow."""

    rows: list[Row] = field(default_factory=list)
    after: str = ""


@dataclass(frozen=True)
class View:
    """A view with how many files are in it; ``more``: beyond counting."""

    code: str
    count: int
    more: bool


def views_for(actor: Actor) -> tuple[str, ...]:
    """The views somebody has; who only reads holds no files."""
    return VIEWS if actor.role in OFFICERS else VIEWS[1:]


def in_view(actor: Actor, view: str, at: datetime) -> QuerySet[Application]:
    """The files of a view, in no order. Drafts are the applicant's alone."""
    files = within_reach(actor, localdate(at)).exclude(state="draft")
    turn = turn_states(actor.role) or tuple(state for state in OFFICE_STATES if state not in RESTING)
    if view == MINE:
        return files.filter(state__in=turn, claimed_by=actor.ref)
    if view == UNCLAIMED:
        return files.filter(state__in=turn, claimed_by="")
    if view == LATE:
        return files.filter(state__in=RUNNING_STATES, deadline__lte=at)
    if view == NEAR:
        soon = Calendars().of(actor.office).after(at, SOON)
        return files.filter(state__in=RUNNING_STATES, deadline__gt=at, deadline__lte=soon)
    if view == WAITING:
        return files.filter(state__in=[state for state in APPLICANT_STATES if state not in ("draft", "refused")])
    return files.filter(state__in=DONE_STATES) if view == DONE else files


def narrowed(actor: Actor, view: str, filters: Filters, at: datetime) -> QuerySet[Application]:
    """The files of a view that fit. Whoever looks for a number or a name looks in every view."""
    files = in_view(actor, EVERY if filters.text else view, at)
    if filters.region:
        files = files.filter(Q(region=filters.region) | Q(region__startswith=f"{filters.region}."))
    wanted = {name: getattr(filters, name) for name in ("licence", "state", "market", "batch", "channel")}
    files = files.filter(**{name: value for name, value in wanted.items() if value})
    return _found(actor, files, filters.text) if filters.text else files


def _found(actor: Actor, files: QuerySet[Application], text: str) -> QuerySet[Application]:
    number = read_number(text)
    if number is not None:
        return files.filter(number=number)
    people = [hit.person.pk for hit in search(actor, text).hits]
    begun = "".join(sign for sign in text.upper() if sign.isalnum() or sign == "-")
    by_number = Q(number__startswith=begun) if begun.startswith("SP-") else Q(pk__in=())
    return files.filter(Q(person__in=people) | by_number)


def page(actor: Actor, view: str, filters: Filters, at: datetime, after: str = "", size: int = PAGE) -> Page:
    """The files after the one with a number, by deadline and then age; ended ones and searches the newest first."""
    files = narrowed(actor, view, filters, at)
    newest = view in (DONE, EVERY) or bool(filters.text)
    last = within_reach(actor, localdate(at)).filter(number=after).first() if after else None
    if last is not None:
        files = files.filter(_past_newest(last) if newest else _past(last))
    files = files.order_by(*(NEWEST_FIRST if newest else ORDER))
    found = list(files.select_related("person", "business", "market")[: size + 1])
    return Page(rows_of(found[:size], at), found[size - 1].number if len(found) > size else "")


def _past(last: Application) -> Q:
    """What comes after a file by deadline (none is last) and age."""
    if last.deadline is None:
        return Q(deadline=None, pk__gt=last.pk)
    later = Q(deadline__gt=last.deadline) | Q(deadline=last.deadline, pk__gt=last.pk)
    return later | Q(deadline=None)


def _past_newest(last: Application) -> Q:
    """What comes after a file by newness. The first part alone would do less; it lets an index begin there."""
    return Q(moved_at__lte=last.moved_at) & (Q(moved_at__lt=last.moved_at) | Q(pk__lt=last.pk))


def rows_of(files: Iterable[Application], at: datetime) -> list[Row]:
    """Files as a list shows them; the closures of all offices are asked for once."""
    states, calendars = library.library().states, Calendars()
    return [
        Row(
            file=one,
            paper=paper_title(one.licence),
            state=states[one.state].staff,
            state_en=states[one.state].staff_en,
            clock=row_words(one, at, calendars.of(one.office)),
            region=region_name(one.region),
        )
        for one in files
    ]


class Calendars:
    """The calendar of every office, from one question to the database."""

    def __init__(self) -> None:
        self._closed: dict[str, set[Any]] = {}
        for office, day in Closure.objects.values_list("office", "day"):
            self._closed.setdefault(office, set()).add(day)

    def of(self, office: str) -> Calendar:
        """Weekends, holidays, and the closures of an office and of the whole city."""
        closed = self._closed.get("", set()) | self._closed.get(office, set())
        return Calendar(lambda day: day in closed or not is_working_day(day), WIB)


def counts(actor: Actor, at: datetime) -> list[View]:
    """Every view with how much is in it, counted no further than needed."""
    return [View(view, *_count(in_view(actor, view, at))) for view in views_for(actor)]


def _count(files: QuerySet[Application]) -> tuple[int, bool]:
    count = files.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return min(count, MOST_COUNTED), count > MOST_COUNTED


def my_turn(actor: Actor, at: datetime) -> QuerySet[Application]:
    """What waits for the actor: files they hold, and those of their desk that nobody holds."""
    turn = within_reach(actor, localdate(at)).filter(state__in=turn_states(actor.role))
    return turn.filter(claimed_by__in=("", actor.ref))


def next_after(actor: Actor, at: datetime, but: Application) -> Application | None:
    """The file to show after one is done: the most pressing that the actor holds, else one that nobody holds."""
    files = my_turn(actor, at).exclude(pk=but.pk)
    mine = files.filter(claimed_by=actor.ref).order_by(*ORDER).first()
    return mine or files.order_by(*ORDER).first()


def complete_of_a_day(actor: Actor, filters: Filters, at: datetime, most: int = 200) -> list[Application]:
    """Files that wait to be accepted and that nobody else holds, of one batch or market, the oldest first."""
    files = narrowed(actor, EVERY, filters, at).filter(state="submitted", claimed_by__in=("", actor.ref))
    files = files.select_related("person", "business", "market").prefetch_related("attachments")
    return list(files.order_by("submitted_at", "pk")[:most])


def batches(actor: Actor, at: datetime, most: int = 30) -> list[str]:
    """Names of batches with files that wait to be accepted."""
    waiting = within_reach(actor, localdate(at)).filter(state="submitted").exclude(batch="")
    return list(waiting.order_by("batch").values_list("batch", flat=True).distinct()[:most])


def exported(actor: Actor, view: str, filters: Filters, at: datetime) -> Iterator[list[str]]:
    """The rows of a view as plain cells, the head first. No NIK, no phone."""
    yield [
        *("nomor", "surat", "pemohon", "usaha", "wilayah", "pasar", "rombongan", "keadaan", "petugas"),
        *("kantor", "masuk", "batas", "bergerak"),
    ]
    states, offices = library.library().states, office_names()
    files = narrowed(actor, view, filters, at).order_by(*ORDER).select_related("person", "business", "market")
    for one in files.iterator(chunk_size=2_000):
        yield [
            one.number,
            paper_title(one.licence),
            one.person.display_name,
            one.business.trade_name if one.business else "",
            region_name(one.region),
            one.market.name if one.market else "",
            one.batch,
            states[one.state].staff,
            one.claimed_name,
            offices.get(one.office, one.office),
            *(_day(moment) for moment in (one.submitted_at, one.deadline, one.moved_at)),
        ]


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{localtime(moment):%Y-%m-%d %H:%M}"


def saved_views(actor: Actor) -> list[SavedView]:
    """The views the actor keeps, by name."""
    return list(SavedView.objects.filter(owner=actor.ref))


def filters_as_values(filters: Filters) -> Mapping[str, Any]:
    """The filters for the audit; what was searched for is told only as being there, for it may be a name."""
    given = {name: getattr(filters, name) for name in ("licence", "state", "region", "market", "batch", "channel")}
    return {**given, "text": bool(filters.text)}
