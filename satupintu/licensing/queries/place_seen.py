"""What somebody who looks at a place, or gives an opinion on it, reads of the application."""

from __future__ import annotations

from typing import Any

from satupintu.accounts.queries import office_names
from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.queries.filled import answered
from satupintu.licensing.queries.told import paper_title
from satupintu.licensing.queries.visits import Stop, reported_visits

NOT_SEEN = ("rupiah", "date")  # answers that no look at a place can compare


def sheet_row(stop: Stop) -> dict[str, Any]:
    """What an officer takes along of one visit: who, what, where, and its size and hours as applied for."""
    return {"stop": stop, "asked": asked_for(stop.application), "map": map_link(stop.application)}


def report_page(application: Application) -> dict[str, Any]:
    """What stands above the form of a report: the file, what was applied for, and where it lies."""
    return {
        "file": application,
        "paper": paper_title(application.licence),
        "asked": asked_for(application),
        "map": map_link(application),
        "earlier": reported_visits(application),
    }


def asked_for(application: Application) -> list[tuple[str, str]]:
    """The answers about place and goods, label and value, that a visit looks at."""
    english = page_language() == "en"
    rows = [one for one in answered(application) if one.text and one.field.kind not in NOT_SEEN]
    return [(one.field.label_en if english else one.field.label, one.text) for one in rows]


def map_link(application: Application) -> str:
    """A ``geo:`` address that a phone opens in its map (RFC 5870); empty where no position is known."""
    if application.latitude is None or application.longitude is None:
        return ""
    return f"geo:{application.latitude},{application.longitude}"


def answering_page(actor: Actor, application: Application) -> dict[str, Any]:
    """What stands above the form of an answer: the question, who asks, and what was applied for."""
    asked = application.recommendations.filter(office=actor.office, made_at=None).last()
    return {
        "file": application,
        "paper": paper_title(application.licence),
        "asked": asked,
        "office": office_names().get(application.office, application.office),
        "looked_at": asked_for(application),
    }
