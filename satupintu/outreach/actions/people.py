"""Who is on the list: cards without a name, and people of the registry."""

from __future__ import annotations

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _record
from satupintu.outreach.models import Event, Participant
from satupintu.registry.models import Person
from satupintu.registry.queries.visible import require_sees

MOST_CARDS = 999


@guarded
@transaction.atomic
def add_cards(*, event: Event, count: int, invited: bool = True, by: Actor, at: datetime) -> list[Participant]:
    """Put the next ``count`` numbered cards on the list, without names. Raises ValidationError, NotAllowed."""
    require_area(by, event.region)
    event = Event.objects.select_for_update().get(pk=event.pk)
    free = _free_numbers(event)[: max(0, count)]
    if count < 1 or len(free) < count:
        raise ValidationError({"count": _("Paling banyak %(most)d kartu per acara.") % {"most": MOST_CARDS}})
    made = Participant.objects.bulk_create(
        Participant(event=event, card=f"P{number:03}", invited=invited, made_by=by.ref, made_at=at) for number in free
    )
    _record("cards_added", event, {"from": made[0].card, "to": made[-1].card, "invited": invited}, by=by, at=at)
    return made


@guarded
@transaction.atomic
def note_card(*, event: Event, card: str, by: Actor, at: datetime) -> Participant:
    """The participant of a printed card that was seen in the yard; one that nobody listed is put on the list.

    ``card`` as typed: ``P021``, ``p021`` or ``21``. Raises ValidationError for what is no card of an event, NotAllowed.
    """
    require_area(by, event.region)
    found = re.fullmatch(r"P?0*([1-9][0-9]{0,2})", card.strip().upper())
    if found is None:
        raise ValidationError({"card": _("Kode kartunya tidak dikenal. Contoh P001.")})
    participant, new = Participant.objects.get_or_create(
        event=event, card=f"P{int(found[1]):03}", defaults={"invited": False, "made_by": by.ref, "made_at": at}
    )
    if new:
        _record("card_noted", event, {"card": participant.card}, by=by, at=at)
    return participant


@guarded
@transaction.atomic
def invite_person(*, event: Event, person: Person, invited: bool = True, by: Actor, at: datetime) -> Participant:
    """Put somebody of the registry on the list with the next card; who is on it already keeps theirs."""
    require_area(by, event.region)
    require_sees(by, person)
    event = Event.objects.select_for_update().get(pk=event.pk)
    known = event.participants.filter(person=person).first()
    if known:
        return known
    free = _free_numbers(event)
    if not free:
        raise ValidationError(_("Paling banyak %(most)d kartu per acara.") % {"most": MOST_CARDS})
    made = Participant.objects.create(
        event=event, card=f"P{free[0]:03}", person=person, invited=invited, made_by=by.ref, made_at=at
    )
    audit.record(
        action="outreach.person_invited",
        object=event.reference,
        person=person.reference,
        values={"card": made.card, "invited": invited},
        by=by,
        at=at,
    )
    return made


def _free_numbers(event: Event) -> list[int]:
    """The numbers no card has yet. A high one, noted in the yard by mistake, leaves those below it free."""
    taken = {int(card[1:]) for card in event.participants.values_list("card", flat=True)}
    return [number for number in range(1, MOST_CARDS + 1) if number not in taken]
