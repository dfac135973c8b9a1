"""Who acts for which office for how long."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from satupintu.accounts.models import Office, User
from satupintu.accounts.queries import office_names
from satupintu.audit.rules import Actor
from satupintu.licensing.models import Delegation
from satupintu.licensing.queries.calendars import may_close
from satupintu.licensing.queries.told import paper_title
from satupintu.licensing.queries.visible import delegations_of
from satupintu.licensing.rules.moves import SIGNER

MOST = 200  # rows of the list


def delegations_seen(actor: Actor) -> QuerySet[Delegation]:
    """The delegations of the actor's own office and those they hold; of every office for an administrator."""
    rows = Delegation.objects.order_by("-begins", "-pk")
    if actor.role in ("administrator", "leadership"):
        return rows
    return rows.filter(office=actor.office) | rows.filter(holder=actor.ref)


def delegation_for(actor: Actor, key: int) -> Delegation | None:
    """A delegation the actor may end, or None."""
    found = Delegation.objects.filter(pk=key).first()
    return found if found and may_close(actor, found.office) else None


def possible_holders() -> list[tuple[str, str]]:
    """Every signing official who may act for an office: reference, name with their own office."""
    officials = User.objects.filter(role=SIGNER, is_active=True).select_related("office").order_by("display_name")
    return [(f"user:{one.pk}", f"{one.display_name} ({one.office})") for one in officials]


def offices_to_delegate(actor: Actor) -> list[tuple[str, str]]:
    """The offices the actor may delegate for: their own, or every one for an administrator."""
    rows = Office.objects.exclude(kind__in=("pegadaian", "university")).order_by("name")
    return [(one.code, one.name) for one in rows if may_close(actor, one.code)]


def held_today(actor: Actor, day: date) -> list[tuple[Delegation, str]]:
    """The delegations by which the actor acts for another office on a day, with its name, to be told on their queue."""
    if actor.role != SIGNER:
        return []
    names = office_names()
    return [(one, names.get(one.office, one.office)) for one in delegations_of(actor, day)]


def delegation_rows(actor: Actor, day: date) -> list[dict[str, Any]]:
    """The delegations the actor sees, in words: office, papers, whether it stands, comes or is over."""
    names, found = office_names(), []
    for one in delegations_seen(actor)[:MOST]:
        over = one.ended_at is not None or one.ends < day
        found.append(
            {
                "delegation": one,
                "office": names.get(one.office, one.office),
                "papers": [paper_title(code) for code in one.licences],
                "when": "over" if over else "coming" if one.begins > day else "standing",
                "may_end": not over and may_close(actor, one.office),
                "own": one.holder == actor.ref,
            }
        )
    return sorted(found, key=lambda row: ("standing", "coming", "over").index(row["when"]))
