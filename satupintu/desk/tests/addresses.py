"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.accounts.models import User
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import KeptPlan, Person
from satupintu.registry.tests.factories import AT, agreed, kept_plan


def person_of(visitor: User | None) -> Person:
    """Somebody the visitor would be shown: themselves if they are a vendor."""
    person = agreed()
    if visitor is not None and visitor.role == "vendor":
        actions.link_account(person=person, user=visitor, by=SYSTEM, at=AT)
    return person


def plan_of(visitor: User | None) -> KeptPlan:
    """A kept plan of theirs."""
    return kept_plan(person_of(visitor))


def _a_person(visitor: User | None) -> dict[str, Any]:
    return {"ref": person_of(visitor).ref}


def _a_plan(visitor: User | None) -> dict[str, Any]:
    return {"ref": plan_of(visitor).ref}


def _a_record(visitor: User | None) -> dict[str, Any]:
    agreed()
    return {"office": "city", "number": 1}


def _a_step(visitor: User | None) -> dict[str, Any]:
    return {"ref": plan_of(visitor).ref, "code": "nib"}


ARGUMENTS: dict[str, Callable[[User | None], dict[str, Any]]] = {
    **{f"desk:{name}": _a_plan for name in ("kept-plan", "plan-barriers", "plan-refresh", "plan-remind")},
    **{f"desk:{name}": _a_step for name in ("my-step", "step-tick", "paper-held", "step-help")},
    **{f"desk:{name}": _a_person for name in ("assist-person", "assist-keep", "hand-over")},
    "desk:trail-record": _a_record,
    "desk:my-consent": lambda visitor: {"purpose": "reminders"},
}
