"""Surveys and sheets for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from satupintu.audit.rules import SYSTEM, Actor
from satupintu.registry.tests.factories import MUSTIKAJAYA, MUSTIKASARI, actor
from satupintu.surveys import actions
from satupintu.surveys.models import Answering, Survey

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
EVENT = "event:uji"
SHEET = {f"s{n}": "1" for n in range(1, 11)}


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def facilitator(key: int = 900_001, area: str | None = MUSTIKAJAYA) -> Actor:
    return actor("facilitator", area, key)


def survey(questionnaire: str = "paper_statements", wave: str = "before", **given: Any) -> Survey:
    """A survey of one event in Mustikasari."""
    values = {"subject": EVENT, "region": MUSTIKASARI, "title": "Acara uji"} | given
    return actions.open_survey(questionnaire=questionnaire, wave=wave, **values, by=SYSTEM, at=AT)


def respondent(number: int = 1, event: str = "uji") -> str:
    return f"card:{event}:P{number:03}"


def sheet(of: Survey, number: int = 1, at: datetime = AT, **given: Any) -> Answering:
    """One sheet of a card; ``values`` are all yes unless given."""
    values = {"values": SHEET} | given
    return actions.keep_sheet(survey=of, respondent=respondent(number), **values, by=facilitator(), at=at)


def typed(of: Survey, key: int, at: datetime, number: int = 1, **marks: str) -> Answering:
    """A paper typed by one of several people."""
    return actions.type_sheet(
        survey=of, respondent=respondent(number), values=SHEET | marks, by=facilitator(key), at=at
    )
