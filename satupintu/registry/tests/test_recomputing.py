"""What the nights do to kept plans: only those whose answer may have changed, and only what did change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from satupintu.accounts.gate import NotAllowed
from satupintu.audit import actions as audit
from satupintu.audit.models import Record
from satupintu.audit.queries import of_object
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.actions import plans as plan_actions
from satupintu.registry.actions.plans import Recomputed
from satupintu.registry.models import KeptPlan, Milestone
from satupintu.registry.queries.plans import EVERY_PLAN, law_of_day, plan_page, worked
from satupintu.registry.rules.plans import changed_needs
from satupintu.registry.tests.factories import AT, CILOK, actor, agreed, kept_plan, register

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEW_LAW = date(2025, 6, 5)  # PP 28/2025 is in force, and most papers have a table from that day on


def night(at: datetime = AT) -> Recomputed:
    return actions.recompute_plans(by=SYSTEM, at=at)


def outdated(plan: KeptPlan) -> KeptPlan:
    """A plan that was worked out when its owner needed no NIB."""
    KeptPlan.objects.filter(pk=plan.pk).update(needs=plan.needs | {"nib": "not_needed"})
    return plan


def test_the_first_night_looks_at_every_plan_and_the_next_at_none() -> None:
    plan = kept_plan()
    before = of_object(f"plan:{plan.ref}").count()
    assert night() == Recomputed(looked_at=1, changed=0, left=0)
    assert night(AT + DAY) == Recomputed()
    assert of_object(f"plan:{plan.ref}").count() == before  # nothing changed, so nothing was written
    law = law_of_day(AT.date())
    told = {"version": law.version, "since": str(law.since), "looked_at": 1, "changed": 0, "left": 0}
    assert of_object(EVERY_PLAN).last().values == told


def test_the_day_a_new_law_begins_changes_plans_and_says_what_changed() -> None:
    eve = datetime(2025, 6, 3, 20, 0, tzinfo=UTC)  # 4 June, 3 in the night in the city
    plan = actions.keep_plan(person=agreed(), answers=CILOK, by=actor(area=""), at=eve)
    before = dict(plan.needs)
    assert night(eve) == Recomputed(looked_at=1)
    assert night(eve + DAY) == Recomputed(looked_at=1, changed=1)
    assert night(eve + 2 * DAY) == Recomputed()
    plan.refresh_from_db()
    wanted = changed_needs(before, worked(CILOK, NEW_LAW).needs)
    assert wanted
    assert (plan.changes, plan.law_day, plan.changed_at) == (wanted, NEW_LAW, eve + DAY)
    assert [change["paper"] for change in plan_page(plan, NEW_LAW)["changes"]] == [c["paper"] for c in wanted]
    assert Milestone.objects.get(code="plan_changed").day == NEW_LAW
    record = of_object(f"plan:{plan.ref}")[0]
    assert (record.actor, record.action, record.values["changes"]) == ("system", "registry.plan_recomputed", wanted)


def test_every_from_date_of_a_table_is_a_turn() -> None:
    assert law_of_day(NEW_LAW).since == NEW_LAW
    assert law_of_day(NEW_LAW - DAY).since < NEW_LAW
    assert law_of_day(NEW_LAW - DAY).version == law_of_day(NEW_LAW).version


def test_after_a_change_of_the_catalogue_every_plan_is_looked_at() -> None:
    plan, other = outdated(kept_plan()), kept_plan()
    with transaction.atomic():
        values = {"version": "lama", "since": str(law_of_day(AT.date()).since)}
        audit.record(action="registry.plans_recomputed", object=EVERY_PLAN, values=values, by=SYSTEM, at=AT - DAY)
    assert night() == Recomputed(looked_at=2, changed=1)
    plan.refresh_from_db()
    other.refresh_from_db()
    assert plan.changes == [{"paper": "nib", "before": "not_needed", "after": "now"}]
    assert (plan.filled_by, other.changes) == ("Petugas 900001", [])


def test_without_consent_a_plan_that_staff_filled_is_left_and_ones_own_is_not() -> None:
    filled, own = outdated(kept_plan()), outdated(kept_plan())
    KeptPlan.objects.filter(pk=own.pk).update(filled_by="")
    for plan in (filled, own):
        actions.withdraw_consent(person=plan.business.person, purpose="keep_plan", by=SYSTEM, at=AT)
    assert night() == Recomputed(looked_at=2, changed=1, left=1)
    filled.refresh_from_db()
    own.refresh_from_db()
    assert (filled.changes, [change["paper"] for change in own.changes]) == ([], ["nib"])


def test_answers_that_make_no_plan_any_more_are_left_and_forgotten_people_not_looked_at() -> None:
    KeptPlan.objects.filter(pk=kept_plan().pk).update(answers={"jual": "cilok"})
    gone = kept_plan(agreed())
    actions.forget_person(person=gone.business.person, why="Diminta orangnya", by=SYSTEM, at=AT)
    assert night() == Recomputed(looked_at=1, left=1)


def test_many_plans_are_worked_out_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_actions, "AT_ONCE", 2)
    for plan in [kept_plan(agreed()) for _ in range(5)][::2]:
        outdated(plan)
    assert night() == Recomputed(looked_at=5, changed=3)


def test_no_person_starts_it() -> None:
    register()
    with pytest.raises(NotAllowed):
        actions.recompute_plans(by=actor("administrator", ""), at=AT)
    assert not Record.objects.filter(object=EVERY_PLAN).exists()
