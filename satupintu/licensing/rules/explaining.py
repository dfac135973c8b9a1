"""A frozen decision as rows to read. Nothing but what was frozen is looked at. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

Row = dict[str, Any]


def explained(frozen: Mapping[str, Any], language: str = "id") -> dict[str, Any]:
    """The parts of a page: law, answers, documents, checklist, visits, recommendations, clock, steps."""
    tail = "_en" if language == "en" else ""
    return {
        "file": frozen["file"],
        "decided": frozen["decided"],
        "delegation": frozen["delegation"],
        "place": frozen["place"],
        "business": frozen["business"],
        "law": frozen["law"],
        "law_day": date.fromisoformat(frozen["file"]["law_day"]),
        "service_since": date.fromisoformat(frozen["rules"]["service_since"]),
        "rule_version": frozen["rules"]["version"],
        "answers": [(one[f"label{tail}"], one[f"said{tail}"]) for one in frozen["answers"]],
        "documents": frozen["documents"],
        "checks": [{**one, "text": one[f"text{tail}"], "ok": one.get("ok")} for one in frozen["checks"]],
        "visits": [{**one, "day": date.fromisoformat(one["day"])} for one in frozen["visits"]],
        "recommendations": frozen["recommendations"],
        "bills": frozen["bills"],
        "clock": _clock(frozen["clock"]),
        "steps": [
            {**one, "said": one[f"said{tail}"], "at": datetime.fromisoformat(one["at"])} for one in frozen["steps"]
        ],
    }


def _clock(clock: Mapping[str, Any]) -> Row:
    """The clock with its sums as days of 24 hours, rounded to tenths for reading."""
    moments = {
        name: datetime.fromisoformat(clock[name]) if clock[name] else None
        for name in ("accepted", "deadline", "late_since")
    }
    sums = {name: round(timedelta(seconds=clock[name]) / timedelta(days=1), 1) for name in ("running", "paused", "off")}
    off = [(date.fromisoformat(day), why) for day, why in clock["days_off"]]
    return {**clock, **moments, **sums, "days_off": off}
