"""What is seen on the day. Each comes with the UUID of the phone: the same one sent twice is one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _checked, _one_line, _record, _same_event
from satupintu.outreach.models import Participant, Photo, Session, Tap
from satupintu.outreach.models.events import Event
from satupintu.outreach.models.observations import OF_PEOPLE, OF_SESSIONS
from satupintu.registry.actions import note_milestone
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
    evidence: Photo | None = None,
    from_yard: bool = False,
    by: Actor,
    at: datetime,
) -> Tap:
    """Note that somebody ``arrived`` or ``left``; ``evidence`` is the photo of the paper list it was read from.

    Somebody of the registry who came has a milestone from it. ``from_yard`` is a press that a phone kept: it begins an
    event that is still planned. Raises ValidationError, NotAllowed.
    """
    event = participant.event
    require_area(by, event.region)
    if kind not in OF_PEOPLE:
        raise ValidationError(_("Tombol ini tidak dikenal. Muat ulang halamannya."))
    if evidence is not None and evidence.event_id != event.pk:
        raise ValidationError(_("Foto daftar ini dari acara lain."))
    values = {"kind": kind, "card": participant.card, "source": source}
    given = {"kind": kind, "participant": participant, "pressed_at": pressed_at, "source": source}
    tap = _tap(event, ref, values, from_yard, by, at, **given, evidence=evidence)
    if kind == "arrived":
        _note_attended(participant, by, at)
    return tap


def _note_attended(participant: Participant, by: Actor, at: datetime) -> None:
    """The milestone of somebody of the registry who came to an event; none for people the actor may not see."""
    person, event = participant.person, participant.event
    if person and person.forgotten_at is None and sees(by, person):
        note_milestone(person=person, code="attended", day=event.day, evidence=event.reference, by=by, at=at)


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


@guarded
@transaction.atomic
def next_session(
    *,
    event: Event,
    refs: tuple[UUID, UUID, UUID],
    pressed_at: datetime,
    stops: Session | None,
    starts: Session | None,
    cause: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """One press: stop one session and start the next in the same minute, with why the first ran over, if told.

    ``refs`` are for the stop, the start and the cause; sent twice, nothing is written twice. Which sessions are meant
    comes with the press, so that two phones pressed at once skip none. Raises ValidationError, NotAllowed.
    """
    require_area(by, event.region)
    if any(session.event_id != event.pk for session in (stops, starts) if session is not None):
        raise ValidationError(_("Sesi ini dari acara lain. Muat ulang halamannya."))
    if stops is not None:
        tap_session(session=stops, kind="stopped", ref=refs[0], pressed_at=pressed_at, by=by, at=at)
    if stops is not None and cause.strip():
        tap_session(session=stops, kind="cause", ref=refs[2], pressed_at=pressed_at, cause=cause, by=by, at=at)
    if starts is not None:
        tap_session(session=starts, kind="started", ref=refs[1], pressed_at=pressed_at, by=by, at=at)


@guarded
@transaction.atomic
def tick_paper_list(
    *,
    event: Event,
    ref: UUID,
    seen: Sequence[tuple[Participant, datetime, datetime | None]],
    photo: Photo | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Note who signed the paper list: participant, when they came, and when they left if the list says so.

    ``photo`` is the picture of the list. Sent twice with the same ``ref``, nobody is noted twice. Returns how many
    people there were. Raises ValidationError, NotAllowed.
    """
    require_area(by, event.region)
    for participant, arrived_at, left_at in seen:
        for kind, moment in (("arrived", arrived_at), ("left", left_at)):
            if moment is not None:
                tap_person(
                    participant=participant,
                    kind=kind,
                    ref=uuid5(ref, f"{participant.pk}:{kind}"),
                    pressed_at=moment,
                    source="paper",
                    evidence=photo,
                    by=by,
                    at=at,
                )
    return len(seen)


def _tap(
    event: Event, ref: UUID, values: Mapping[str, Any], from_yard: bool, by: Actor, at: datetime, **given: Any
) -> Tap:
    known = Tap.objects.filter(ref=ref).first()
    if known:
        _same_event(known.event_id, event)
        return known
    if event.state == "planned" and not from_yard:
        raise ValidationError(_("Acara belum dimulai. Tekan Mulai acara dulu."))
    if event.state == "planned":
        _begin(event, by, at)
    given |= {"event": event, "made_by": by.ref, "made_at": at}
    _checked(Tap(ref=ref, **given))
    tap, new = Tap.objects.get_or_create(ref=ref, defaults=given)  # pressed twice in one moment, it is one
    if new:
        _record("tapped", event, {**values, "pressed_at": given["pressed_at"].isoformat()}, by=by, at=at)
    return tap


def _begin(event: Event, by: Actor, at: datetime) -> None:
    event.state = "running"
    if Event.objects.filter(pk=event.pk, state="planned").update(state="running"):
        _record("event_state_changed", event, {"from": "planned", "to": "running"}, by=by, at=at)
