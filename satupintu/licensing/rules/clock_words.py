"""The clock of a file in words: whose turn, since when, until which day, how many working days are left. Pure.

Short words go beside a badge in a list, sentences on the page of one file. Both exist for the applicant and for staff,
in Indonesian and English.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from satupintu.kernel.worktime import APPLICANT, DAY, IDLE, NOBODY, OFFICE, PAUSED, STOPPED, Calendar, Reading
from satupintu.licensing.rules.moves import LICENSING, VENDOR
from satupintu.web.formats import clock, weekday_date

# How urgent a file is, each shown with the badge of the shell and its own words.
BADGES = {
    "overdue": "overdue",
    "today": "now",
    "soon": "now",
    "in_time": "checking",
    "paused": "locked",
    "unknown": "not-needed",
    "idle": "not-started",
    "stopped": "done",
}
STAFF = "staff"


@dataclass(frozen=True, slots=True)
class ClockWords:
    """What is told about one clock.

    ``turn`` is office, applicant or nobody; ``level`` a key of ``BADGES``, ``badge`` its state for the badge tag;
    ``short`` such as "Sisa 2 hari kerja"; ``days`` the working days left, below 0 after the last day, None where no
    deadline runs; ``estimate`` a sentence where days off are not certain yet, or empty.
    """

    turn: str
    level: str
    badge: str
    short: str
    sentences: tuple[str, ...]
    estimate: str
    days: int | None


@dataclass(frozen=True, slots=True)
class _Case:
    reading: Reading
    turn: str
    since: datetime
    at: datetime
    calendar: Calendar
    staff: bool
    english: bool
    soon: int

    def said(self, indonesian: str, english: str) -> str:
        return english if self.english else indonesian

    def day(self, moment: datetime) -> str:
        return weekday_date(self.calendar.day_of(moment), "en" if self.english else "id")


def turn_of(state: str) -> str:
    """Whose turn a state is: applicant, office, or nobody. Raises KeyError for an unknown state."""
    owner = LICENSING.by_code[state].owner
    return APPLICANT if owner == VENDOR else owner if owner == NOBODY else OFFICE


def clock_words(
    reading: Reading,
    *,
    state: str,
    since: datetime,
    at: datetime,
    calendar: Calendar,
    estimated: bool = False,
    soon: int = 0,
    audience: str = "applicant",
    language: str = "id",
) -> ClockWords:
    """The words for a file in ``state`` since a moment, read ``at`` another; ``audience`` is applicant or staff.

    ``estimated``: some day off before the deadline is not certain yet. ``soon``: from how many working days left on it
    is urgent, besides the reading's own alerts. ``language`` is id or en.
    """
    case = _Case(reading, turn_of(state), since, at, calendar, audience == STAFF, language == "en", soon)
    level, days = _level(case)
    note = case.said(
        "Hari libur tahun itu masih perkiraan, jadi batasnya bisa bergeser.",
        "Holidays of that year are estimates, so the deadline may move.",
    )
    running = level in ("overdue", "today", "soon", "in_time")
    return ClockWords(
        case.turn,
        level,
        BADGES[level],
        _short(case, level, days),
        tuple(_sentences(case, level)),
        note if estimated and running else "",
        days if running else None,
    )


def _level(case: _Case) -> tuple[str, int]:
    """How urgent it is, and the working days left."""
    reading = case.reading
    if reading.state in (IDLE, STOPPED, PAUSED):
        return reading.state, 0
    if reading.deadline is None or reading.last_day is None:
        return "unknown", 0
    today = case.calendar.day_of(case.at)
    days = working_days(case.calendar, today, reading.last_day)
    if case.at >= reading.deadline:
        return "overdue", days
    if days == 0 and today == reading.last_day:
        return "today", 0
    soon = days <= case.soon or any(alert <= case.at for alert in reading.alerts)
    return ("soon" if soon else "in_time"), days


def working_days(calendar: Calendar, today: date, last: date) -> int:
    """Open days after today up to and with the last one; below 0 those since the last day up to and with today."""
    first, until = sorted((today, last))
    count = sum(not calendar.is_off(first + timedelta(n)) for n in range(1, (until - first).days + 1))
    return count if today <= last else -count


def _short(case: _Case, level: str, days: int) -> str:
    left, over = (f"{abs(days)} working day{'' if abs(days) == 1 else 's'}", f"{abs(days)} hari kerja")
    words = {
        "overdue": ("Lewat batas waktu", "Past the deadline"),
        "today": ("Hari ini", "Today"),
        "soon": (f"Sisa {over}", f"{left} left"),
        "in_time": (f"Sisa {over}", f"{left} left"),
        "paused": ("Dijeda, menunggu pemohon", "Paused, waiting for the applicant")
        if case.staff
        else ("Dijeda, menunggu Bapak/Ibu", "Paused, waiting for you"),
        "unknown": ("Batas waktu belum ditetapkan kantor", "The office has set no deadline yet"),
        "idle": ("Waktu belum berjalan", "The clock has not started"),
        "stopped": ("Waktu sudah selesai", "The clock has stopped"),
    }
    if level == "overdue" and days < 0:
        return case.said(f"Lewat {over}", f"{left} late")
    return case.said(*words[level])


def _sentences(case: _Case, level: str) -> Iterator[str]:
    if level != "stopped" or case.turn == OFFICE:  # who may object to a refusal need not
        yield from _turn(case)
    if level == "idle":
        yield from _idle(case)
    elif level == "stopped":
        yield from _stopped(case)
    elif level == "paused":
        yield from _paused(case)
    elif level == "unknown":
        yield from _unknown(case)
    else:
        yield from _until(case, level)


def _turn(case: _Case) -> Iterator[str]:
    since = case.day(case.since)
    if case.turn == OFFICE:
        yield case.said(f"Giliran kantor sejak {since}.", f"It is the office's turn since {since}.")
    elif case.turn == APPLICANT and case.staff:
        yield case.said(f"Giliran pemohon sejak {since}.", f"It is the applicant's turn since {since}.")
    elif case.turn == APPLICANT:
        yield case.said(f"Giliran Bapak/Ibu sejak {since}.", f"It is your turn since {since}.")


def _idle(case: _Case) -> Iterator[str]:
    if case.turn != NOBODY:
        yield case.said(
            "Waktu pelayanan mulai saat berkas dinyatakan lengkap.",
            "The service time starts once the file is complete.",
        )


def _stopped(case: _Case) -> Iterator[str]:
    days = case.reading.running // DAY
    if case.reading.late_since is not None:
        day = case.day(case.reading.late_since - timedelta.resolution)
        yield case.said(f"Batas waktunya {day} terlewati.", f"The deadline of {day} was missed.")
    if days:
        yield case.said(f"Kantor memakai {days} hari kerja.", f"The office took {days} working day{_s(days)}.")
    else:
        yield case.said("Kantor memakai kurang dari 1 hari kerja.", "The office took less than 1 working day.")


def _paused(case: _Case) -> Iterator[str]:
    yield case.said("Waktu pelayanan berhenti sampai dijawab.", "The service time stands still until the answer.")
    deadline = case.reading.deadline
    if deadline is not None and case.reading.counted < case.reading.allowed:
        end = _moment(case, deadline)
        yield case.said(f"Kalau dijawab sekarang, batasnya {end}.", f"If answered now, the deadline is {end}.")
    yield from _was_late(case)


def _unknown(case: _Case) -> Iterator[str]:
    days = case.reading.counted // DAY
    yield case.said("Kantor belum menetapkan batas waktunya.", "The office has not set a deadline.")
    if days:
        yield case.said(f"Sudah {days} hari kerja di kantor.", f"{days} working day{_s(days)} at the office so far.")


def _until(case: _Case, level: str) -> Iterator[str]:
    deadline = case.reading.deadline or case.at
    end = _moment(case, deadline)
    if level != "overdue":
        yield case.said(f"Batas waktunya {end}.", f"The deadline is {end}.")
        yield from _was_late(case)
        return
    yield case.said(f"Batas waktunya {end} sudah lewat.", f"The deadline {end} has passed.")
    if not case.staff:
        yield case.said("Bapak/Ibu boleh mengadu, gratis.", "You may complain, free of charge.")


def _was_late(case: _Case) -> Iterator[str]:
    """Going back to the start does not undo that the time was up once."""
    if case.reading.late_since is not None:
        day = case.day(case.reading.late_since - timedelta.resolution)
        yield case.said(f"Batas waktu {day} sudah pernah terlewati.", f"An earlier deadline of {day} was missed.")


def _moment(case: _Case, deadline: datetime) -> str:
    """The last day; with the hour where the time is up within a day."""
    day = case.day(deadline - timedelta.resolution)
    local = deadline.astimezone(case.calendar.zone)
    if local.time() == time.min:
        return day
    hour = clock(local.time(), "en" if case.english else "id")
    return case.said(f"{day} pukul {hour}", f"{day} at {hour}")


def _s(count: int) -> str:
    return "" if count == 1 else "s"
