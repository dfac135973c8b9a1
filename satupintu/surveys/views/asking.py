"""Who asks, about which survey, and how its items look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.surveys import queries
from satupintu.surveys.forms import option_list
from satupintu.surveys.forms.labels import KINDS, TYPES, WAVES
from satupintu.surveys.rules.questionnaires import Questionnaire


def asked_about(request: HttpRequest, ref: UUID) -> tuple[Actor, Any]:
    """Who asks and about which survey; 404 for one that is not theirs or not there."""
    actor = signed_in(request)[1]
    survey = queries.survey_for(actor, ref)
    if survey is None:
        raise Http404(str(ref))
    return actor, survey


def survey_context(survey: Any) -> dict[str, Any]:
    """A survey with its questionnaire and the words for its wave."""
    return {"survey": survey, "form_file": queries.form_of(survey), "wave": WAVES[survey.wave]}


def items_of(form: Questionnaire) -> list[dict[str, Any]]:
    """Every item with its number, kind, answers, the words of its condition and its right answer."""
    numbers = {item.code: number for number, item in enumerate(form.items, 1)}
    found = []
    for item in form.items:
        options = option_list(item, ";".join(item.key))
        condition = item.only_if
        needed = form.item(condition.item) if condition else None
        found.append(
            {
                "item": item,
                "number": numbers[item.code],
                "kind": TYPES[item.type],
                "options": options,
                "wide": item.type not in ("yesno", "likert5"),  # its answers need a line of their own on paper
                "after": numbers[condition.item] if condition else 0,
                "answers": [
                    option["label"]
                    for option in (option_list(needed, ";".join(condition.answers)) if needed and condition else [])
                    if option["checked"]
                ],
            }
        )
    return found


def form_context(code: str, form: Questionnaire) -> dict[str, Any]:
    """A questionnaire as its pages and papers show it."""
    rated = next((item for item in form.items if item.type == "likert5"), None)
    return {
        "code": code,
        "form_file": form,
        "items": items_of(form),
        "likert": option_list(rated) if rated else [],
        "waves": [WAVES[wave] for wave in form.waves],
        "kind": KINDS[form.kind],
    }
