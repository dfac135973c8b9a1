"""Cards and their PINs: made for a vendor without a phone, and signed in with."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts import rules
from satupintu.accounts.gate import guarded, require_area
from satupintu.accounts.models import Card, User, WrongTries
from satupintu.accounts.rules import NotSignedIn
from satupintu.audit.actions import record
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor

FORGET_TRIES_AFTER = timedelta(days=1)


@guarded
@transaction.atomic
def issue_card(*, user: User, region: str, pin: str = "", by: Actor, at: datetime) -> tuple[str, str]:
    """Make a new card for a vendor and return its code as printed and its PIN, both this once only.

    ``region`` is the code of where the vendor is served; accounts do not know it, so whoever calls says it. Without
    ``pin`` one is made by chance. Older cards of the person are revoked: one card per person works.
    Raises NotAllowed for a region outside the actor's area, ValidationError for staff and for an easy PIN.
    """
    require_area(by, region)
    if user.role != "vendor":
        raise ValidationError(_("Kartu hanya untuk pedagang. Petugas masuk dengan kata sandi."))
    if pin and (problem := rules.pin_problem(pin)):
        raise ValidationError(problem)
    pin = pin or rules.new_pin(secrets.choice)
    Card.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    code = rules.new_card_code((), secrets.choice)
    while Card.objects.filter(code=code).exists():
        code = rules.new_card_code((), secrets.choice)
    card = Card.objects.create(code=code, user=user, pin=_hashed(code, pin), made_by=by.ref, made_at=at)
    record(action="accounts.card_issued", object=f"card:{card.pk}", person=f"user:{user.pk}", by=by, at=at)
    return rules.shown_card_code(code), pin


@guarded
@transaction.atomic
def reset_pin(*, card: Card, region: str, by: Actor, at: datetime) -> str:
    """Give a card a new PIN, return it once, and let it be tried again. ``region`` and NotAllowed as in issue_card."""
    require_area(by, region)
    pin = rules.new_pin(secrets.choice)
    card.pin = _hashed(card.code, pin)
    card.save(update_fields=["pin"])
    WrongTries.objects.filter(key=_tries_key(card.code)).delete()
    record(action="accounts.pin_reset", object=f"card:{card.pk}", person=f"user:{card.user_id}", by=by, at=at)
    return pin


@guarded
@transaction.atomic
def revoke_card(*, card: Card, region: str, why: str, by: Actor, at: datetime) -> None:
    """Make a card useless, for example when it was lost. ``region`` and NotAllowed as in issue_card."""
    require_area(by, region)
    card.revoked_at = at
    card.save(update_fields=["revoked_at"])
    person = f"user:{card.user_id}"
    record(action="accounts.card_revoked", object=f"card:{card.pk}", person=person, why=why, by=by, at=at)


@guarded
def sign_in_with_card(*, code: str, pin: str, by: Actor, at: datetime) -> User:
    """The vendor of a card, if code and PIN fit. Raises NotSignedIn: ``wrong``, or ``locked`` after five wrong tries.

    The try is counted before the PIN is looked at, so that many at once get no more tries than one after the
    other; and counted alike whether the card exists, so that nobody learns which do.
    """
    stored = rules.read_card_code(code)
    if stored is None:
        raise NotSignedIn("wrong")
    tries = _count_try(stored, at)
    card = Card.objects.select_related("user").filter(code=stored, revoked_at=None).first()
    if _fits(card, stored, rules.read_digits(pin)) and card and card.user.is_active and card.user.role == "vendor":
        WrongTries.objects.filter(key=_tries_key(stored)).delete()
        return card.user
    if tries.locked_until is None:
        raise NotSignedIn("wrong", left=rules.MOST_WRONG - tries.wrong)
    if card:
        _record_lock(card, by, at)
    raise NotSignedIn("locked", wait=tries.locked_until - at)


def _fits(card: Card | None, code: str, pin: str) -> bool:
    """Whether the PIN is right; takes as long for a card that does not exist."""
    peppered = lookup("pin", f"{code}:{pin}")
    if card is None:
        make_password(peppered)
        return False
    return check_password(peppered, card.pin)


def _hashed(code: str, pin: str) -> str:
    """A PIN as stored: keyed first, because a million PINs are soon tried on a stolen table of plain hashes."""
    return make_password(lookup("pin", f"{code}:{pin}"))


def _tries_key(code: str) -> str:
    return lookup("card-tries", code)


@transaction.atomic
def _count_try(code: str, at: datetime) -> WrongTries:
    """Count one try on a card; the last one locks it, unless it is right. Raises NotSignedIn while locked."""
    WrongTries.objects.filter(last_at__lt=at - FORGET_TRIES_AFTER).delete()
    WrongTries.objects.get_or_create(key=_tries_key(code), defaults={"last_at": at})
    tries = WrongTries.objects.select_for_update().get(key=_tries_key(code))
    if tries.locked_until and rules.is_locked(tries.locked_until, at):
        raise NotSignedIn("locked", wait=tries.locked_until - at)
    tries.wrong = 1 if tries.locked_until else tries.wrong + 1
    tries.locked_until = at + rules.LOCKED_FOR if tries.wrong >= rules.MOST_WRONG else None
    tries.last_at = at
    tries.save()
    return tries


@transaction.atomic
def _record_lock(card: Card, by: Actor, at: datetime) -> None:
    record(action="accounts.card_locked", object=f"card:{card.pk}", person=f"user:{card.user_id}", by=by, at=at)
