"""Who somebody is as an actor, what they must still do before pages open, and the table of roles."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from satupintu.accounts import rules
from satupintu.accounts.models import User
from satupintu.accounts.rules import ROLES, Permission
from satupintu.audit.rules import CITY, Actor

PACKAGE = Path(__file__).resolve().parents[2]


def actor_of(user: AbstractBaseUser | AnonymousUser) -> Actor | None:
    """The acting person behind a request; None for a visitor."""
    if not isinstance(user, User) or not user.is_active:
        return None
    if user.role == "vendor" or user.office is None:
        return Actor(f"user:{user.pk}", CITY, user.role, user.display_name, None)
    return Actor(f"user:{user.pk}", user.office_id or CITY, user.role, user.display_name, _area(user))


def _area(user: User) -> str | None:
    """What a member of staff answers for: the area of the office; a partner sees only what is referred."""
    if user.office is None or user.role == "partner":
        return None
    return user.office.area


@dataclass(frozen=True, slots=True)
class Missing:
    """What somebody must do before any page opens: the URL name of where, and what stays open meanwhile."""

    page: str
    still_open: frozenset[str]


def ways_of_signing_in(request: HttpRequest) -> list[dict[str, Any]]:
    """What was given in this session, oldest first: ``method`` is password, mfa, code or card, ``at`` a time stamp."""
    user = request.user
    return get_authentication_records(request, user) if isinstance(user, User) else []


def missing_before_pages(request: HttpRequest) -> Missing | None:
    """What a signed-in person lacks: a second factor that is on and given, then a password of their own."""
    user = request.user
    if not isinstance(user, User) or user.role == "vendor":
        return None
    if not any(way["method"] == "mfa" for way in ways_of_signing_in(request)):
        if second_factor_is_on(user):
            return Missing("mfa_reauthenticate", rules.BEFORE_SECOND_FACTOR)
        if rules.needs_second_factor(user.role):
            return Missing("mfa_activate_totp", rules.BEFORE_SECOND_FACTOR)
    return Missing("account_change_password", rules.BEFORE_OWN_PASSWORD) if user.must_change_password else None


def second_factor_is_on(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


@lru_cache(maxsize=1)
def permissions() -> dict[tuple[str, str], Permission]:
    """The table of roles of all rooms: each keeps its own ``roles.csv`` (kind,name,roles)."""
    table: dict[tuple[str, str], Permission] = {}
    for file in sorted(PACKAGE.glob("*/roles.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                roles = frozenset(row["roles"].split(";"))
                unknown = roles - {*ROLES, "public", "signed_in", "system"}
                if unknown or (row["kind"], row["name"]) in table:
                    raise ValueError(
                        f"{file.parent.name}/roles.csv, {row['name']}: peran tidak dikenal atau baris ganda"
                    )
                table[row["kind"], row["name"]] = Permission(row["kind"], row["name"], roles)
    return table
