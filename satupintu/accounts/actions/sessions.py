"""Ending sign-ins, and witnessing what the sign-in library did."""

from collections.abc import Sequence
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from satupintu.accounts.gate import guarded
from satupintu.accounts.models import User
from satupintu.audit.actions import record
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor


@guarded
@transaction.atomic
def end_session(*, session: UserSession, by: Actor, at: datetime) -> None:
    """End one sign-in: the phone or computer there must sign in again."""
    session.end()
    record(action="accounts.session_ended", object=f"user:{session.user_id}", values={"sessions": 1}, by=by, at=at)


@guarded
@transaction.atomic
def end_sessions(*, user_id: int, but: str = "", by: Actor, at: datetime) -> int:
    """End all sign-ins of a person but the one with session key ``but``; returns how many. Field devices end too."""
    User.objects.filter(pk=user_id).update(credentials_reset_at=at)
    sessions = list(UserSession.objects.filter(user_id=user_id).exclude(session_key=but))
    for session in sessions:
        session.end()
    record(action="accounts.session_ended", object=f"user:{user_id}", values={"sessions": len(sessions)}, by=by, at=at)
    return len(sessions)


@guarded
@transaction.atomic
def record_sign_in(*, ways: Sequence[str], by: Actor, at: datetime) -> None:
    """Witness that somebody signed in, by ``password``, ``mfa``, ``code`` or ``card``."""
    record(action="accounts.signed_in", object=by.ref, values={"ways": list(ways)}, by=by, at=at)


@guarded
@transaction.atomic
def record_sign_out(*, by: Actor, at: datetime) -> None:
    """Witness that somebody signed out."""
    record(action="accounts.signed_out", object=by.ref, by=by, at=at)


@guarded
@transaction.atomic
def record_lockout(*, username: str, by: Actor, at: datetime) -> None:
    """Witness that too many wrong passwords closed an account name, as a keyed hash: people type passwords there."""
    values = {"name": lookup("sign-in-name", username.strip().casefold())}
    record(action="accounts.locked_out", object="sign-in", values=values, by=by, at=at)


@guarded
@transaction.atomic
def record_wrong_code(*, user_id: int, locked: bool, by: Actor, at: datetime) -> None:
    """Witness a wrong second factor after a right password; ``locked``: it was the last try for a while."""
    action = "accounts.second_factor_locked" if locked else "accounts.second_factor_wrong"
    record(action=action, object=f"user:{user_id}", person=f"user:{user_id}", by=by, at=at)


@guarded
@transaction.atomic
def record_second_factor(*, what: str, kind: str, by: Actor, at: datetime) -> None:
    """Witness that a second factor was ``added``, ``removed`` or ``renewed``; ``kind`` is totp or recovery_codes."""
    record(action=f"accounts.second_factor_{what}", object=by.ref, values={"kind": kind}, by=by, at=at)
