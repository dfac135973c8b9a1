"""How an event goes: what runs, how late it is, and planned against actual."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from satupintu.outreach.models import Event, Question, Tap
from satupintu.outreach.queries.events import planned_lines
from satupintu.outreach.rules.programme import Line, current, forecast, minutes_left, times
from satupintu.web import figures


def minute_of(moment: datetime, day: date) -> int:
    """Whole minutes from midnight of the event's day, in the zone of the city; a later day goes on counting."""
    local = localtime(moment)
    return (local.date() - day).days * 1440 + local.hour * 60 + local.minute


def lines_of(event: Event) -> list[Line]:
    """The sessions with when they really began and ended by their taps."""
    taps: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for tap in Tap.objects.filter(event=event, kind__in=("started", "stopped")):
        taps[tap.session_id or 0].append((tap.kind, minute_of(tap.pressed_at, event.day)))
    lines = []
    for line in planned_lines(list(event.sessions.all())):
        began, ended = times(taps[line.key])
        lines.append(replace(line, began=began, ended=ended))
    return lines


def running_page(event: Event, now: datetime) -> dict[str, Any]:
    """The current session with minutes left and ``passed``, the one ``next``, every session with its delay and overrun.

    And how many came and how much was asked.
    """
    lines = lines_of(event)
    minute = minute_of(now, event.day)
    live = event.state == "running" and localtime(now).date() == event.day
    sessions = {session.pk: session for session in event.sessions.all()}
    causes = {tap.session_id: tap.cause for tap in Tap.objects.filter(event=event, kind="cause")}
    now_on = current(lines)
    numbers = {line.key: number for number, line in enumerate(lines, 1)}
    rows: list[dict[str, Any]] = [
        {
            "number": numbers[expected.line.key],
            "session": sessions[expected.line.key],
            "line": expected.line,
            "expected": expected,
            "cause": causes.get(expected.line.key, ""),
            "left": minutes_left(expected.line, minute),
        }
        for expected in forecast(lines, minute if live else None)
    ]
    current_row = next((row for row in rows if now_on and row["line"].key == now_on.key), None)
    left = current_row["left"] if current_row else None
    after = [row for row in rows if row["line"].began is None and row is not current_row]
    came = Tap.objects.filter(event=event, kind="arrived").values("participant").distinct().count()
    return {
        "rows": rows,
        "current": current_row,
        "next": after[0] if after else None,
        "over": 0 if left is None else max(0, -left),
        "passed": None if now_on is None or left is None else max(0, now_on.planned - left),
        "people": event.participants.count(),
        "came": came,
        "asked": Question.objects.filter(event=event).count(),
        "bars": planned_against_actual(lines),
    }


def planned_against_actual(lines: list[Line]) -> list[dict[str, Any]]:
    """One bar for each session that is over: minutes it took, with its planned minutes as the tick."""
    over = [line for line in lines if line.actual is not None]
    longest = max([line.planned for line in lines] + [line.actual or 0 for line in over], default=0) or 1
    found = []
    for line in over:
        bar = figures.bar(line.title, (line.actual or 0) * 100 // longest, line.planned * 100 // longest)
        found.append({**bar, "line": line})
    return found
