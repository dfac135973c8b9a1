"""What the sign-in library tells: somebody signed in or out, or turned a second factor on or off."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from satupintu.accounts import actions, queries
from satupintu.accounts.models import User
from satupintu.accounts.rules import VISITOR


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **told: Any) -> None:
    """Witness the sign-in and by which ways."""
    ways = [record["method"] for record in queries.ways_of_signing_in(request)]
    by = queries.actor_of(user)
    if by:
        actions.record_sign_in(ways=ways, by=by, at=timezone.now())


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **told: Any) -> None:
    """Witness the sign-out."""
    by = queries.actor_of(user) if user else None
    if by:
        actions.record_sign_out(by=by, at=timezone.now())


@receiver(authenticator_added)
def second_factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    """Witness it; whoever has just typed the first right code has given the second factor in this session."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    _witness(user, "added", authenticator)


@receiver(authenticator_removed)
def second_factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    """Witness it."""
    _witness(user, "removed", authenticator)


@receiver(authenticator_reset)
def recovery_codes_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    """Witness it."""
    _witness(user, "renewed", authenticator)


@receiver(authentication_failed)
def second_factor_failed(request: HttpRequest, user: User, **told: Any) -> None:
    """Witness a wrong code: whoever gave it knew the password."""
    tries_left = ratelimit.consume(request, action="login_failed", key=f"mfa-auth-user-{user.pk}", dry_run=True)
    by = queries.actor_of(request.user) or VISITOR
    actions.record_wrong_code(user_id=user.pk, locked=not tries_left, by=by, at=timezone.now())


def _witness(user: User, what: str, authenticator: Authenticator) -> None:
    by = queries.actor_of(user)
    if by:
        actions.record_second_factor(what=what, kind=authenticator.type, by=by, at=timezone.now())
