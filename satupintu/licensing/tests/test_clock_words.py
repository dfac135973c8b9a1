"""The words of the clock: what a list and a page tell the applicant and the office, never more than is known."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from satupintu.kernel.worktime import PAUSE, RESUME, REWIND, START, STOP, Calendar, Event, Promise, read
from satupintu.licensing.rules.clock_words import BADGES, clock_words, turn_of, working_days
from satupintu.web.templatetags.satupintu import BADGES as KNOWN

WIB = timezone(timedelta(hours=7))
CALENDAR = Calendar(lambda day: day.weekday() >= 5 or day == date(2026, 12, 25), WIB)


def at(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=WIB)


def words(now, *events, days=3, state="complete", **more):
    """The words at a moment for a file accepted on Tuesday 24 November at 10.00, promised in some working days."""
    happened = [Event(START, at(24)), *(Event(kind, moment) for kind, moment in events)]
    promise = Promise(days, (2, 1)) if days else None
    reading = read(happened, promise, CALENDAR, now)
    since = max(event.at for event in happened if event.at <= now)
    return clock_words(reading, state=state, since=since, at=now, calendar=CALENDAR, **more)


@pytest.mark.parametrize(
    ("now", "level", "short", "english", "days"),
    [
        (at(24, 11), "in_time", "Sisa 3 hari kerja", "3 working days left", 3),
        (at(26, 11), "soon", "Sisa 1 hari kerja", "1 working day left", 1),
        (at(27, 23), "today", "Hari ini", "Today", 0),
        (at(28, 1), "overdue", "Lewat batas waktu", "Past the deadline", 0),  # Saturday: no working day since
        (at(30, 1), "overdue", "Lewat 1 hari kerja", "1 working day late", -1),
        (at(1, 1, 12), "overdue", "Lewat 2 hari kerja", "2 working days late", -2),
    ],
)
def test_a_list_tells_the_working_days_left_and_those_over(now, level, short, english, days):
    told = words(now)
    assert (told.level, told.short, told.days) == (level, short, days)
    assert words(now, language="en").short == english


def test_the_page_tells_whose_turn_since_when_and_until_which_day():
    assert words(at(25)).sentences == (
        "Giliran kantor sejak Selasa, 24 November 2026.",
        "Batas waktunya Jumat, 27 November 2026.",
    )
    assert words(at(30)).sentences[1:] == (
        "Batas waktunya Jumat, 27 November 2026 sudah lewat.",
        "Bapak/Ibu boleh mengadu, gratis.",
    )
    assert words(at(30), audience="staff").sentences[1:] == ("Batas waktunya Jumat, 27 November 2026 sudah lewat.",)


def test_while_the_applicant_has_the_turn_nothing_runs_and_nothing_is_late():
    asked = words(at(30, 9), (PAUSE, at(26, 9)), state="asked")
    assert (asked.level, asked.turn, asked.days) == ("paused", "applicant", None)
    assert asked.short == "Dijeda, menunggu Bapak/Ibu"
    assert asked.sentences == (
        "Giliran Bapak/Ibu sejak Kamis, 26 November 2026.",
        "Waktu pelayanan berhenti sampai dijawab.",
        "Kalau dijawab sekarang, batasnya Selasa, 1 Desember 2026.",
    )
    staff = words(at(30, 9), (PAUSE, at(26, 9)), state="asked", audience="staff")
    assert staff.short == "Dijeda, menunggu pemohon"
    assert staff.sentences[0] == "Giliran pemohon sejak Kamis, 26 November 2026."


def test_a_deadline_within_a_day_tells_its_hour():
    told = words(at(26, 14), (PAUSE, at(26, 9)), (RESUME, at(26, 12)))
    assert told.sentences[1] == "Batas waktunya Senin, 30 November 2026 pukul 03.00."
    assert words(at(26, 14), (PAUSE, at(26, 9)), (RESUME, at(26, 12)), language="en").sentences[1].endswith("at 03:00.")


def test_without_a_known_service_time_no_day_is_promised():
    told = words(at(26, 15), days=None)
    assert (told.short, told.days) == ("Batas waktu belum ditetapkan kantor", None)
    assert told.sentences[1:] == ("Kantor belum menetapkan batas waktunya.", "Sudah 2 hari kerja di kantor.")


def test_going_back_to_the_start_still_tells_that_the_time_was_up_once():
    told = words(at(30, 10), (REWIND, at(30, 9)), state="asked_again")
    assert told.sentences[-1] == "Batas waktu Jumat, 27 November 2026 sudah pernah terlewati."


def test_after_the_decision_the_page_tells_what_the_office_took():
    assert words(at(24, 12), (STOP, at(24, 11)), state="granted").sentences == (
        "Giliran kantor sejak Selasa, 24 November 2026.",
        "Kantor memakai kurang dari 1 hari kerja.",
    )
    late = words(at(1, 12, 12), (STOP, at(30, 11)), state="refused")
    assert late.short == "Waktu sudah selesai"
    assert late.sentences == ("Batas waktunya Jumat, 27 November 2026 terlewati.", "Kantor memakai 4 hari kerja.")


def test_before_the_file_is_complete_the_turn_is_told_and_no_deadline():
    idle = read([], Promise(3), CALENDAR, at(24))
    told = clock_words(idle, state="returned", since=at(23), at=at(24), calendar=CALENDAR)
    assert told.sentences == (
        "Giliran Bapak/Ibu sejak Senin, 23 November 2026.",
        "Waktu pelayanan mulai saat berkas dinyatakan lengkap.",
    )
    assert (told.level, told.short) == ("idle", "Waktu belum berjalan")


def test_estimated_holidays_are_told_only_while_a_deadline_runs():
    assert words(at(25), estimated=True).estimate.startswith("Hari libur tahun itu masih perkiraan")
    assert words(at(25), estimated=True, language="en").estimate.startswith("Holidays of that year are estimates")
    assert words(at(30, 9), (PAUSE, at(26, 9)), state="asked", estimated=True).estimate == ""
    assert words(at(25)).estimate == ""


def test_the_day_is_the_offices_and_not_greenwichs():
    assert words(datetime(2026, 11, 27, 16, 59, tzinfo=UTC)).short == "Hari ini"
    assert words(datetime(2026, 11, 27, 17, 0, tzinfo=UTC)).short == "Lewat batas waktu"


def test_working_days_skip_days_off_both_ways():
    assert working_days(CALENDAR, date(2026, 12, 24), date(2026, 12, 28)) == 1
    assert working_days(CALENDAR, date(2026, 12, 28), date(2026, 12, 24)) == -1
    assert working_days(CALENDAR, date(2026, 12, 24), date(2026, 12, 24)) == 0


def test_every_level_has_a_badge_of_the_shell_and_every_state_a_turn():
    assert {*BADGES.values()} <= KNOWN.keys()
    assert [turn_of(state) for state in ("asked", "complete", "submitted", "handed_over")] == [
        *("applicant", "office", "office", "nobody")
    ]
