"""The words of what was asked, taken from questionnaires. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from satupintu.outreach.rules.report.data import Wording
from satupintu.surveys.rules.questionnaires import Questionnaire

KINDS = {"self_rating": "self", "knowledge": "knowledge", "response": "response"}


def wording_of(forms: Iterable[Questionnaire], codes: Collection[str]) -> tuple[Wording, ...]:
    """The words of the items that were answered, in the order of the questionnaires. Only what a report evaluates."""
    return tuple(
        Wording(code=item.code, text=item.text, text_en=item.text_en, kind=KINDS[form.kind], topics=item.topics)
        for form in forms
        if form.kind in KINDS
        for item in form.items
        if item.code in codes
    )
