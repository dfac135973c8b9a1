"""The pages of the calendar and of delegations: what moves is shown first, then done."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from satupintu.accounts.tests.factories import client_as, make_office, make_user, set_second_factor
from satupintu.licensing.models import Closure, Delegation, ServiceTime
from satupintu.licensing.tests.factories import OFFICE, application
from satupintu.licensing.tests.test_desk_pages import desk
from satupintu.licensing.tests.test_visit_pages import working_day
from satupintu.registry.tests.browsing import html

pytestmark = pytest.mark.django_db


def at(name: str, *given: object) -> str:
    return reverse(f"licensing:{name}", args=given)


def test_closure_new_shows_what_moves_before_it_is_saved():
    client, _actor = desk("signing_official")
    values = {"begins": date(2026, 1, 1), "letter": "188/1", "made_by": "-", "made_at": "2026-01-01T00:00Z"}
    ServiceTime.objects.create(office=OFFICE, licence="tdu_pkl", days=9, **values)
    file = application("complete")
    given = {"office": OFFICE, "day": working_day(), "reason": "Listrik padam", "step": "look"}
    shown = client.post(at("closure-new"), given)
    assert (shown.status_code, file.number in shown.content.decode()) == (200, True)
    assert not Closure.objects.exists()
    assert client.post(at("closure-new"), given | {"step": "save"}).status_code == 302
    again = client.post(at("closure-new"), given)
    assert (again.status_code, "Hari itu sudah libur" in again.content.decode()) == (422, True)


def test_calendar_shows_a_month_with_its_closures_and_what_is_promised():
    client, _actor = desk("signing_official")
    day, values = working_day(), {"made_by": "-", "made_at": "2026-01-01T00:00Z"}
    Closure.objects.create(office=OFFICE, day=day, reason="Listrik padam", **values)
    ServiceTime.objects.create(
        office=OFFICE, licence="tdu_pkl", days=9, begins=date(2026, 1, 1), letter="188/1", **values
    )
    page = html(client, at("calendar"), office=OFFICE, bulan=day[:7])
    assert "Listrik padam" in page
    assert 'data-why="closure"' in page
    assert "9 hari kerja" in page
    assert "Kalender dan batas waktu" in html(client, at("calendar"), office="tidak-ada", bulan="kapan")


def test_closure_remove_shows_what_moves_and_opens_the_day_again():
    client, _actor = desk("signing_official")
    other = make_office("dpmptsp")
    values = {"made_by": "-", "made_at": "2026-01-01T00:00Z"}
    ServiceTime.objects.create(
        office=OFFICE, licence="tdu_pkl", days=99, begins=date(2026, 1, 1), letter="188/1", **values
    )
    file = application("complete")
    client.post(at("closure-new"), {"office": OFFICE, "day": working_day(), "reason": "Pindah gedung", "step": "save"})
    closure = Closure.objects.get()
    assert file.number in html(client, at("closure-remove", closure.pk))
    assert client.post(at("closure-remove", closure.pk)).status_code == 302
    assert not Closure.objects.exists()
    foreign = Closure.objects.create(
        office=other.code, day=working_day(), reason="Pindah", made_by="-", made_at="2026-01-01T00:00Z"
    )
    assert client.post(at("closure-remove", foreign.pk)).status_code == 404
    Closure.objects.update(office=OFFICE, day=date(2026, 1, 5))
    assert client.post(at("closure-remove", foreign.pk)).status_code == 422
    assert Closure.objects.get() == foreign


def test_service_time_new_fixes_the_days_and_the_administrator_closes_the_whole_city():
    make_office(OFFICE, "dinas")
    client, user = client_as("administrator", office=make_office())
    set_second_factor(user)
    given = {"office": OFFICE, "licence": "tdu_pkl", "days": "5", "begins": localdate().isoformat(), "letter": "188/2"}
    assert "Akibatnya" in client.post(at("service-time-new"), given).content.decode()
    assert client.post(at("service-time-new"), given | {"step": "save", "example": "on"}).status_code == 302
    assert ServiceTime.objects.get().example
    assert "contoh untuk uji coba" in html(client, at("calendar"), office=OFFICE)
    assert client.post(at("service-time-new"), given | {"days": "lima"}).status_code == 422
    city = {"office": "*", "day": working_day(), "reason": "Pemilihan", "step": "save"}
    assert client.post(at("closure-new"), city).status_code == 302
    assert Closure.objects.get().office == ""


def test_delegation_new_is_listed_in_delegations():
    client, _actor = desk("signing_official")
    holder = make_user("signing_official", office=make_office("dpmptsp"))
    today = localdate().isoformat()
    given = {"office": OFFICE, "holder": f"user:{holder.pk}", "begins": today, "ends": today, "letter": "800/7"}
    assert client.post(at("delegation-new"), given | {"letter": ""}).status_code == 422
    assert client.post(at("delegation-new"), given).status_code == 302
    assert holder.display_name in html(client, at("delegations"))


def test_delegations_offer_delegation_end_until_it_is_over():
    client, _actor = desk("signing_official")
    assert "Belum ada pelimpahan" in html(client, at("delegations"))
    values = {"holder": "user:1", "holder_name": "Pejabat 1", "letter": "800/7", "made_by": "-"}
    days = {"begins": localdate(), "ends": localdate(), "made_at": "2026-01-01T00:00Z"}
    made = Delegation.objects.create(office=OFFICE, **values, **days)
    assert "Akhiri sekarang" in html(client, at("delegations"))
    assert client.post(at("delegation-end", made.pk)).status_code == 302
    assert "Akhiri sekarang" not in html(client, at("delegations"))


def test_delegation_end_of_one_that_is_over_says_so():
    client, _actor = desk("signing_official")
    values = {"holder": "user:1", "holder_name": "Pejabat 1", "letter": "800/7", "made_by": "-"}
    days = {"begins": date(2026, 1, 5), "ends": date(2026, 1, 6), "made_at": "2026-01-01T00:00Z"}
    ended = client.post(at("delegation-end", Delegation.objects.create(office=OFFICE, **values, **days).pk))
    assert (ended.status_code, "sudah selesai" in ended.content.decode()) == (422, True)


def test_queue_tells_whoever_acts_for_another_office():
    client, actor = desk("signing_official", "dpmptsp")
    make_office(OFFICE, "dinas")
    values = {"holder": actor.ref, "holder_name": actor.name, "letter": "800/7", "made_by": "-"}
    days = {"begins": localdate(), "ends": localdate(), "made_at": "2026-01-01T00:00Z"}
    Delegation.objects.create(office=OFFICE, **values, **days)
    assert f"Bapak/Ibu bertindak untuk Kantor {OFFICE}." in html(client, at("queue"))
