"""What is known about one file when a move is asked for."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from satupintu.kernel.workflow import Done, Move, Standing
from satupintu.licensing import library
from satupintu.licensing.models import Application, Attachment
from satupintu.licensing.queries.clocks import reading_of
from satupintu.licensing.rules.moves import LICENSING, SETTLED
from satupintu.licensing.rules.serving import Service


class NoService(LookupError):
    """A licence for which no service is described on the day of its law."""


def service_of(application: Application) -> Service:
    """What the data say about the service of this file. Raises NoService."""
    service = library.library().service(application.licence, application.law_day)
    if service is None:
        raise NoService(application.licence)
    return service


def answers_of(application: Application) -> dict[str, Any]:
    """The form's values by field."""
    return dict(json.loads(application.answers)) if application.answers else {}


def standing_of(application: Application, at: datetime) -> Standing:
    """State, moves made and the facts that hold, for the workflow's two questions."""
    steps = list(application.steps.all())
    done = [Done(step.move, step.made_by) for step in steps]
    return Standing(application.state, (*done, *_took_part(application)), frozenset(_facts(application, at)))


def _took_part(application: Application) -> list[Done]:
    """Who prepared the file or looked at it without a move of their own: four eyes counts them like those with one."""
    checked = [said.get("by", "") for said in application.checks.values()]
    judged = [one.judged_by for one in application.attachments.all()]
    helped = [application.made_by, *(one.helped_by for one in application.sittings.all())]
    return [Done("examine", who) for who in {*checked, *judged} if who] + [Done("submit", who) for who in {*helped}]


def _facts(application: Application, at: datetime) -> set[str]:
    service = service_of(application)
    found = {"issued_here" if service.way == "here" else "issued_elsewhere"}
    if not missing_parts(application):
        found.add("filled_in")
    if application.open_parts and all(application.open_parts.values()):
        found.add("repaired")
    paid = any(bill.made_at for bill in application.bills.all())
    found.add("has_fee" if service.fee.rupiah and not paid else "fee_settled")
    if service.visit != "needed" or any(visit.made_at for visit in application.visits.all()):
        found.add("visit_settled")
    if all(asked.made_at for asked in application.recommendations.all()):
        found.add("recommendation_settled")
    if not unchecked(application):
        found.add("checked")
    if not not_in_order(application):
        found.add("in_order")
    # What was found wrong can be proposed for refusal at once; what is in order waits for all that belongs to it.
    if found >= SETTLED or "in_order" not in found:
        found.add("ready")
    reading = reading_of(application, at)
    if reading.deemed_at and reading.deemed_at <= at and reading.turn != "applicant":
        found.add("silence_approves")
    return found


def missing_parts(application: Application) -> list[str]:
    """The required fields and documents that are still empty, as ``field:size`` and ``document:ktp``."""
    service, answers = service_of(application), answers_of(application)
    there = {one.slot for one in application.attachments.all() if one.replaced_at is None}
    fields = [f"field:{one.name}" for one in service.fields if one.required and answers.get(one.name) in (None, "", [])]
    return fields + [f"document:{one.code}" for one in service.documents if one.required and one.code not in there]


def unchecked(application: Application) -> list[str]:
    """The items of the checklist, and the documents, of which nobody yet said whether they are in order."""
    items = [one.code for one in service_of(application).checklist if one.code not in application.checks]
    return items + [f"document:{one.slot}" for one in _standing(application) if not one.verdict]


def not_in_order(application: Application) -> list[str]:
    """The items and documents that were not found in order: wrong, or not looked at yet."""
    checks = application.checks
    items = [one.code for one in service_of(application).checklist if not checks.get(one.code, {}).get("ok")]
    return items + [f"document:{one.slot}" for one in _standing(application) if one.verdict != "fits"]


def _standing(application: Application) -> list[Attachment]:
    return [one for one in application.attachments.all() if one.replaced_at is None]


def offered_to(application: Application, who: str, role: str, at: datetime) -> tuple[Move, ...]:
    """The moves somebody in a role can make now; whether their office may act is asked by ``acts_for``."""
    return LICENSING.offered(standing_of(application, at), who, role)
