"""An agenda as a CSV file: section, session, speaker, planned_start, planned_end, actual_start, actual_end."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from satupintu.outreach.reading.rows import Row, UnusableFile, rows_of
from satupintu.outreach.rules.agenda import Session

NEEDED = ["section", "session", "speaker", "planned_start", "planned_end", "actual_start", "actual_end"]
# 08:30, 08.30, 8:30:15, or any of them after a date.
TIME = re.compile(r"(?:\d{4}-\d{2}-\d{2}[T ])?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")


def read_agenda(path: Path) -> list[Session]:
    """The sessions in the order of the file. Raises UnusableFile."""
    found = [_session(row) for row in rows_of(path, NEEDED)]
    if not found:
        raise UnusableFile(path.name, "tidak ada baris isi", "tulis satu baris untuk tiap sesi")
    return found


def _session(row: Row) -> Session:
    planned_start, planned_end = _planned(row, "planned_start"), _planned(row, "planned_end")
    start, end = _time(row, "actual_start"), _time(row, "actual_end")
    _refuse_backwards(row, "planned_end", planned_start, planned_end)
    _refuse_backwards(row, "actual_end", start, end)
    return Session(
        row.cell("section"), row.cell("session"), row.cell("speaker"), planned_start, planned_end, start, end
    )


def _planned(row: Row, column: str) -> timedelta:
    time = _time(row, column)
    if time is None:
        raise row.refuse(column, "kosong", "tulis jam rencana seperti 08:30")
    return time


def _refuse_backwards(row: Row, column: str, first: timedelta | None, last: timedelta | None) -> None:
    if first is not None and last is not None and last < first:
        raise row.refuse(column, f"{row.cell(column)} lebih awal dari mulainya", "periksa kedua jam")


def _time(row: Row, column: str) -> timedelta | None:
    text = row.cell(column)
    if not text:
        return None
    found = TIME.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (99, 0, 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        raise row.refuse(column, f"'{text}' bukan jam", "tulis seperti 08:30")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
