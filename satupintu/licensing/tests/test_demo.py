"""The files of the demo: made once, through the real actions, in the states they are told to be in."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from satupintu.accounts import actions as accounts
from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.licensing.actions import demo
from satupintu.licensing.models import Application, Certificate, ServiceTime
from satupintu.licensing.queries.clocks import reading_of
from satupintu.registry import actions as registry
from satupintu.registry.models import PaperHeld

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_demo_has_files_in_many_states_and_adds_nothing_twice() -> None:
    assert demo(by=SYSTEM, at=AT) == []  # without accounts and vendors there is nobody to make files of
    accounts.demo(by=SYSTEM, at=AT)
    registry.demo(by=SYSTEM, at=AT)
    made = demo(by=SYSTEM, at=AT)
    states = Counter(one.state for one in made)
    assert states == {
        "draft": 1,
        "submitted": 1,
        "returned": 1,
        "complete": 2,
        "site_visit": 1,
        "recommendation": 1,
        "examined": 1,
        "issued": 1,
        "handed_over": 1,
        "refused": 1,
        "objection": 1,
        "suspended": 1,
        "filed": 1,
        "recorded": 1,
    }
    late = [file for file in Application.objects.filter(state="complete") if reading_of(file, AT).late_since]
    assert len(late) == 1
    assert all(file.made_at < AT and file.moved_at < AT for file in Application.objects.all())
    assert ServiceTime.objects.get().example
    assert Counter(Certificate.objects.values_list("status", flat=True)) == {"active": 2, "suspended": 1}
    assert PaperHeld.objects.get(paper="nib", person__display_name="Pedagang 06").number == "0000000000006"
    assert demo(by=SYSTEM, at=AT) == []
    assert list(audit.breaks()) == []
