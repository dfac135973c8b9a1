"""What a phone takes along to the yard: everything its field page needs when there is no network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from satupintu.audit.rules import Actor
from satupintu.outreach.models import Event, Question, Tap
from satupintu.outreach.queries.aid import receipts_of
from satupintu.outreach.queries.events import minutes
from satupintu.outreach.queries.people import shown_name
from satupintu.registry.queries.known import region_name
from satupintu.surveys import queries as surveys
from satupintu.surveys.rules.answers import short_name
from satupintu.surveys.rules.questionnaires import Item

KEPT = timedelta(days=14)  # after the event, then the phone removes what it took along


def field_bundle(actor: Actor, event: Event, now: datetime) -> dict[str, Any]:
    """An event as its field page holds it, as plain JSON values. The keys of knowledge items stay here.

    ``made`` is our clock; times of the plan are minutes from midnight of ``midnight``; everything noted has its UUID.
    """
    day = localtime(now).replace(year=event.day.year, month=event.day.month, day=event.day.day)
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = surveys.surveys_of(event.reference)
    return {
        "made": now.isoformat(),
        "owner": actor.ref,
        "event": {
            "ref": str(event.ref),
            "title": event.title,
            "day": event.day.isoformat(),
            "place": event.place or region_name(event.region),
            "target": event.target,
            "state": event.state,
            "midnight": midnight.isoformat(),
            "until": (midnight + timedelta(days=1) + KEPT).isoformat(),
        },
        "sessions": [
            {
                "ref": str(session.ref),
                "title": session.title,
                "speaker": session.speaker,
                "begins": minutes(session.begins),
                "ends": minutes(session.ends),
            }
            for session in event.sessions.all()
        ],
        "people": [
            {"card": one.card, "name": shown_name(actor, one.person), "invited": one.invited}
            for one in event.participants.select_related("person")
        ],
        "aid": [
            {"key": item.pk, "name": item.name, "unit": item.unit, "stock": item.stock} for item in event.aid.all()
        ],
        "surveys": [_survey(survey) for survey in asked if survey.closed_at is None],
        "noted": [*_taps(event), *_receipts(event), *_questions(event), *_sheets(asked), *_tallies(asked)],
    }


def _survey(survey: Any) -> dict[str, Any]:
    form = surveys.form_of(survey)
    consent = surveys.consent_text(form)
    return {
        "ref": str(survey.ref),
        "wave": survey.wave,
        "title": form.title,
        "title_en": form.title_en,
        "consent": {"version": consent.version, "text": consent.text, "text_en": consent.text_en},
        "items": [_item(item) for item in form.items],
    }


def _item(item: Item) -> dict[str, Any]:
    shown = ("code", "type", "text", "text_en", "hint", "hint_en", "pictogram", "least", "most", "choices", "only_if")
    return item.model_dump(mode="json", include=set(shown))


def _noted(kind: str, ref: Any, moment: datetime, /, **content: Any) -> dict[str, Any]:
    """One thing known already, in the shape in which the phone keeps what it notes itself."""
    return {"kind": kind, "uuid": str(ref), "made": moment.isoformat(), "content": content}


def _taps(event: Event) -> list[dict[str, Any]]:
    taps = Tap.objects.filter(event=event).select_related("participant", "session")
    return [
        _noted(
            "outreach.tap",
            tap.ref,
            tap.pressed_at,
            kind=tap.kind,
            card=tap.participant.card if tap.participant else "",
            session=str(tap.session.ref) if tap.session else "",
            cause=tap.cause,
        )
        for tap in taps
    ]


def _receipts(event: Event) -> list[dict[str, Any]]:
    cards = dict(event.participants.values_list("pk", "card"))
    return [
        _noted(
            "outreach.receipt",
            one.ref,
            one.pressed_at,
            item=one.item_id,
            card=cards[one.participant_id],
            quantity=one.quantity,
        )
        for one in receipts_of(event)[0]
    ]


def _questions(event: Event) -> list[dict[str, Any]]:
    asked = Question.objects.filter(event=event)
    return [_noted("outreach.question", one.ref, one.pressed_at, text=one.text) for one in asked]


def _sheets(asked: Sequence[Any]) -> list[dict[str, Any]]:
    found = surveys.sheets_of(asked)
    return [
        _noted("surveys.sheet", sheet.ref, sheet.said_at, survey=str(survey.ref), card=short_name(respondent))
        for survey in asked
        for respondent, sheets in found[survey.pk].items()
        for sheet in sheets
    ]


def _tallies(asked: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        _noted(
            "surveys.tally",
            tally.ref,
            tally.said_at,
            survey=str(survey.ref),
            item=tally.item,
            yes=tally.yes,
            asked=tally.asked,
        )
        for survey in asked
        for tally in surveys.tallies_of(survey).values()
    ]
