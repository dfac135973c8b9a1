"""What somebody may do with their own data beside reading it: take it along, ask for help, ask to be forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from satupintu.accounts.gate import guarded
from satupintu.audit.rules import Actor
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import FollowUp, KeptPlan, Person
from satupintu.registry.queries.known import papers
from satupintu.registry.queries.own_data import own_data
from satupintu.registry.queries.plans import serving_office
from satupintu.registry.queries.visible import require_sees


@guarded
@transaction.atomic
def hand_out_own_data(*, person: Person, by: Actor, at: datetime) -> dict[str, Any]:
    """Everything we keep about somebody, for themselves, in plain values (UU 27/2022 art. 13). Witnessed."""
    require_sees(by, person)
    data = own_data(person)
    _record("own_data_handed_out", person, by=by, at=at)
    return data


@guarded
@transaction.atomic
def ask_for_help(*, plan: KeptPlan, paper: str, by: Actor, at: datetime) -> FollowUp:
    """Ask whoever filled the plan, else the office that serves the person, for help with a paper; once while open."""
    person = plan.business.person
    require_sees(by, person)
    owner = plan.made_by if plan.filled_by and plan.made_by.startswith("user:") else ""
    return _ask(person, f"Minta dibantu: {papers().get(paper, paper)}", owner, by, at)


@guarded
@transaction.atomic
def ask_to_be_forgotten(*, person: Person, by: Actor, at: datetime) -> FollowUp:
    """Ask the office to erase one's data (UU 27/2022 art. 8); an administrator does it. Once while open."""
    require_sees(by, person)
    return _ask(person, "Minta datanya dihapus", "", by, at)


def _ask(person: Person, why: str, owner: str, by: Actor, at: datetime) -> FollowUp:
    standing = person.follow_ups.filter(why=why, done_at=None).first()
    if standing is not None:
        return standing
    day = localtime(at).date()
    follow_up = FollowUp.objects.create(
        person=person,
        why=why[:250],
        due=day,
        owner=owner,
        office=serving_office(person) or by.office,
        made_by=by.ref,
        made_at=at,
    )
    after = {"why": follow_up.why, "due": day.isoformat(), "owner": owner, "office": follow_up.office}
    _record("help_asked", person, object=f"follow-up:{follow_up.pk}", after=after, by=by, at=at)
    return follow_up
