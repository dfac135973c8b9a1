"""Certificates of attendance: who was there and how long. They say nothing about what anybody can do. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from satupintu.outreach.rules.report.data import Present
from satupintu.web.formats import weekday_date


def certificates(
    title: str,
    day: date,
    place: str,
    organisers: Sequence[str],
    leader: str,
    holders: Iterable[tuple[str, Present]],
) -> dict[str, Any]:
    """One certificate for each holder: a name (empty: the card code stands for it) and when they were present."""
    return {
        "title": title,
        "place": place,
        "organisers": list(organisers),
        "leader": " ".join(leader.split()),
        "people": [_certificate(name, day, seen) for name, seen in holders],
    }


def _certificate(name: str, day: date, seen: Present) -> dict[str, str]:
    card = f"Kartu {seen.card}"
    return {"name": name or card, "card": card, "when": _when(day, seen)}


def _when(day: date, seen: Present) -> str:
    told = f"pada {weekday_date(day)}"
    if not seen.arrived:
        return f"{told}."
    if seen.minutes is None:
        return f"{told}, datang pukul {seen.arrived.replace(':', '.')}."
    left = f" sampai pukul {seen.left.replace(':', '.')}" if seen.left else " sampai acara selesai"
    return f"{told}, dari pukul {seen.arrived.replace(':', '.')}{left}: {lasted(seen.minutes)}."


def lasted(minutes: int) -> str:
    """Whole minutes as hours and minutes.

    >>> [lasted(minutes) for minutes in (178, 120, 45)]
    ['2 jam 58 menit', '2 jam', '45 menit']
    """
    hours, rest = divmod(minutes, 60)
    told = [f"{hours} jam"] if hours else []
    return " ".join([*told, f"{rest} menit"] if rest or not hours else told)
