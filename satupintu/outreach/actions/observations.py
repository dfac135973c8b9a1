"""What is seen on the day. Each comes with the UUID of the phone: the same one sent twice is one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _checked, _one_line, _record, change_state
from satupintu.outreach.models import Participant, Photo, Question, Reply, Session, Tap
from satupintu.outreach.models.events import Event
from satupintu.outreach.models.observations import OF_PEOPLE, OF_SESSIONS
from satupintu.registry.actions import add_follow_up, finish_follow_up, note_milestone
from satupintu.registry.queries.visible import sees


@guarded
@transaction.atomic
def tap_person(
    *,
    participant: Participant,
    kind: str,
    ref: UUID,
    pressed_at: datetime,
    source: str = "phone",
    from_yard: bool = False,
    by: Actor,
    at: datetime,
) -> Tap:
    """Note that somebody ``arrived`` or ``left``. Raises ValidationError, NotAllowed.

    Somebody of the registry who came has a milestone from it. ``from_yard`` is a press that a phone kept: it begins an
    event that is still planned.
    """
    event = participant.event
    require_area(by, event.region)
    if kind not in OF_PEOPLE:
        raise ValidationError(_("Tombol ini tidak dikenal. Muat ulang halamannya."))
    values = {"kind": kind, "card": participant.card}
    given = {"kind": kind, "participant": participant, "pressed_at": pressed_at, "source": source}
    tap = _tap(event, ref, values, from_yard, by, at, **given)
    person = participant.person
    if kind == "arrived" and person and person.forgotten_at is None and sees(by, person):
        note_milestone(person=person, code="attended", day=event.day, evidence=event.reference, by=by, at=at)
    return tap


@guarded
@transaction.atomic
def tap_session(
    *,
    session: Session,
    kind: str,
    ref: UUID,
    pressed_at: datetime,
    cause: str = "",
    from_yard: bool = False,
    by: Actor,
    at: datetime,
) -> Tap:
    """Note that a session ``started`` or ``stopped``, or the ``cause`` of its running over; ``from_yard`` as above."""
    event = session.event
    require_area(by, event.region)
    if kind not in OF_SESSIONS:
        raise ValidationError(_("Tombol ini tidak dikenal. Muat ulang halamannya."))
    if kind == "cause" and not cause.strip():
        raise ValidationError({"cause": _("Tulis sebabnya dulu.")})
    values = {"kind": kind, "session": str(session.ref)}
    told = _one_line(cause) if kind == "cause" else ""
    given = {"kind": kind, "session": session, "pressed_at": pressed_at, "cause": told}
    return _tap(event, ref, values, from_yard, by, at, **given)


def _tap(
    event: Event, ref: UUID, values: Mapping[str, Any], from_yard: bool, by: Actor, at: datetime, **given: Any
) -> Tap:
    known = Tap.objects.filter(ref=ref).first()
    if known:
        return known
    if event.state == "planned" and not from_yard:
        raise ValidationError(_("Acara belum dimulai. Tekan Mulai acara dulu."))
    if event.state == "planned":
        change_state(event=event, state="running", by=by, at=at)
    tap = Tap(ref=ref, event=event, made_by=by.ref, made_at=at, **given)
    _checked(tap)
    tap.save(force_insert=True)
    _record("tapped", event, {**values, "pressed_at": given["pressed_at"].isoformat()}, by=by, at=at)
    return tap


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
        return known
    if not text.strip():
        raise ValidationError({"text": _("Tulis pertanyaannya.")})
    question = Question(
        event=event,
        session=session,
        participant=participant,
        text=_one_line(text),
        ref=ref,
        pressed_at=pressed_at,
        made_by=by.ref,
        made_at=at,
    )
    _checked(question)
    question.save(force_insert=True)
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
