"""Service time: how long the office has had a complete file, when its time is up, and whose turn it is.

The promise is given in working days from a complete and correct file (PP 28/2025 art. 17-23). Every moment from the
start on is exactly one of three: *off* (a day on which the office is closed, whoever's turn it is), *paused* (an open
day, waiting for the applicant) or *running* (an open day, the office's turn). All three are exact durations, nothing is
rounded, so running + paused + off = elapsed.

A working day is 24 hours of running time. The rest of the day on which counting begins comes on top, so without a pause
the time is up at the end of the n-th working day after it. That the day itself is not counted is our reading: the law
says "from the day". A pause takes nothing away and gives nothing, wherever it lies in the day; counting whole days
would let one minute of pausing stop a day.

Nothing here knows a clock, a file or a list of holidays: moments and the days off are given in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone

DAY = timedelta(days=1)
NOTHING = timedelta(0)
# Nobody closes for longer; a calendar that does is a wrong calendar, and counting in it would never end.
LONGEST_CLOSURE = 366

START, PAUSE, RESUME, REWIND, RESTART, STOP = KINDS = ("start", "pause", "resume", "rewind", "restart", "stop")
IDLE, RUNNING, PAUSED, STOPPED = "idle", "running", "paused", "stopped"
OFFICE, APPLICANT, NOBODY = "office", "applicant", "nobody"

# What each event does. An office cannot restart its own running clock: a restart answers something it asked.
STEPS: Mapping[tuple[str, str], str] = {
    (IDLE, START): RUNNING,
    (RUNNING, PAUSE): PAUSED,
    (RUNNING, REWIND): PAUSED,
    (RUNNING, STOP): STOPPED,
    (PAUSED, RESUME): RUNNING,
    (PAUSED, RESTART): RUNNING,
    (PAUSED, REWIND): PAUSED,
    (PAUSED, STOP): STOPPED,
}
TURNS: Mapping[str, str] = {IDLE: NOBODY, RUNNING: OFFICE, PAUSED: APPLICANT, STOPPED: NOBODY}

# Status codes of OSS that move the clock (Pedoman Integrasi Aplikasi OSS RBA 4.3.22, Lampiran 10): 41 asks to confirm
# requirements and pauses, 42 is the answer and goes on, 43 asks once more and goes back to the start, paused, 44 counts
# again from the start.
OSS: Mapping[str, str] = {"41": PAUSE, "42": RESUME, "43": REWIND, "44": RESTART}


class ClockFault(ValueError):
    """Events that cannot have happened in this order, a moment without a time zone, or a calendar without open days."""


@dataclass(frozen=True, slots=True)
class Event:
    """One of ``KINDS`` at a moment with a time zone."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """The service time of a licence: ``days`` working days (1 or more).

    ``warn_before`` are numbers of working days before the end at which somebody is warned, ``deemed`` whether silence
    counts as approval by law (PP 28/2025 art. 225 and 230). Raises ClockFault for fewer days than 1.
    """

    days: int
    warn_before: tuple[int, ...] = ()
    deemed: bool = False

    def __post_init__(self) -> None:
        if self.days < 1 or min(self.warn_before, default=0) < 0:
            raise ClockFault(f"jangka waktu harus 1 hari kerja atau lebih: {self}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are off: weekends, national holidays, cuti bersama (SKB 3 Menteri), closures of this office.

    ``zone`` is where the day begins and ends. It is an offset, as everywhere in Indonesia: no day has 23 hours.
    """

    is_off: Callable[[date], bool]
    zone: timezone

    def day_of(self, moment: datetime) -> date:
        """The calendar day at the office. Raises ClockFault for a moment without a time zone."""
        if moment.tzinfo is None:
            raise ClockFault(f"waktu tanpa zona: {moment}")
        return moment.astimezone(self.zone).date()

    def end_of_day(self, moment: datetime) -> datetime:
        """The midnight that ends the day of this moment; it belongs to the next day already."""
        return datetime.combine(self.day_of(moment) + DAY, time.min, self.zone)

    def _days(self, begin: datetime, end: datetime) -> Iterator[tuple[date, timedelta]]:
        """Each day between two moments, with how much of it lies between them."""
        while begin < end:
            midnight = min(self.end_of_day(begin), end)
            yield self.day_of(begin), midnight - begin
            begin = midnight

    def open_between(self, begin: datetime, end: datetime) -> timedelta:
        """How much of the time between two moments falls on days that are not off."""
        return sum((part for day, part in self._days(begin, end) if not self.is_off(day)), NOTHING)

    def off_between(self, begin: datetime, end: datetime) -> timedelta:
        """How much of the time between two moments falls on days off."""
        return sum((part for day, part in self._days(begin, end) if self.is_off(day)), NOTHING)

    def after(self, begin: datetime, work: timedelta) -> datetime:
        """The earliest moment at which so much open time has passed since ``begin``; ``begin`` itself for none.

        Raises ClockFault if the calendar has no open day for more than a year.
        """
        moment, closed = begin.astimezone(self.zone), 0
        while work > NOTHING:
            midnight = self.end_of_day(moment)
            if self.is_off(self.day_of(moment)):
                closed += 1
                if closed > LONGEST_CLOSURE:
                    raise ClockFault(f"tidak ada hari kerja sampai {self.day_of(moment)}")
                moment = midnight
            else:
                closed = 0
                part = min(midnight - moment, work)
                moment, work = moment + part, work - part
        return moment

    def allowance(self, begin: datetime, days: int) -> timedelta:
        """The running time of a promise that counts from ``begin``: the rest of that day if open, then whole days."""
        return self.open_between(begin, self.end_of_day(begin)) + days * DAY


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which the clock stood in one state. ``round`` grows each time counting goes back to the start."""

    begin: datetime
    end: datetime
    state: str
    round: int

    @property
    def turn(self) -> str:
        """Whose turn it was: office or applicant."""
        return TURNS[self.state]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock shows at one moment.

    ``running``, ``paused`` and ``off`` are sums since the start over all rounds. ``counted`` of ``allowed`` is used up
    in this round. ``deadline`` is when the time is up; while paused, where it would lie if the applicant answered at
    this moment. ``last_day`` is the day to show for it. ``alerts`` are the moments of ``Promise.warn_before``, in its
    order, never after the deadline. ``late_since`` is when the time was first up in any round: going back to the start
    does not undo it. ``deemed_at`` is the same moment where silence is approval by law. Before the start all is empty.
    """

    state: str
    running: timedelta = NOTHING
    paused: timedelta = NOTHING
    off: timedelta = NOTHING
    counted: timedelta = NOTHING
    allowed: timedelta = NOTHING
    deadline: datetime | None = None
    last_day: date | None = None
    alerts: tuple[datetime, ...] = ()
    late_since: datetime | None = None
    deemed_at: datetime | None = None

    @property
    def turn(self) -> str:
        """Whose turn it is: office, applicant, or nobody before the start and after the stop."""
        return TURNS[self.state]


def spans(events: Sequence[Event], until: datetime) -> list[Span]:
    """The stretches from the start to the stop or to ``until``, in order and without gaps; later events are left out.

    Raises ClockFault for events out of order or not allowed one after the other (``STEPS``).
    """
    found: list[Span] = []
    state, number, since = IDLE, 0, until
    for event in _until(events, until):
        if (state, event.kind) not in STEPS:
            raise ClockFault(f"{event.kind} tidak mungkin saat jam {state}, {event.at}")
        if state != IDLE:
            found.append(Span(since, event.at, state, number))
        number += event.kind in (REWIND, RESTART)
        state, since = STEPS[state, event.kind], event.at
    if state in (RUNNING, PAUSED):
        found.append(Span(since, until, state, number))
    return found


def _until(events: Sequence[Event], until: datetime) -> Iterator[Event]:
    before: datetime | None = None
    for event in events:
        if event.at.tzinfo is None or until.tzinfo is None:
            raise ClockFault(f"waktu tanpa zona: {event.at}, {until}")
        if before is not None and event.at < before:
            raise ClockFault(f"{event.kind} {event.at} lebih awal dari kejadian sebelumnya {before}")
        if event.at <= until:
            yield event
        before = event.at


def read(events: Sequence[Event], promise: Promise | None, calendar: Calendar, at: datetime) -> Reading:
    """What the clock shows at a moment, now or long ago: events after it do not count yet.

    Where no service time is known, ``promise`` is None: the three sums are told, no deadline is. Raises ClockFault.
    """
    stretches = spans(events, at)
    if not stretches:
        return Reading(IDLE)
    rounds = [_Round(calendar, stretches, number) for number in range(stretches[-1].round + 1)]
    paused = (calendar.open_between(s.begin, s.end) for s in stretches if s.state == PAUSED)
    sums = Reading(
        state=STOPPED if any(event.kind == STOP for event in _until(events, at)) else stretches[-1].state,
        running=sum((each.counted for each in rounds), NOTHING),
        paused=sum(paused, NOTHING),
        off=sum((calendar.off_between(s.begin, s.end) for s in stretches), NOTHING),
        counted=rounds[-1].counted,
    )
    return sums if promise is None else _against(promise, sums, rounds)


def _against(promise: Promise, sums: Reading, rounds: Sequence[_Round]) -> Reading:
    """The sums with what was promised: how much is allowed, when it is up, and whether it was."""
    last, allowed = rounds[-1], [each.allowance(promise.days) for each in rounds]
    deadline = last.reached(allowed[-1])
    up = [each.reached(most) for each, most in zip(rounds, allowed, strict=True) if each.counted >= most]
    late = min(up, default=None)
    return replace(
        sums,
        allowed=allowed[-1],
        deadline=deadline,
        last_day=last.calendar.day_of(deadline - timedelta.resolution),
        alerts=tuple(last.reached(allowed[-1] - days * DAY) for days in promise.warn_before),
        late_since=late,
        deemed_at=late if promise.deemed else None,
    )


class _Round:
    """One counting from the start on: the running spans of it. ``end`` is up to when the clock is read."""

    def __init__(self, calendar: Calendar, stretches: Sequence[Span], number: int) -> None:
        self.calendar = calendar
        self.spans = [s for s in stretches if s.round == number and s.state == RUNNING]
        self.end = stretches[-1].end
        self.counted = sum((calendar.open_between(s.begin, s.end) for s in self.spans), NOTHING)

    def allowance(self, days: int) -> timedelta:
        """What a promise of so many days allows from the first moment that counts, or would count now."""
        return self.calendar.allowance(self.spans[0].begin if self.spans else self.end, days)

    def reached(self, work: timedelta) -> datetime:
        """When this much was counted; if it was not yet, when it will be, running on from the last moment."""
        for span in self.spans:
            here = self.calendar.open_between(span.begin, span.end)
            if here >= work:
                return self.calendar.after(span.begin, work)
            work -= here
        return self.calendar.after(self.end, work)
