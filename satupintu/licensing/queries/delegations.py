"""Who acts for which office for how long."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from satupintu.accounts.models import Office, User
from satupintu.audit.rules import Actor
from satupintu.licensing.models import Delegation
from satupintu.licensing.queries.calendars import may_close
from satupintu.licensing.queries.visible import delegations_of
from satupintu.licensing.rules.moves import SIGNER


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


def held_today(actor: Actor, day: date) -> QuerySet[Delegation]:
    """The delegations by which the actor acts for another office on a day, to be told on their queue."""
    return delegations_of(actor, day)
