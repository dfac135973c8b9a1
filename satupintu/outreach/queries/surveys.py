"""What is asked at an event, and how many answered."""

from __future__ import annotations

from typing import Any

from satupintu.outreach.models import Event
from satupintu.surveys import queries as surveys


def surveys_page(event: Event) -> list[dict[str, Any]]:
    """Every survey of an event in the order of waves, with its questionnaire and how many people answered."""
    counts = surveys.people_in(event.reference)
    return [
        {"survey": survey, "form": surveys.form_of(survey), "people": counts.get(survey.pk, 0)}
        for survey in surveys.surveys_of(event.reference)
    ]


def sheets_counted(event: Event) -> tuple[str, int] | None:
    """The wave of the self-rating that is being filled (the last one with answers) and how many sheets; None: none."""
    asked = [row for row in surveys_page(event) if row["form"].kind == "self_rating"]
    waves = [(row["survey"].wave, row["people"]) for row in asked if row["survey"].wave in ("before", "after")]
    answered = [pair for pair in waves if pair[1]]
    return next(iter([*answered[::-1], *waves]), None)
