"""The event of the paper in the database, 20 cards without names and 52 sheets without a card, and one to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate

from satupintu.accounts.gate import guarded
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import add_partner, make_event
from satupintu.outreach.actions.observations import tap_person
from satupintu.outreach.actions.people import add_cards
from satupintu.outreach.actions.reports import write_texts
from satupintu.outreach.actions.sign_ups import announce_event
from satupintu.outreach.actions.states import change_state
from satupintu.outreach.actions.surveys import open_usual_surveys
from satupintu.outreach.models import Event
from satupintu.outreach.reading.demo import demo_event, demo_sheets
from satupintu.registry.models import Market
from satupintu.registry.queries.known import purposes
from satupintu.surveys.actions import keep_sheet, open_survey
from satupintu.surveys.rules.answers import card_reference, sheet_reference

# 08.30 in Jakarta: when the programme was to begin. When people really came was not printed.
BEGINS = datetime(2022, 12, 3, 1, 30, tzinfo=UTC)
DAYS_AHEAD = 14


@guarded
@transaction.atomic
def demo(*, by: Actor, at: datetime) -> list[Event]:
    """Make the event of the paper with its people and answers, and one that is still to come; returns what is new."""
    told = demo_event()
    if Event.objects.filter(title=told["title"], day=told["day"]).exists():
        return []
    return [_of_the_paper(told, by, at), _to_come(told, by, at)]


def _of_the_paper(told: Mapping[str, Any], by: Actor, at: datetime) -> Event:
    event = _planned(told, by, at)
    change_state(event=event, state="running", by=by, at=at)
    cards = add_cards(event=event, count=told["attended"], by=by, at=at)
    for participant in cards:
        tap_person(
            participant=participant, kind="arrived", ref=uuid4(), pressed_at=BEGINS, source="paper", by=by, at=at
        )
    _answers(event, by, at)
    write_texts(event=event, texts=told["texts"], by=by, at=at)
    return change_state(event=event, state="closed", by=by, at=at)


def _to_come(told: Mapping[str, Any], by: Actor, at: datetime) -> Event:
    """An invented morning in two weeks, with cards and questionnaires, that the public may sign up for."""
    event = make_event(
        title="Sosialisasi perizinan (contoh)",
        day=localdate(at) + timedelta(days=DAYS_AHEAD),
        region=told["region"],
        place=told["market"],
        market=Market.objects.filter(name=told["market"]).first(),
        template=told["template"],
        by=by,
        at=at,
    )
    add_cards(event=event, count=told["attended"], by=by, at=at)
    open_usual_surveys(event=event, by=by, at=at)
    announce_event(event=event, way="phone", by=by, at=at)
    return event


def _planned(told: Mapping[str, Any], by: Actor, at: datetime) -> Event:
    day: date = told["day"]
    event = make_event(
        title=told["title"],
        day=day,
        region=told["region"],
        place=told["place"],
        market=Market.objects.filter(name=told["market"]).first(),
        letter=told["letter"],
        note=f"{told['made_up']} Jam datang tidak tercetak, jadi ditulis 08.30.",
        template=told["template"],
        by=by,
        at=at,
    )
    for partner in told["partners"]:
        add_partner(event=event, **partner, by=by, at=at)
    return event


def _answers(event: Event, by: Actor, at: datetime) -> None:
    opened = {}
    for (questionnaire, wave, who), values in demo_sheets().items():
        if (questionnaire, wave) not in opened:
            opened[questionnaire, wave] = open_survey(
                questionnaire=questionnaire, wave=wave, subject=event.reference, region=event.region, by=by, at=at
            )
        survey = opened[questionnaire, wave]
        named = sheet_reference if who.isdigit() else card_reference
        keep_sheet(
            survey=survey,
            respondent=named(survey.subject, who),
            values=values,
            channel="table",
            consent=purposes()["survey_answers"].on(localdate(at)).version,
            said_at=BEGINS,
            by=by,
            at=at,
        )
