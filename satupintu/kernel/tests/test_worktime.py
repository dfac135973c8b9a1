"""The clock of a file, checked against counting hour by hour, by its invariants, and on days of the real calendar."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from satupintu.kernel.worktime import (
    DAY,
    NOTHING,
    OSS,
    PAUSE,
    PAUSED,
    RESTART,
    RESUME,
    REWIND,
    RUNNING,
    START,
    STEPS,
    STOP,
    STOPPED,
    Calendar,
    ClockFault,
    Event,
    Promise,
    read,
    spans,
)

WIB = timezone(timedelta(hours=7))
HOUR = timedelta(hours=1)
# Working days lost around Idul Fitri and at Christmas 2026; 18, 20, 23, 24 March and 24 December are cuti bersama.
DAYS_OFF = {
    date(2026, 3, 18),
    date(2026, 3, 19),
    date(2026, 3, 20),
    date(2026, 3, 23),
    date(2026, 3, 24),
    date(2026, 12, 24),
    date(2026, 12, 25),
}
CITY = Calendar(lambda day: day.weekday() >= 5 or day in DAYS_OFF, WIB)
ALWAYS_OPEN = Calendar(lambda day: False, WIB)


def wib(month, day, hour=0, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


def events(*pairs):
    return [Event(kind, at) for kind, at in pairs]


def at_end_of(month, day):
    """The midnight that ends the day."""
    return wib(month, day) + DAY


# Worked cases: 23 November 2026 is a Monday.


@pytest.mark.parametrize(
    ("complete", "days", "deadline", "last_day"),
    [
        (wib(11, 23, 10), 1, at_end_of(11, 24), date(2026, 11, 24)),
        (wib(11, 23, 0), 1, at_end_of(11, 24), date(2026, 11, 24)),
        (wib(11, 27, 15), 1, at_end_of(11, 30), date(2026, 11, 30)),  # Friday: the weekend does not count
        (wib(11, 28, 9), 1, at_end_of(11, 30), date(2026, 11, 30)),  # Saturday: Monday is the first day
        (wib(3, 17, 10), 1, at_end_of(3, 25), date(2026, 3, 25)),  # holidays, cuti bersama and a weekend
        (wib(3, 16, 10), 3, at_end_of(3, 26), date(2026, 3, 26)),
        (wib(12, 21, 8), 5, at_end_of(12, 30), date(2026, 12, 30)),
        (wib(11, 23, 10), 14, at_end_of(12, 11), date(2026, 12, 11)),
    ],
)
def test_the_time_is_up_at_the_end_of_the_last_working_day(complete, days, deadline, last_day):
    reading = read(events((START, complete)), Promise(days), CITY, complete)
    assert (reading.deadline, reading.last_day) == (deadline, last_day)


def test_the_three_parts_of_two_weeks_with_a_pause_over_a_weekend():
    happened = events((START, wib(11, 23, 10)), (PAUSE, wib(11, 26, 14)), (RESUME, wib(12, 1, 9)))
    reading = read(happened, Promise(5), CITY, wib(12, 2, 12))
    assert reading.running == timedelta(days=3, hours=4) + timedelta(days=1, hours=3)
    assert reading.paused == timedelta(hours=10) + DAY + DAY + timedelta(hours=9)
    assert reading.off == 2 * DAY
    assert reading.running + reading.paused + reading.off == wib(12, 2, 12) - wib(11, 23, 10)
    # 14 hours and 5 days, of which 3 days 4 hours were gone: 2 days 10 hours from 1 December 09.00 on
    assert reading.deadline == wib(12, 3, 19)
    assert (reading.turn, reading.late_since) == ("office", None)


def test_a_pause_that_lies_on_days_off_only_moves_nothing():
    happened = events((START, wib(11, 27, 10)), (PAUSE, wib(11, 28, 8)), (RESUME, wib(11, 29, 20)))
    reading = read(happened, Promise(2), CITY, wib(11, 30, 8))
    assert (reading.paused, reading.off, reading.deadline) == (NOTHING, 2 * DAY, at_end_of(12, 1))


def test_while_paused_the_deadline_is_where_it_would_be_if_answered_now():
    happened = events((START, wib(11, 23, 10)), (PAUSE, wib(11, 23, 12)))
    monday, wednesday = (read(happened, Promise(1), CITY, wib(11, day, 12)) for day in (23, 25))
    assert (monday.deadline, wednesday.deadline) == (at_end_of(11, 24), at_end_of(11, 26))
    assert (wednesday.state, wednesday.turn) == (PAUSED, "applicant")


def test_the_time_is_not_up_one_second_before_and_is_up_on_the_stroke():
    happened = events((START, wib(11, 23, 10)))
    before, after = (read(happened, Promise(1), CITY, at_end_of(11, 24) - s * timedelta(seconds=1)) for s in (1, 0))
    assert (before.late_since, after.late_since) == (None, at_end_of(11, 24))


def test_warnings_come_whole_working_days_before_the_end_and_not_before_the_start():
    promise = Promise(3, warn_before=(1, 2, 9))
    reading = read(events((START, wib(11, 26, 10))), promise, CITY, wib(11, 26, 10))
    assert reading.deadline == at_end_of(12, 1)
    assert reading.alerts == (at_end_of(11, 30), at_end_of(11, 27), wib(11, 26, 10))


def test_silence_is_approval_only_where_the_law_has_it_and_only_if_nobody_decided_in_time():
    silent = events((START, wib(11, 23, 10)))
    decided = [*silent, Event(STOP, wib(11, 24, 23, 59))]
    law, custom, now = Promise(1, deemed=True), Promise(1), wib(12, 1)
    assert read(silent, law, CITY, now).deemed_at == at_end_of(11, 24)
    assert read(silent, law, CITY, at_end_of(11, 24) - HOUR).deemed_at is None
    assert read(silent, custom, CITY, now).deemed_at is None
    assert read(decided, law, CITY, now).deemed_at is None


def test_going_back_to_the_start_counts_anew_but_never_hides_that_the_time_was_up():
    happened = events((START, wib(11, 23, 10)), (REWIND, wib(11, 26, 8)), (RESTART, wib(11, 27, 8)))
    reading = read(happened, Promise(1), CITY, wib(11, 27, 9))
    assert (reading.counted, reading.deadline) == (HOUR, at_end_of(11, 30))
    assert reading.late_since == at_end_of(11, 24)
    assert reading.running == timedelta(days=2, hours=22) + HOUR


def test_late_twice_is_late_since_the_first_time():
    happened = events((START, wib(11, 23, 10)), (REWIND, wib(11, 26, 8)), (RESTART, wib(11, 27, 8)))
    reading = read(happened, Promise(1), CITY, wib(12, 10))
    assert (reading.deadline, reading.late_since) == (at_end_of(11, 30), at_end_of(11, 24))


def test_the_codes_of_oss_move_the_clock_as_its_guide_says():
    codes = ["41", "42", "43", "44"]
    happened = [
        Event(START, wib(11, 23, 10)),
        *(Event(OSS[code], wib(11, 24 + n, 10)) for n, code in enumerate(codes[:3])),
        Event(OSS["44"], wib(11, 30, 10)),
    ]
    asked, answered, again, anew = (read(happened, Promise(2), CITY, event.at) for event in happened[1:])
    assert (asked.state, asked.counted) == (PAUSED, DAY)
    assert (answered.state, answered.counted, answered.deadline) == (RUNNING, DAY, at_end_of(11, 26))
    assert (again.state, again.counted) == (PAUSED, NOTHING)
    assert (anew.state, anew.counted, anew.deadline) == (RUNNING, NOTHING, at_end_of(12, 2))


def test_without_a_known_service_time_the_sums_are_told_and_no_deadline():
    happened = events((START, wib(11, 23, 10)), (PAUSE, wib(11, 24, 10)))
    promised, open_ended = (read(happened, promise, CITY, wib(12, 1)) for promise in (Promise(1), None))
    assert (open_ended.running, open_ended.paused, open_ended.off) == (promised.running, promised.paused, promised.off)
    assert (open_ended.turn, open_ended.counted) == ("applicant", DAY)
    assert (open_ended.deadline, open_ended.last_day, open_ended.alerts, open_ended.late_since) == (
        None,
        None,
        (),
        None,
    )


def test_after_the_stop_nothing_moves_any_more():
    happened = events((START, wib(11, 23, 10)), (STOP, wib(11, 24, 10)))
    then, later = read(happened, Promise(1), CITY, wib(11, 24, 10)), read(happened, Promise(1), CITY, wib(12, 31))
    assert then == later
    assert (later.state, later.turn, later.running) == (STOPPED, "nobody", DAY)


def test_the_turn_at_an_earlier_moment_is_what_it_was_then():
    happened = events((START, wib(11, 23, 10)), (PAUSE, wib(11, 24)), (RESUME, wib(11, 25)), (STOP, wib(11, 26)))
    moments = [wib(11, 23, 9), wib(11, 23, 10), wib(11, 24), wib(11, 25), wib(11, 26)]
    turns = [read(happened, Promise(9), CITY, moment).turn for moment in moments]
    assert turns == ["nobody", "office", "applicant", "office", "nobody"]
    assert [span.turn for span in spans(happened, wib(12, 1))] == ["office", "applicant", "office"]


def test_the_day_begins_at_the_office_and_not_in_greenwich():
    utc = datetime(2026, 11, 26, 18, tzinfo=UTC)  # Friday 01.00 in Bekasi
    assert read(events((START, utc)), Promise(1), CITY, utc).deadline == at_end_of(11, 30)


@pytest.mark.parametrize(
    "happened",
    [
        events((PAUSE, wib(11, 23))),
        events((START, wib(11, 23)), (START, wib(11, 24))),
        events((START, wib(11, 23)), (RESTART, wib(11, 24))),  # nobody restarts the own running clock
        events((START, wib(11, 23)), (PAUSE, wib(11, 24)), (PAUSE, wib(11, 25))),
        events((START, wib(11, 23)), (STOP, wib(11, 24)), (RESUME, wib(11, 25))),
        events((START, wib(11, 24)), (STOP, wib(11, 23))),
        events((START, datetime(2026, 11, 23))),
        events((START, wib(11, 23)), ("nap", wib(11, 24))),
    ],
)
def test_what_cannot_have_happened_is_refused(happened):
    with pytest.raises(ClockFault):
        read(happened, Promise(1), CITY, wib(12, 31))


@pytest.mark.parametrize(("days", "warn"), [(0, ()), (-1, ()), (2, (-1,))])
def test_a_promise_of_no_days_is_refused(days, warn):
    with pytest.raises(ClockFault):
        Promise(days, warn)


def test_a_calendar_without_open_days_is_refused_instead_of_counted_for_ever():
    with pytest.raises(ClockFault, match="tidak ada hari kerja"):
        read(events((START, wib(11, 23))), Promise(1), Calendar(lambda day: True, WIB), wib(11, 24))


def test_many_weekends_are_no_closure():
    assert CITY.after(wib(11, 23), 1000 * DAY) == datetime(2030, 9, 25, tzinfo=WIB)


# Invariants

gaps = st.integers(0, 100).map(lambda hours: hours * HOUR)
promises = st.builds(
    Promise, st.integers(1, 6), st.lists(st.integers(0, 8), max_size=3).map(tuple), deemed=st.booleans()
)
calendars = st.frozensets(st.integers(0, 59), max_size=30).map(
    lambda off: Calendar(lambda day: day.weekday() >= 5 or (day - date(2026, 11, 1)).days in off, WIB)
)


@st.composite
def histories(draw, kinds=(PAUSE, RESUME, REWIND, RESTART, STOP)):
    """Events that can happen, on whole hours, and a moment after the last."""
    moment = wib(11, 23) + draw(gaps)
    happened, state = [Event(START, moment)], RUNNING
    for _ in range(draw(st.integers(0, 6))):
        fitting = [kind for kind in kinds if (state, kind) in STEPS]
        if not fitting:
            break
        kind, moment = draw(st.sampled_from(fitting)), moment + draw(gaps)
        happened.append(Event(kind, moment))
        state = STEPS[state, kind]
    return happened, moment + draw(gaps)


@settings(max_examples=40, deadline=None)
@given(histories(), promises, calendars)
def test_running_paused_and_off_are_the_time_elapsed_and_equal_a_count_hour_by_hour(history, promise, calendar):
    happened, now = history
    reading = read(happened, promise, calendar, now)
    end = happened[-1].at if happened[-1].kind == STOP else now
    assert reading.running + reading.paused + reading.off == end - happened[0].at

    hours = {"running": 0, "paused": 0, "off": 0}
    counted, moment, state, waiting = 0, happened[0].at, RUNNING, happened[1:]
    while True:
        while waiting and waiting[0].at == moment:
            event = waiting.pop(0)
            state = STEPS[state, event.kind]
            counted = 0 if event.kind in (REWIND, RESTART) else counted
        if moment >= end:
            break
        off = calendar.is_off(moment.date())
        hours["off" if off else state] += 1
        counted += state == RUNNING and not off
        moment += HOUR
    assert (reading.running, reading.paused, reading.off) == tuple(n * HOUR for n in hours.values())
    assert reading.counted == counted * HOUR


@settings(max_examples=40, deadline=None)
@given(histories(kinds=(PAUSE, RESUME)), promises, calendars)
def test_a_pause_moves_the_deadline_by_exactly_itself(history, promise, calendar):
    happened, now = history
    reading = read(happened, promise, calendar, now)
    assume(reading.late_since is None)
    start = happened[0].at
    alone = read(happened[:1], promise, calendar, start)
    assert reading.allowed == alone.allowed
    assert reading.deadline == calendar.after(start, alone.allowed + reading.paused)
    assert all(alert <= reading.deadline for alert in reading.alerts)


@settings(max_examples=40, deadline=None)
@given(histories(), promises, calendars, gaps)
@example((events((START, wib(11, 23, 10)), (PAUSE, at_end_of(11, 24) - HOUR)), wib(11, 30)), Promise(1), CITY, DAY)
def test_no_sequence_of_pauses_makes_a_file_late_by_waiting_for_the_applicant(history, promise, calendar, longer):
    """Whenever it was asked something, the answer may come as late as it likes."""
    happened, _ = history
    for n, event in enumerate(happened):
        if event.kind not in (PAUSE, REWIND):
            continue
        waiting = happened[: n + 1]
        first, last = (read(waiting, promise, calendar, moment) for moment in (event.at, event.at + longer))
        assert (last.counted, last.late_since, last.deemed_at) == (first.counted, first.late_since, first.deemed_at)
        assert (last.turn, last.running) == ("applicant", first.running)


shares = st.fractions(0, 1, max_denominator=1000).filter(lambda share: share < 1)


@settings(max_examples=40, deadline=None)
@given(shares, shares, st.integers(0, 100), st.integers(0, 24 * 60), calendars, st.integers(1, 6))
def test_moving_a_pause_never_changes_what_is_running_or_when_the_time_is_up(
    one, other, length, minute, calendar, days
):
    """A pause of the same open time, wherever it begins before the time is up."""
    start = wib(11, 23) + timedelta(minutes=minute)
    allowed = calendar.allowance(start, days)
    now = calendar.after(start, allowed + 101 * HOUR)
    readings = []
    for share in (one, other):
        begin = allowed * share.numerator / share.denominator
        asked, answered = (calendar.after(start, begin + more) for more in (NOTHING, length * HOUR))
        happened = events((START, start), (PAUSE, asked), (RESUME, answered))
        readings.append(read(happened, Promise(days), calendar, now))
    first, second = readings
    assert (first.running, first.paused, first.off) == (second.running, second.paused, second.off)
    assert first.late_since == second.late_since == calendar.after(start, allowed + length * HOUR)


@settings(max_examples=40, deadline=None)
@given(histories(), promises, calendars)
def test_what_was_late_stays_late_and_running_time_only_grows(history, promise, calendar):
    happened, now = history
    moments = [event.at for event in happened] + [now, now + DAY]
    readings = [read(happened, promise, calendar, moment) for moment in moments]
    for before, after in pairwise(readings):
        assert after.running >= before.running
        assert before.late_since is None or after.late_since == before.late_since


@settings(max_examples=40, deadline=None)
@given(calendars, st.integers(0, 500), st.integers(0, 300))
def test_open_time_and_the_moment_after_it_undo_each_other(calendar, begin, work):
    start, work = wib(11, 1) + begin * HOUR, work * HOUR
    reached = calendar.after(start, work)
    assert calendar.open_between(start, reached) == work
    assert work == NOTHING or calendar.open_between(start, reached - HOUR) == work - HOUR
    assert calendar.open_between(start, reached) + calendar.off_between(start, reached) == reached - start


def test_every_split_is_exact_to_the_microsecond():
    odd = timedelta(microseconds=1)
    happened = events((START, wib(11, 23, 10) + odd), (PAUSE, wib(11, 24, 9) + 3 * odd))
    reading = read(happened, Promise(1), ALWAYS_OPEN, wib(11, 25, 9) + 7 * odd)
    assert (reading.running, reading.paused) == (23 * HOUR + 2 * odd, DAY + 4 * odd)
