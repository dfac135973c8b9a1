"""One-time codes sent to a vendor's phone."""

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import transaction

from satupintu.accounts import rules
from satupintu.accounts.gate import guarded
from satupintu.accounts.models import SignInCode, User
from satupintu.accounts.rules import NotSignedIn
from satupintu.audit.fields import lookup
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.messages.actions import enqueue

KEPT_FOR = timedelta(days=1)


@guarded
@transaction.atomic
def request_code(*, phone: str, by: Actor, at: datetime) -> timedelta:
    """Send a one-time code to a vendor's phone (E.164 form); nobody learns whether the number is known.

    A number nobody has gets its row too, so that asking and trying go the same way for both. Within a minute of
    the last code, and after five in an hour, nothing is sent: returned is how long to wait, zero when it was sent.
    """
    SignInCode.objects.filter(made_at__lt=at - KEPT_FOR).delete()
    here = lookup("phone", phone)
    recent = SignInCode.objects.filter(phone_lookup=here).values_list("made_at", flat=True)
    if wait := rules.wait_for_code(list(recent[: rules.MOST_CODES_AN_HOUR]), at):
        return wait
    code = rules.new_sign_in_code(secrets.choice)
    row = SignInCode.objects.create(phone_lookup=here, code=_hashed(here, code), made_at=at)
    user = _vendor(here)
    if user:
        _send(row, user, code, at)
    return timedelta()


@guarded
def sign_in_with_code(*, phone: str, code: str, by: Actor, at: datetime) -> User:
    """The vendor of a phone number, if the newest code sent there fits; the code is then used up.

    Raises NotSignedIn: ``wrong``, or ``closed`` when a new code is needed (too old, used, tried five times).
    """
    outcome = _try_code(lookup("phone", phone), rules.read_digits(code), at)
    if isinstance(outcome, NotSignedIn):
        raise outcome
    return outcome


@transaction.atomic
def _try_code(here: str, code: str, at: datetime) -> User | NotSignedIn:
    row = SignInCode.objects.select_for_update().filter(phone_lookup=here).first()
    if row is None or not rules.code_is_open(row.made_at, row.used_at, row.wrong, at):
        return NotSignedIn("closed")
    user = _vendor(here)
    if compare_digest(row.code, _hashed(here, code)) and user:
        row.used_at = at
        row.save(update_fields=["used_at"])
        return user
    row.wrong += 1
    row.save(update_fields=["wrong"])
    left = rules.MOST_WRONG - row.wrong
    return NotSignedIn("wrong", left=left) if left > 0 else NotSignedIn("closed")


def _vendor(here: str) -> User | None:
    return User.objects.filter(phone_lookup=here, role="vendor", is_active=True).first()


def _hashed(here: str, code: str) -> str:
    return lookup("sign-in-code", f"{here}:{code}")


def _send(row: SignInCode, user: User, code: str, at: datetime) -> None:
    enqueue(
        key=f"sign-in-code:{row.pk}:{int(row.made_at.timestamp())}",
        channel="whatsapp",
        to=user.phone,
        template="sign_in_code",
        language=user.language,
        values={"code": code, "minutes": str(int(rules.CODE_LASTS.total_seconds()) // 60)},
        expires_at=row.made_at + rules.CODE_LASTS,
        by=SYSTEM,
        at=at,
    )
