"""Writing what people at an event agreed to: in the registry if we know them, else for the card they hold."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _checked, _one_line, _record
from satupintu.outreach.models import CardConsent, Participant
from satupintu.registry.actions import give_consent
from satupintu.registry.actions import withdraw_consent as withdraw_of_person
from satupintu.registry.queries.known import purposes


@guarded
@transaction.atomic
def record_consent(
    *,
    participant: Participant,
    purpose: str,
    given: bool,
    ref: UUID,
    place: str = "",
    version: str = "",
    said_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Record a yes or no to one purpose, with the text that was read (UU 27/2022 art. 22-24).

    Somebody of the registry has it there; who holds a card without a name has it on the card, once for each ``ref``.
    ``said_at`` and ``version`` come along where it was said without a network. Raises ValidationError, NotAllowed.
    """
    event = participant.event
    require_area(by, event.region)
    place = _one_line(place) or event.place[:150]
    if participant.person is not None:
        give_consent(
            person=participant.person,
            purpose=purpose,
            given=given,
            place=place,
            version=version,
            said_at=said_at,
            by=by,
            at=at,
        )
        return
    if CardConsent.objects.filter(ref=ref).exists():
        return
    said_at = said_at or at
    text = purposes()[purpose].read_out(version, localdate(said_at)) if purpose in purposes() else None
    if text is None:
        raise ValidationError({"purpose": _("Kalimat persetujuan ini tidak dikenal. Pilih dari daftar.")})
    consent = CardConsent(
        ref=ref,
        participant=participant,
        purpose=purpose,
        text_version=text.version,
        given=given,
        place=place,
        said_at=said_at,
        made_by=by.ref,
        made_at=at,
    )
    _checked(consent)
    consent.save(force_insert=True)
    values = {"card": participant.card, "purpose": purpose, "version": text.version, "given": given}
    _record("consent_recorded", event, values, by=by, at=at)


@guarded
@transaction.atomic
def withdraw_consent(*, participant: Participant, purpose: str, by: Actor, at: datetime) -> int:
    """End every yes to a purpose, on the card and in the registry; returns how many there were.

    Photos that rest on it leave the report at once (art. 40). Raises NotAllowed.
    """
    event = participant.event
    require_area(by, event.region)
    standing = participant.consents.filter(purpose=purpose, given=True, withdrawn_at=None)
    count = standing.update(withdrawn_at=at, withdrawn_by=by.ref)
    if count:
        values = {"card": participant.card, "purpose": purpose, "consents": count}
        _record("consent_withdrawn", event, values, by=by, at=at)
    if participant.person is not None:
        count += withdraw_of_person(person=participant.person, purpose=purpose, by=by, at=at)
    return count
