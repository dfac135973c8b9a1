"""Calendar files as RFC 5545 wants them."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from satupintu.outreach.rules.calendar_file import Entry, calendar_file, escaped, folded

JAKARTA = ZoneInfo("Asia/Jakarta")
STAMP = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def entry(**given: Any) -> Entry:
    values: dict[str, Any] = {
        "uid": "a1@satupintu",
        "stamp": STAMP,
        "day": date(2026, 11, 28),
        "begins": None,
        "ends": None,
    }
    return Entry(**values | {"title": "Acara"} | given)


def test_an_event_stands_with_its_times_in_utc() -> None:
    begins, ends = datetime(2026, 11, 28, 8, 30, tzinfo=JAKARTA), datetime(2026, 11, 28, 11, 30, tzinfo=JAKARTA)
    told = {"place": "Balai; RT 1, RW 2", "about": "Gratis.\nBawa KTP", "address": "https://contoh.test/jadwal/1/"}
    assert calendar_file([entry(begins=begins, ends=ends, **told)], "Jadwal").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SatuPintu//Jadwal//ID",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Jadwal",
        "BEGIN:VEVENT",
        "UID:a1@satupintu",
        "DTSTAMP:20261124T030000Z",
        "DTSTART:20261128T013000Z",
        "DTEND:20261128T043000Z",
        "SUMMARY:Acara",
        r"LOCATION:Balai\; RT 1\, RW 2",
        r"DESCRIPTION:Gratis.\nBawa KTP",
        "URL:https://contoh.test/jadwal/1/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_without_a_programme_the_event_takes_the_whole_day() -> None:
    lines = calendar_file([entry(day=date(2026, 12, 31))], "Jadwal").split("\r\n")
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_folded_lines_are_short_and_unfold_to_what_they_were(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert re.sub("\r\n ", "", "\r\n".join(parts)) == line


@given(st.text(max_size=80))
def test_an_escaped_text_is_one_line_and_reads_back(text: str) -> None:
    text = text.replace("\r", "")
    written = escaped(text)
    assert "\n" not in written
    read = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], written, flags=re.DOTALL)
    assert read == text


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120),
    st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1), timezones=st.just(JAKARTA)),
)
def test_another_reader_of_calendars_finds_the_same_title_and_times(title: str, begins: datetime) -> None:
    begins = begins.replace(microsecond=0)
    ends = begins + timedelta(hours=3)
    text = calendar_file([entry(title=title, begins=begins, ends=ends, place="RT 1; RW 2")], "Jadwal")
    read = icalendar.Calendar.from_ical(text)
    (found,) = read.events
    assert str(found["SUMMARY"]) == title
    assert str(found["LOCATION"]) == "RT 1; RW 2"
    assert (found.start, found.end) == (begins, ends)
    assert (found["UID"], found["DTSTAMP"].dt) == ("a1@satupintu", STAMP)
    assert not found.errors
