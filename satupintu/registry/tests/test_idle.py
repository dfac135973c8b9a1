"""Reminders that leave by themselves: once for each step, only to whom agreed and did nothing."""

from datetime import timedelta

import pytest

from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.messages.models import Message
from satupintu.registry import actions
from satupintu.registry.models import KeptPlan
from satupintu.registry.tests.factories import AT, actor, agreed, kept_plan

pytestmark = pytest.mark.django_db
LINK = "https://satupintu.example/langkah/"
WEEK = timedelta(days=7, minutes=1)


def reachable(name: str = "", phone: str = "081234567890") -> KeptPlan:
    person = agreed(name, phone=phone, channel="whatsapp")
    actions.give_consent(person=person, purpose="reminders", by=SYSTEM, at=AT)
    return kept_plan(person)


def remind(days: timedelta = WEEK, link: str = LINK) -> int:
    return actions.remind_idle(link=link, by=SYSTEM, at=AT + days)


def test_who_did_nothing_for_a_week_is_reminded_once() -> None:
    reachable()
    assert remind(timedelta(days=6)) == 0
    assert remind() == 1
    assert (remind(timedelta(days=8)), remind(timedelta(days=30))) == (0, 0)
    assert Message.objects.get().template == "next_step_reminder"
    assert [r.values["messages"] for r in Record.objects.filter(action="registry.idle_reminded").order_by("pk")] == [
        0,
        1,
        0,
        0,
    ]


def test_who_ticked_a_step_is_reminded_of_the_next_one_a_week_later() -> None:
    plan = reachable()
    assert remind() == 1
    actions.tick_step(plan=plan, paper="nib", by=actor(), at=AT + WEEK)
    assert remind(timedelta(days=8)) == 0
    assert remind(2 * WEEK) == 1
    assert Message.objects.count() == 2


def test_nobody_is_reminded_without_consent_phone_or_an_address_of_the_house() -> None:
    kept_plan(agreed("Pedagang 01", phone="081234567891", channel="whatsapp"))
    withdrawn = reachable("Pedagang 02", "081234567892")
    actions.withdraw_consent(person=withdrawn.business.person, purpose="reminders", by=actor(), at=AT)
    reachable("Pedagang 03", "")
    assert remind() == 0
    reachable("Pedagang 04", "081234567894")
    assert remind(link="") == 0
