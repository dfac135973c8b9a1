"""Registering a vendor where they sell, all in one: the answer about consent, who, which business, what keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from satupintu.accounts.gate import guarded
from satupintu.audit.rules import Actor
from satupintu.registry.actions.businesses import add_business
from satupintu.registry.actions.consents import give_consent, record_barrier
from satupintu.registry.actions.people import register_person
from satupintu.registry.actions.plans import CONSENT, keep_plan
from satupintu.registry.models import Person


@guarded
@transaction.atomic
def register_vendor(
    *,
    person: Mapping[str, Any],
    consent: Mapping[str, Any],
    business: Mapping[str, Any],
    barriers: Sequence[str] = (),
    answers: Mapping[str, str],
    source: str,
    said_at: datetime,
    by: Actor,
    at: datetime,
) -> Person:
    """Write a vendor met at the market; returns them.

    ``person`` and ``business`` are as `register_person` and `add_business` take them, ``consent`` (``given``,
    ``place``, ``version``) is the answer about keeping the plan, given at ``said_at``, ``answers`` are the finder's.
    Somebody who is perhaps registered already is written all the same and noted among the doubles: at the market
    nobody can look. Raises ValidationError, NotAllowed.
    """
    made = register_person(**person, source=source, another_person=True, by=by, at=at)
    give_consent(person=made, purpose=CONSENT, **consent, said_at=said_at, by=by, at=at)
    if answers or any(business.values()):
        kept = add_business(person=made, **business, by=by, at=at)
        if answers:
            keep_plan(person=made, answers=answers, business=kept, by=by, at=at)
    for code in barriers:
        record_barrier(person=made, code=code, asked="event" if source == "sync" else "counter", by=by, at=at)
    return made
