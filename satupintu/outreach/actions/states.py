"""Letting an event begin and end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.after import _note
from satupintu.outreach.actions.events import _record
from satupintu.outreach.actions.questions import reply_to_question
from satupintu.outreach.models import Event, Question

NEXT_STATES = {"planned": ("running",), "running": ("closed", "planned"), "closed": ("running",)}
DAYS_TO_ANSWER = timedelta(days=7)  # a choice of the house: one market week


@guarded
@transaction.atomic
def change_state(*, event: Event, state: str, by: Actor, at: datetime) -> Event:
    """Let an event begin, end, or go back one step after a wrong press.

    When it ends, whoever ends it promises an answer to every question that nobody answered or promised; to somebody of
    the registry that is a follow-up. Whose answers say that they understand has the milestone from then on.
    Raises ValidationError, NotAllowed.
    """
    require_area(by, event.region)
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state == state:
        return event
    if state not in NEXT_STATES[event.state]:
        raise ValidationError(_("Acara ini belum bisa begitu. Muat ulang halamannya."))
    before, event.state = event.state, state
    event.save(update_fields=["state"])
    _record("event_state_changed", event, {"from": before, "to": state}, by=by, at=at)
    if state == "closed":
        _promise_answers(event, by, at)
        _note([event], by, at)
    return event


def _promise_answers(event: Event, by: Actor, at: datetime) -> None:
    due = localdate(at) + DAYS_TO_ANSWER
    for question in Question.objects.filter(event=event, replies=None).select_related("participant__person"):
        reply_to_question(question=question, owner=by.name or by.ref, due=due, by=by, at=at)
