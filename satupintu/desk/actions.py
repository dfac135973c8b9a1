"""Writes that cross rooms: handing over a card, and letting a list of a change of law leave the house."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.actions import issue_card, reset_pin, revoke_card
from satupintu.accounts.gate import guarded
from satupintu.accounts.models import Card
from satupintu.accounts.queries.people import working_card
from satupintu.accounts.rules import shown_card_code
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.registry.actions import open_account
from satupintu.registry.models import Person
from satupintu.registry.queries.visible import require_sees


@guarded
@transaction.atomic
def hand_over_card(*, person: Person, by: Actor, at: datetime) -> tuple[str, str]:
    """Give somebody a card to sign in with, and an account if they have none; returns code and PIN, this once only.

    An older card of theirs stops working. Raises ValidationError, NotAllowed.
    """
    require_sees(by, person)
    user = person.user or open_account(person=person, by=by, at=at)
    if not user.is_active:
        raise ValidationError(_("Akun orang ini ditutup. Minta administrator membukanya."))
    return issue_card(user=user, region=person.region, by=by, at=at)


@guarded
@transaction.atomic
def give_new_pin(*, person: Person, by: Actor, at: datetime) -> tuple[str, str]:
    """Give the card somebody holds a new PIN; returns the card's code and the PIN, this once only.

    Raises ValidationError if they hold no card, NotAllowed.
    """
    require_sees(by, person)
    card = _card_of(person)
    return shown_card_code(card.code), reset_pin(card=card, region=person.region, by=by, at=at)


@guarded
@transaction.atomic
def take_card_back(*, person: Person, why: str, by: Actor, at: datetime) -> None:
    """Make the card somebody holds useless, for example because it was lost. Raises ValidationError, NotAllowed."""
    require_sees(by, person)
    revoke_card(card=_card_of(person), region=person.region, why=why.strip()[:300], by=by, at=at)


def _card_of(person: Person) -> Card:
    card = working_card(person.user_id)
    if card is None:
        raise ValidationError(_("Orang ini belum punya kartu yang berlaku."))
    return card


@guarded
@transaction.atomic
def read_trail(*, person: str, by: Actor, at: datetime) -> None:
    """Witness that somebody reads what was done to or read about a person; ``person`` is their reference."""
    audit.record(action="desk.trail_read", object=f"person:{person}", person=person, by=by, at=at)


@guarded
@transaction.atomic
def export_law_change(*, change: str, rows: int, by: Actor, at: datetime) -> None:
    """Witness that the list of businesses whose papers a change of law touches leaves the house."""
    values = {"change": change, "rows": rows}
    audit.record(action="desk.law_change_exported", object=f"law-change:{change}"[:120], values=values, by=by, at=at)
