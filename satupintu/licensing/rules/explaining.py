"""A frozen decision as rows to read. Nothing but what was frozen is looked at. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from satupintu.licensing.rules.answers import said
from satupintu.licensing.rules.serving import Service

Row = dict[str, Any]


def explained(frozen: Mapping[str, Any], language: str = "id") -> dict[str, Any]:
    """The parts of a page: law, answers, documents, checklist, visits, recommendations, clock, steps."""
    service = Service.model_validate(frozen["service"])
    english = language == "en"
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
        "answers": _answers(service, frozen["answers"], english),
        "documents": frozen["documents"],
        "checks": _checks(service, frozen["checks"], english),
        "visits": [{**one, "day": date.fromisoformat(one["day"])} for one in frozen["visits"]],
        "recommendations": frozen["recommendations"],
        "bills": frozen["bills"],
        "clock": _clock(frozen["clock"]),
        "steps": [{**one, "at": datetime.fromisoformat(one["at"])} for one in frozen["steps"]],
    }


def _answers(service: Service, answers: Mapping[str, Any], english: bool) -> list[tuple[str, str]]:
    language = "en" if english else "id"
    rows = [
        (one.label_en if english else one.label, said(one, answers.get(one.name), language)) for one in service.fields
    ]
    return [(label, value) for label, value in rows if value]


def _checks(service: Service, checks: Mapping[str, Any], english: bool) -> list[Row]:
    return [
        {"text": one.text_en if english else one.text, "ok": checks.get(one.code, {}).get("ok"), "source": one.source}
        for one in service.checklist
    ]


def _clock(clock: Mapping[str, Any]) -> Row:
    """The clock with its sums as days of 24 hours, rounded to tenths for reading."""
    moments = {
        name: datetime.fromisoformat(clock[name]) if clock[name] else None
        for name in ("accepted", "deadline", "late_since")
    }
    sums = {name: round(timedelta(seconds=clock[name]) / timedelta(days=1), 1) for name in ("running", "paused", "off")}
    off = [(date.fromisoformat(day), why) for day, why in clock["days_off"]]
    return {**clock, **moments, **sums, "days_off": off}
