"""Joining a card without a name to somebody of the registry, and undoing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.observations import _note_attended
from satupintu.outreach.models import Event, Participant, Tap
from satupintu.outreach.queries.consents import NAME
from satupintu.registry.actions import give_consent, register_person, take_back_milestones
from satupintu.registry.models import Person
from satupintu.registry.queries.visible import require_sees


@guarded
@transaction.atomic
def link_person(*, participant: Participant, person: Person, agreed: bool, by: Actor, at: datetime) -> Participant:
    """Say whose card it is, once they ``agreed`` to it; what was answered under the card stays there and stays paired.

    Who came then has the milestone of it. Somebody who has another card of the event is refused. Raises
    ValidationError, NotAllowed.
    """
    event = _event_of(participant, by)
    require_sees(by, person)
    participant = Participant.objects.select_for_update(of=("self",)).select_related("person").get(pk=participant.pk)
    if participant.person_id == person.pk:
        return participant
    if participant.person_id is not None:
        raise ValidationError(_("Kartu ini sudah punya nama. Lepas namanya dulu."))
    other = event.participants.filter(person=person).first()
    if other is not None:
        raise ValidationError(
            _("%(name)s sudah memegang kartu %(card)s di acara ini.")
            % {"name": person.display_name, "card": other.card}
        )
    if not agreed:
        raise ValidationError({"agreed": _("Tanpa persetujuan, kartu ini tetap tanpa nama.")})
    give_consent(person=person, purpose=NAME, place=event.place[:150], by=by, at=at)
    participant.person = person
    participant.save(update_fields=["person"])
    _witness("card_named", event, participant, person, by=by, at=at)
    if Tap.objects.filter(participant=participant, kind="arrived").exists():
        _note_attended(participant, by, at)
    return participant


@guarded
@transaction.atomic
def register_and_link(
    *, participant: Participant, values: Mapping[str, Any], agreed: bool, by: Actor, at: datetime
) -> Participant:
    """Register somebody new, ``values`` as ``register_person`` takes them, and join the card to them in one step.

    Raises ValidationError, NotAllowed; then nothing is written.
    """
    _event_of(participant, by)
    if not agreed:
        raise ValidationError({"agreed": _("Tanpa persetujuan, kartu ini tetap tanpa nama.")})
    person = register_person(**values, source="event", by=by, at=at)
    return link_person(participant=participant, person=person, agreed=agreed, by=by, at=at)


@guarded
@transaction.atomic
def unlink_person(*, participant: Participant, by: Actor, at: datetime) -> Participant:
    """Take the name off a card that was joined to the wrong person; milestones of this event go with it.

    Raises NotAllowed.
    """
    event = _event_of(participant, by)
    participant = Participant.objects.select_for_update(of=("self",)).select_related("person").get(pk=participant.pk)
    person = participant.person
    if person is None:
        return participant
    require_sees(by, person)
    participant.person = None
    participant.save(update_fields=["person"])
    take_back_milestones(person=person, evidence=event.reference, by=by, at=at)
    _witness("card_unnamed", event, participant, person, by=by, at=at)
    return participant


def _event_of(participant: Participant, by: Actor) -> Event:
    require_area(by, participant.event.region)
    return participant.event


def _witness(what: str, event: Event, participant: Participant, person: Person, *, by: Actor, at: datetime) -> None:
    audit.record(
        action=f"outreach.{what}",
        object=event.reference,
        person=person.reference,
        values={"card": participant.card},
        by=by,
        at=at,
    )
