"""Answers in and out as tables: all rows of a file or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.registry import sheets
from satupintu.surveys.actions.sheets import keep_sheet
from satupintu.surveys.models import Survey
from satupintu.surveys.queries import form_of
from satupintu.surveys.rules.answers import card_reference
from satupintu.surveys.rules.tables import Fault, read_rows


@dataclass(frozen=True)
class Imported:
    """How many rows were kept; with faults it is none."""

    rows: int
    faults: tuple[Fault, ...] = ()


@guarded
@transaction.atomic
def import_sheets(*, survey: Survey, content: bytes, by: Actor, at: datetime) -> Imported:
    """Keep every row of a CSV or XLSX as one sheet, or none if anything is wrong with any.

    Whoever sends the table answers for the consent of those in it. Raises ValidationError if the file is no table or
    the survey is closed, NotAllowed.
    """
    require_area(by, survey.region)
    try:
        head, cells = sheets.read(content)
    except sheets.NotATable as error:
        raise ValidationError({"file": str(error)}) from error
    rows, faults = read_rows(form_of(survey), head, cells)
    if faults:
        return Imported(0, tuple(faults))
    for row in rows:
        respondent = card_reference(survey.subject, row.card)
        keep_sheet(survey=survey, respondent=respondent, values=row.values, channel="table", by=by, at=at)
    values = {"rows": len(rows)}
    audit.record(action="surveys.table_imported", object=survey.reference, values=values, by=by, at=at)
    return Imported(len(rows))


@guarded
@transaction.atomic
def export_answers(*, survey: Survey, form: str, by: Actor, at: datetime) -> None:
    """Witness that a survey's answers left the house as a table."""
    require_area(by, survey.region)
    audit.record(action="surveys.answers_exported", object=survey.reference, values={"form": form}, by=by, at=at)
