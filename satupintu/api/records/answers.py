"""What people answered at an event, on a phone that went round or by hands."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from satupintu.api.records.reading import Card, Code, event_of, read
from satupintu.audit.rules import Actor
from satupintu.outreach import actions as outreach
from satupintu.surveys import actions, queries
from satupintu.surveys.rules.answers import MOST_LETTERS, card_reference, read_card
from satupintu.sync.rules import NotCarriedOut

LABELS = {
    "survey": _("Kuesioner"),
    "card": _("Kartu"),
    "values": _("Jawaban"),
    "item": _("Pernyataan"),
    "yes": _("Angkat tangan"),
    "asked": _("Yang hadir"),
}
Value = Annotated[str, Field(max_length=MOST_LETTERS, pattern=r"^[^\x00]*$")]


class Sheet(BaseModel):
    """One sheet of one card; ``consent`` is the version of the text that was agreed to."""

    survey: UUID
    card: Card
    values: dict[Code, Value]
    consent: Code = ""


class Tally(BaseModel):
    """A show of hands for one statement."""

    survey: UUID
    item: Code
    yes: int
    asked: int


def sheet(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Keep a sheet, and its card on the list of its event. Raises NotCarriedOut, ValidationError, NotAllowed."""
    told = read(content, Sheet)
    survey = _survey(by, told.survey)
    try:
        card = read_card(told.card)
    except ValueError as error:
        raise NotCarriedOut(str(error)) from error
    kind, _colon, key = survey.subject.partition(":")
    if kind == "event":
        card = outreach.note_card(event=event_of(by, UUID(key)), card=card, by=by, at=at).card
    actions.keep_sheet(
        survey=survey,
        respondent=card_reference(survey.subject, card),
        values=told.values,
        consent=told.consent,
        ref=ref,
        said_at=seen_at,
        by=by,
        at=at,
    )
    return f"answering:{ref}"


def tally(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Keep a show of hands. Raises NotCarriedOut, ValidationError, NotAllowed."""
    told = read(content, Tally)
    given: dict[str, Any] = {"item": told.item, "yes": told.yes, "asked": told.asked, "ref": ref, "said_at": seen_at}
    actions.keep_tally(survey=_survey(by, told.survey), **given, by=by, at=at)
    return f"tally:{ref}"


def _survey(actor: Actor, ref: UUID) -> Any:
    survey = queries.survey_for(actor, ref)
    if survey is None:
        raise NotCarriedOut("Kuesioner ini tidak ada, atau di luar wilayah petugas. Periksa acaranya.")
    return survey
