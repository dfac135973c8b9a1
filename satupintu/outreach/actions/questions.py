"""What was asked at an event, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _checked, _one_line, _record, _same_event
from satupintu.outreach.models import Event, Participant, Question, Reply, Session
from satupintu.registry.actions import add_follow_up, finish_follow_up
from satupintu.registry.queries.visible import sees


@guarded
@transaction.atomic
def ask_question(
    *,
    event: Event,
    text: str,
    ref: UUID,
    pressed_at: datetime,
    session: Session | None = None,
    participant: Participant | None = None,
    answer: str = "",
    by: Actor,
    at: datetime,
) -> Question:
    """Keep a question, with the answer if there was one at once. Raises ValidationError, NotAllowed."""
    require_area(by, event.region)
    known = Question.objects.filter(ref=ref).first()
    if known:
        _same_event(known.event_id, event)
        return known
    if not text.strip():
        raise ValidationError({"text": _("Tulis pertanyaannya.")})
    given = {
        "event": event,
        "session": session,
        "participant": participant,
        "text": _one_line(text),
        "pressed_at": pressed_at,
        "made_by": by.ref,
        "made_at": at,
    }
    _checked(Question(ref=ref, **given))
    question, new = Question.objects.get_or_create(ref=ref, defaults=given)
    if not new:  # sent twice in one moment
        return question
    _record("question_asked", event, {"question": str(question.ref)}, by=by, at=at)
    if answer.strip():
        reply_to_question(question=question, answer=answer, by=by, at=at)
    return question


@guarded
@transaction.atomic
def reply_to_question(
    *, question: Question, answer: str = "", owner: str = "", due: date | None = None, by: Actor, at: datetime
) -> Reply:
    """Answer a question, or say who finds it out by when.

    A promise to somebody of the registry becomes a follow-up there, and the answer ends it. Raises ValidationError,
    NotAllowed.
    """
    require_area(by, question.event.region)
    answer, owner = _one_line(answer), _one_line(owner)
    if not answer and not owner:
        raise ValidationError({"answer": _("Tulis jawabannya, atau siapa yang mencari jawabannya.")})
    if not answer and due is None:
        raise ValidationError({"due": _("Tulis paling lambat kapan dijawab.")})
    person = question.participant.person if question.participant else None
    promised = [reply.follow_up for reply in question.replies.select_related("follow_up") if reply.follow_up]
    standing = [follow_up for follow_up in promised if follow_up.done_at is None]
    follow_up = None
    if answer:
        for ended in standing:
            finish_follow_up(follow_up=ended, outcome=answer, by=by, at=at)
    elif person and due and not standing and sees(by, person):
        follow_up = add_follow_up(person=person, why=f"{question.text[:200]} ({owner[:40]})", due=due, by=by, at=at)
    reply = Reply(
        question=question,
        answer=answer,
        owner=owner,
        due=None if answer else due,
        follow_up=follow_up,
        made_by=by.ref,
        made_at=at,
    )
    _checked(reply)
    reply.save(force_insert=True)
    audit.record(
        action="outreach.question_replied",
        object=question.event.reference,
        person=person.reference if person else "",
        values={"question": str(question.ref), "answered": bool(answer)},
        by=by,
        at=at,
    )
    return reply
