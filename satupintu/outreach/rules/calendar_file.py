"""Events as a calendar file (RFC 5545), which any calendar on a phone takes in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75  # octets of a line, without its end (section 3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: ``begins`` and ``ends`` are moments with a time zone, or both None for the whole ``day``.

    ``stamp`` is when it was last announced.
    """

    uid: str
    stamp: datetime
    day: date
    begins: datetime | None
    ends: datetime | None
    title: str
    place: str = ""
    about: str = ""
    address: str = ""


def calendar_file(entries: Iterable[Entry], name: str) -> str:
    """The file as text; every line ends in CR LF and none is longer than 75 octets."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SatuPintu//Jadwal//ID", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for entry in entries:
        lines += _entry(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _entry(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{_utc(entry.stamp)}"
    if entry.begins and entry.ends:
        yield f"DTSTART:{_utc(entry.begins)}"
        yield f"DTEND:{_utc(entry.ends)}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    for name, text in (("SUMMARY", entry.title), ("LOCATION", entry.place), ("DESCRIPTION", entry.about)):
        if text:
            yield f"{name}:{escaped(text)}"
    if entry.address:
        yield f"URL:{entry.address}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text value: backslash, semicolon, comma and line end are written with a backslash (section 3.3.11)."""
    return text.replace("\r\n", "\n").translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, never inside a character; later parts begin with a space."""
    part, room = "", LONGEST
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", LONGEST - 1
        part += sign
        room -= size
    yield part


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
