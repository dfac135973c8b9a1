"""Reminding, without being asked, of a step that nobody goes on with."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.registry.actions.reminders import remind_next_step
from satupintu.registry.models import KeptPlan
from satupintu.registry.queries.known import idle_since
from satupintu.registry.queries.plans import idle_plans

AT_ONCE = 500


@guarded
def remind_idle(*, link: str, by: Actor, at: datetime) -> int:
    """Remind of the next step, once for each step, whoever agreed to reminders and did nothing for some days.

    ``link`` is the absolute address of the plan; without one nobody is reminded. Returns how many messages were made.
    """
    plans = idle_plans(idle_since(at)).iterator(chunk_size=AT_ONCE) if link else ()
    told = sum(_is_reminded(plan, link, by, at) for plan in plans)
    with transaction.atomic():
        audit.record(action="registry.idle_reminded", object="plans", values={"messages": told}, by=by, at=at)
    return told


def _is_reminded(plan: KeptPlan, link: str, by: Actor, at: datetime) -> bool:
    try:
        return remind_next_step(plan=plan, link=link, by=by, at=at).created_at == at
    except ValidationError:
        return False  # all done, not answered, or said no meanwhile: nothing to remind of
