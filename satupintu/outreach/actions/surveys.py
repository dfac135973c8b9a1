"""Asking the usual questionnaires at an event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit.rules import Actor
from satupintu.outreach.models import Event
from satupintu.surveys import actions as surveys
from satupintu.surveys import queries

# Questionnaire and wave: the interview before, the ten statements before, after and once more looking back, the
# knowledge test beside them, and what people thought of the event.
USUAL = (
    ("needs_interview", "before"),
    ("paper_statements", "before"),
    ("knowledge_test", "before"),
    ("paper_statements", "after"),
    ("paper_statements", "then"),
    ("knowledge_test", "after"),
    ("paper_response", "after"),
)


@guarded
@transaction.atomic
def open_usual_surveys(*, event: Event, by: Actor, at: datetime) -> int:
    """Open the usual questionnaires for an event in one step; those that are open stay. Returns how many are new.

    A questionnaire that the city took out of its data, or does not ask in that wave, is left out. Raises NotAllowed.
    """
    require_area(by, event.region)
    known = queries.forms(localdate(at))
    before = {(one.questionnaire, one.wave) for one in queries.surveys_of(event.reference) if not one.after_days}
    wanted = [(code, wave) for code, wave in USUAL if code in known and wave in known[code].waves]
    missing = [pair for pair in wanted if pair not in before]
    for code, wave in missing:
        surveys.open_survey(
            questionnaire=code,
            wave=wave,
            subject=event.reference,
            region=event.region,
            title=event.title,
            by=by,
            at=at,
        )
    return len(missing)
