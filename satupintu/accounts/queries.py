"""Who somebody is as an actor, and the table of roles."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from django.contrib.auth.models import AnonymousUser

from satupintu.accounts.models import User
from satupintu.accounts.rules import ROLES, Permission
from satupintu.audit.rules import CITY, Actor

PACKAGE = Path(__file__).resolve().parents[1]


def actor_of(user: User | AnonymousUser) -> Actor | None:
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
