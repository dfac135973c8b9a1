"""What kept somebody from a licence is asked once, when the finder's answers are kept."""

from __future__ import annotations

import pytest

from satupintu.desk.tests.factories import ADDRESS, staff, vendor
from satupintu.registry import actions
from satupintu.registry.models import Barrier, KeptPlan
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, actor, agreed, kept_plan

pytestmark = pytest.mark.django_db


def test_plan_barriers_are_asked_after_the_first_plan_and_not_again() -> None:
    client, person = vendor()
    asked = client.post(f"/langkah/simpan/?{ADDRESS}")
    plan = KeptPlan.objects.get()
    assert asked.headers["Location"] == f"/langkah/{plan.ref}/hambatan/"
    page = client.get(asked.headers["Location"]).text
    assert "Satu pertanyaan lagi" in page and "checked" not in page
    told = client.post(asked.headers["Location"], {"codes": ["fears_cost", "unimportant"]})
    assert told.headers["Location"] == f"/langkah/{plan.ref}/"
    assert sorted(person.barriers.values_list("code", "asked")) == [("fears_cost", "finder"), ("unimportant", "finder")]
    again = client.post(f"/langkah/simpan/?{ADDRESS}")
    assert again.headers["Location"] == f"/langkah/{plan.ref}/"


def test_plan_barriers_may_be_left_empty() -> None:
    client, person = vendor()
    plan = kept_plan(person, actor("vendor", key=person.user_id))
    assert client.post(f"/langkah/{plan.ref}/hambatan/").headers["Location"] == f"/langkah/{plan.ref}/"
    assert Barrier.objects.count() == 0


def test_plan_barriers_refuse_an_unknown_one_and_write_none() -> None:
    client, person = vendor()
    plan = kept_plan(person, actor("vendor", key=person.user_id))
    answer = client.post(f"/langkah/{plan.ref}/hambatan/", {"codes": ["fears_cost", "moon"]})
    assert (answer.status_code, "Pilih dari daftar." in answer.text, Barrier.objects.count()) == (422, True, 0)


def test_plan_barriers_asked_by_staff_lead_on_to_the_card() -> None:
    client, _ = staff()
    plan = kept_plan(agreed("Tenda Biru"))
    path = f"/langkah/{plan.ref}/hambatan/"
    assert "Tanyakan ke Tenda Biru" in client.get(path).text
    answer = client.post(path, {"codes": ["fears_tax"]})
    assert answer.headers["Location"] == f"/dampingi/{plan.business.person.ref}/kartu/"
    other, _ = staff("facilitator", BEKASI_TIMUR)
    assert other.get(path).status_code == 404


def test_the_plan_answers_what_still_holds_somebody_back() -> None:
    client, person = vendor()
    plan = kept_plan(person, actor("vendor", key=person.user_id))
    assert "Yang masih mengganjal" not in client.get(f"/langkah/{plan.ref}/").text
    actions.record_barrier(person=person, code="fears_cost", by=actor(), at=AT)
    page = client.get(f"/langkah/{plan.ref}/").text
    assert "Yang masih mengganjal" in page and 'href="/tanya/q02/"' in page
    actions.lift_barrier(person=person, code="fears_cost", by=actor(), at=AT)
    assert "Yang masih mengganjal" not in client.get(f"/langkah/{plan.ref}/").text
