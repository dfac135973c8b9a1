"""What was asked, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from satupintu.audit.rules import Actor
from satupintu.outreach.models import Event, Question
from satupintu.outreach.queries.people import shown_name


def questions_of(actor: Actor, event: Event) -> list[dict[str, Any]]:
    """Every question with its last reply, the newest first; ``state`` is open, promised or answered."""
    asked = Question.objects.filter(event=event).select_related("session", "participant__person")
    rows = []
    for question in asked.prefetch_related("replies").order_by("-pressed_at", "ref"):
        replies = list(question.replies.all())
        last = replies[-1] if replies else None
        participant = question.participant
        rows.append(
            {
                "question": question,
                "reply": last,
                "state": "open" if last is None else "answered" if last.answer else "promised",
                "who": (shown_name(actor, participant.person) or participant.card) if participant else "",
            }
        )
    return rows


def question_of(event: Event, ref: UUID | str) -> Question | None:
    """One question of an event."""
    return event.questions.filter(ref=ref).select_related("participant__person").first()
