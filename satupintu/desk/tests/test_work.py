"""Homes by role, and the one search box."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from satupintu.accounts.tests.factories import client_as
from satupintu.audit.rules import SYSTEM
from satupintu.desk.queries import work
from satupintu.desk.tests.factories import staff, vendor
from satupintu.licensing.tests.factories import application
from satupintu.messages.models import Message
from satupintu.messages.tests.factories import keep
from satupintu.outreach.tests.events import event
from satupintu.registry import actions
from satupintu.registry.tests.factories import AT, MUSTIKAJAYA, actor, agreed, kept_plan, market, register
from satupintu.sync.tests.factories import arriving, device, receive

pytestmark = pytest.mark.django_db
WORK_QUERIES = 8  # session, account with office, due, its number, files, late files, doubles, without NIB
SEARCH_QUERIES = 15


def test_work_of_a_vendor_is_the_plan() -> None:
    client, _ = vendor()
    assert client.get("/kerja/").headers["Location"] == "/langkah/"
    assert client.get("/").headers["Location"] == "/langkah/"


def test_work_lists_follow_ups_due_and_counts_what_waits_in_the_area() -> None:
    client, user = staff("front_office")
    today = timezone.localdate()
    mine = actor("front_office", MUSTIKAJAYA, user.pk)
    late, later = register("Pedagang 11", by=mine), register("Pedagang 12", by=mine)
    register("Pedagang 13", region="32.75.01.1001")
    actions.record_paper(person=later, paper="nib", number="9120001234567", by=mine, at=AT)
    at = timezone.now()
    actions.add_follow_up(person=late, why="temui di lapak", due=today, owner=mine.ref, by=mine, at=at)
    actions.add_follow_up(person=later, why="belum waktunya", due=today + timedelta(1), owner=mine.ref, by=mine, at=at)
    page = client.get("/")
    assert "Pedagang 11: temui di lapak" in page.text
    assert "belum waktunya" not in page.text
    assert page.context["due_count"] == 1
    assert {task.kind: task.count for task in page.context["tasks"]} == {
        "files": 0,
        "late_files": 0,
        "doubles": 0,
        "without_nib": 1,
    }
    assert 'href="/pedagang/?belum=nib"' in page.text
    listed = client.get("/pedagang/?belum=nib").text
    assert ("Pedagang 11" in listed, "Pedagang 12" in listed) == (True, False)


def test_work_of_an_administrator_tells_of_failed_messages() -> None:
    client, _ = staff("administrator", "")
    keep()
    stuck = keep(key="uji:gagal")
    Message.objects.filter(pk=stuck.pk).update(state="failed", next_try_at=None)
    page = client.get("/kerja/")
    assert {task.kind: task.count for task in page.context["tasks"]}["messages"] == 1


def test_work_of_an_administrator_counts_records_of_phones_that_wait() -> None:
    receive(device()[0], arriving(kind="nobody.knows"))
    client = staff("administrator", "")[0]
    page = client.get("/kerja/")
    assert {task.kind: task.count for task in page.context["tasks"]}["records"] == 1
    assert "Catatan masuk yang perlu diperiksa" in page.content.decode()
    assert "HP lapangan" in page.content.decode()


@pytest.mark.parametrize("role", ["facilitator", "signing_official", "partner", "leadership"])
def test_work_offers_only_pages_that_open(role: str) -> None:
    client, _ = staff(role, "")
    page = client.get("/kerja/")
    assert page.status_code == 200
    tiles = [part.split('"')[0] for part in page.text.split('class="tile" href="')[1:]]
    assert tiles
    assert [path for path in tiles if client.get(path).status_code != 200] == []


def test_a_long_queue_is_not_counted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "MOST_COUNTED", 2)
    by = actor()
    for _ in range(3):
        register(by=by)
    task = next(task for task in work.work_of(by, AT.date())["tasks"] if task.kind == "without_nib")
    assert (task.count, task.more) == (2, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_work_asks_the_database_the_same_for_one_and_for_three(rows: int, django_assert_num_queries: Any) -> None:
    client, user = staff("front_office")
    by = actor("front_office", MUSTIKAJAYA, user.pk)
    for n in range(rows):
        person = register(f"Pedagang {n + 1:02} Uji", by=by)
        actions.add_follow_up(person=person, why=f"hal {n}", due=timezone.localdate(), by=by, at=timezone.now())
        person.follow_ups.update(owner=by.ref)
    with django_assert_num_queries(WORK_QUERIES):
        assert client.get("/kerja/").text.count("hal ") == rows


def test_search_finds_a_file_by_its_number_for_those_who_see_it() -> None:
    file = application("submitted")
    typed = {"cari": file.number.lower().replace("-", " ")}
    link = f'href="/kerja/{file.number}/"'
    assert link in staff("front_office")[0].get("/cari/", typed).text
    assert link not in staff("front_office", "32.75.01")[0].get("/cari/", typed).text
    assert link not in Client().get("/cari/", typed).text


def test_search_finds_people_businesses_markets_help_papers_and_laws_by_group() -> None:
    client, _ = staff()
    person = register("Sukardjo Lima", phone="081234567890")
    actions.add_business(person=person, trade_name="Warung Melati", by=actor(), at=AT)
    actions.record_paper(person=person, paper="nib", number="9120001234567", by=actor(), at=AT)
    market("pasar-melati")
    event("Sosialisasi Kenanga", place="Halaman Dahlia")

    def groups(text: str) -> dict[str, int]:
        return {name: len(rows) for name, rows in client.get("/cari/", {"cari": text}).context["groups"].items()}

    assert groups("soekarjo") == {"people": 1}
    assert groups("7890") == {"people": 1}
    assert groups("4567") == {"people": 1}
    assert groups("9120001234567") == {"people": 1}
    assert groups("melati") == {"people": 1, "businesses": 1, "markets": 1}
    assert {"papers", "questions"} <= groups("nib").keys()
    assert groups("kenanga") == groups("dahlia") == groups("2026-11-28") == {"events": 1}
    assert groups("uu 20 2008") == {"laws": 1}
    assert groups("x") == groups("") == {}


def test_search_shows_nothing_of_another_kecamatan_and_no_people_to_vendors_and_visitors() -> None:
    person = register("Kencana Ungu", region="32.75.01.1001")
    actions.add_business(person=person, trade_name="Kencana Jaya", by=actor(area=""), at=AT)
    market("pasar-kencana", region="32.75.01.1001")
    event("Acara Kencana", region="32.75.01.1001")
    for client in (staff()[0], vendor()[0], Client(), client_as("partner")[0]):
        page = client.get("/cari/?cari=kencana")
        assert page.context is None or page.context.get("groups", {}) == {}
        assert "Kencana" not in page.text.replace("kencana", "")


def test_search_without_a_hit_gives_tips_and_no_dead_end() -> None:
    client, _ = staff()
    page = client.get("/cari/?cari=zzzzzz").text
    assert "Belum ketemu" in page
    assert "Orang: nama, 4 angka terakhir HP, atau NIB." in page
    assert "0 hasil" not in page


def test_the_search_box_stands_in_the_header_of_staff_only() -> None:
    assert 'class="header-search"' in staff()[0].get("/kerja/").text
    assert 'class="header-search"' not in vendor()[0].get("/langkah/").text
    assert 'class="header-search"' not in Client().get("/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_search_asks_the_database_the_same_for_one_and_for_three(rows: int, django_assert_max_num_queries: Any) -> None:
    client, _ = staff()
    for n in range(rows):
        person = register(f"Melati {n + 10}")
        actions.add_business(person=person, trade_name=f"Melati {n + 20}", by=actor(), at=AT)
    with django_assert_max_num_queries(SEARCH_QUERIES):
        assert len(client.get("/cari/?cari=melati").context["groups"]["people"]) == rows


def test_work_of_leadership_shows_figures_and_nobody_by_name() -> None:
    plan = kept_plan(agreed("Tenda Biru"))
    register("Tenda Kuning", region="32.75.01.1001")
    actions.record_paper(person=plan.business.person, paper="nib", number="9120001234567", by=SYSTEM, at=AT)
    client, _ = staff("leadership", area="")
    page = client.get("/kerja/")
    assert page.context["figures"] == {"people": 2, "plans": 1, "nib": 1}
    assert "Tenda" not in page.text


def test_work_of_the_partner_says_that_referrals_will_come_here() -> None:
    client, _ = staff("partner", area="")
    assert "Rujukan dari pedagang akan tampil di sini." in client.get("/kerja/").text
