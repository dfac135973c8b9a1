"""The kept plan on its pages: kept, ticked, undone, noted, helped with; nobody else's is shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from satupintu.accounts.tests.factories import make_user, sign_in
from satupintu.desk.tests.factories import ADDRESS, staff, vendor
from satupintu.licensing.tests.factories import application
from satupintu.messages.models import Message
from satupintu.registry import actions
from satupintu.registry.models import Business, FollowUp, KeptPlan, PaperHeld, StepDone
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    CILOK,
    actor,
    agreed,
    kept_plan,
    photo,
    register,
)
from satupintu.web.formats import date_long

pytestmark = pytest.mark.django_db
NIB = "9120001234567"
PLAN_QUERIES = 10  # session, account, person, plan, papers twice, ticks, barriers, files, other plans


def test_my_plan_without_one_leads_to_the_finder() -> None:
    client, _ = vendor()
    page = client.get("/langkah/")
    assert page.status_code == 200
    assert 'class="button" href="/cek-izin/"' in page.text


def test_my_plan_of_an_account_nobody_linked_says_where_to_go() -> None:
    client = sign_in(Client(), make_user("vendor"))
    for path in ("/langkah/", "/berkas-saya/", "/data-saya/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "Akun ini belum terhubung dengan data pedagang." in page.text
    assert client.post(f"/langkah/simpan/?{ADDRESS}").headers["Location"] == "/langkah/"


def test_keep_plan_from_the_finder_shows_the_next_step_first() -> None:
    client, person = vendor()
    page = client.get(f"/cek-izin/hasil/?{ADDRESS}")
    assert f'action="/langkah/simpan/?{ADDRESS.replace("&", "&amp;")}"' in page.text
    kept = client.post(f"/langkah/simpan/?{ADDRESS}", follow=True)
    plan = KeptPlan.objects.get()
    assert kept.redirect_chain == [(f"/langkah/{plan.ref}/hambatan/", 302)]
    assert (plan.business.person, plan.answers, plan.filled_by) == (person, CILOK, "")
    text = client.post(f"/langkah/{plan.ref}/hambatan/", follow=True).text
    assert text.count("card-main") == 1
    assert text.index("Langkah berikutnya") < text.index("Semua langkah")
    assert "Diisi petugas" not in text
    assert client.get("/langkah/").text.count("data-state=") == text.count("data-state=")


def test_keep_plan_asks_for_which_business_when_that_is_not_clear() -> None:
    client, person = vendor()
    client.post(f"/langkah/simpan/?{ADDRESS}")
    other = ADDRESS.replace("2020-56104", "2020-47813")
    asked = client.post(f"/langkah/simpan/?{other}")
    business = Business.objects.get()
    assert asked.status_code == 200
    assert "Simpan untuk usaha yang mana?" in asked.text
    assert (f'value="{business.ref}"' in asked.text, KeptPlan.objects.count()) == (True, 1)
    client.post(f"/langkah/simpan/?{other}", {"usaha": str(business.ref)})
    assert (KeptPlan.objects.get().answers["kbli"], person.businesses.count()) == ("2020-47813", 1)
    client.post(f"/langkah/simpan/?{ADDRESS}", {"usaha": ""})
    assert (KeptPlan.objects.count(), person.businesses.count()) == (2, 2)


def test_keep_plan_with_open_questions_says_so_and_leads_back_to_the_finder() -> None:
    client, _ = vendor()
    answer = client.post("/langkah/simpan/?jual=cilok")
    assert answer.status_code == 422
    assert "Jawabannya belum lengkap. Jawab semua pertanyaan dulu." in answer.text
    assert 'href="/cek-izin/?jual=cilok"' in answer.text
    assert KeptPlan.objects.count() == 0


def test_a_visitor_is_told_how_to_keep_the_plan() -> None:
    page = Client().get(f"/cek-izin/hasil/?{ADDRESS}").text
    assert "Masuk dulu, lalu simpan langkahnya." in page
    assert 'href="/masuk/?next=%2Fcek-izin%2Fhasil%2F%3F' in page
    assert "csrfmiddlewaretoken" not in page


def test_kept_plan_shows_who_filled_it_and_what_is_locked_and_why() -> None:
    client, _ = staff()
    plan = kept_plan(agreed())
    page = client.get(f"/langkah/{plan.ref}/")
    assert "Diisi petugas: Petugas 900001" in page.text
    assert page.text.count('data-state="your-turn"') >= 1
    locked = [step for step in page.context["steps"] if step["standing"].state == "locked"]
    for step in locked:
        assert (
            f'/surat/{step["standing"].paper}/"' not in page.text.split("Semua langkah")[1].split("Surat yang sudah")[0]
        )


def test_kept_plan_is_not_there_for_another_kecamatan_or_another_vendor() -> None:
    plan = kept_plan(agreed())
    others = [staff("front_office", BEKASI_TIMUR)[0], vendor()[0]]
    for client in others:
        for path in ("", "surat/nib/"):
            assert client.get(f"/langkah/{plan.ref}/{path}").status_code == 404
        assert client.post(f"/langkah/{plan.ref}/surat/nib/centang/").status_code == 404
    assert StepDone.objects.count() == 0


def test_step_tick_moves_on_and_can_be_undone() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    step = f"/langkah/{plan.ref}/surat/nib/"
    assert "Sudah saya lakukan" in client.get(step).text
    done = client.post(f"{step}centang/", {"langkah": "done"}, follow=True)
    assert done.redirect_chain[0][0] == f"/langkah/{plan.ref}/?selesai=nib"
    assert "Nomornya belum dicatat." in done.text
    page = client.get(step)
    assert "Belum selesai, batalkan" in page.text
    client.post(f"{step}centang/", {"langkah": "online-1"})
    assert {(s.paper, s.step) for s in StepDone.objects.all()} == {("nib", "done"), ("nib", "online-1")}
    client.post(f"{step}centang/", {"langkah": "done", "batal": "1"})
    client.post(f"{step}centang/", {"langkah": "online-1", "batal": "1"})
    assert StepDone.objects.count() == 0


def test_step_tick_of_an_unknown_step_says_so() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    answer = client.post(f"/langkah/{plan.ref}/surat/nib/centang/", {"langkah": "online-77"})
    assert answer.status_code == 422
    assert "tidak dikenal" in answer.text
    assert client.get(f"/langkah/{plan.ref}/surat/tidak-ada/").status_code == 404


def test_my_step_of_a_waiting_paper_offers_no_tick() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    locked = [s for s in client.get("/langkah/").context["steps"] if s["standing"].state == "locked"]
    assert locked
    page = client.get(f"/langkah/{plan.ref}/surat/{locked[0]['standing'].paper}/").text
    assert "Belum bisa dimulai. Selesaikan dulu:" in page
    assert "Sudah saya lakukan" not in page


def test_paper_held_takes_thirteen_digits_and_finishes_the_step() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    document = actions.add_document(person=person, kind="nib", content=photo(), by=actor(), at=AT)
    path = f"/langkah/{plan.ref}/surat/nib/catat/"
    short = client.post(path, {"number": "912000123456", "issued": "", "evidence": str(document.ref)})
    assert short.status_code == 422
    assert "NIB" in short.text
    assert 'value="912000123456"' in short.text  # nothing typed is lost
    assert f'value="{document.ref}" selected' in short.text
    done = client.post(path, {"number": "9120 0012 34567", "issued": "2026-11-20", "evidence": str(document.ref)})
    held = PaperHeld.objects.get()
    assert done.headers["Location"] == f"/langkah/{plan.ref}/?selesai=nib"
    assert (held.number, str(held.issued), held.evidence) == (NIB, "2026-11-20", document)
    assert "Ada fotonya." in client.get("/langkah/").text


def test_paper_held_takes_no_evidence_of_somebody_else() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    foreign = actions.add_document(person=register(), kind="nib", content=photo(), by=actor(), at=AT)
    answer = client.post(f"/langkah/{plan.ref}/surat/nib/catat/", {"number": NIB, "evidence": str(foreign.ref)})
    assert answer.status_code == 422
    assert PaperHeld.objects.count() == 0


def test_step_help_puts_the_vendor_on_somebodys_list() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    answer = client.post(f"/langkah/{plan.ref}/surat/nib/bantuan/", follow=True)
    assert "Permintaan tercatat." in answer.text
    assert FollowUp.objects.get().owner == plan.made_by
    assert client.post(f"/langkah/{plan.ref}/surat/tidak-ada/bantuan/").status_code == 404


def test_plan_refresh_notes_what_the_law_changed() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    KeptPlan.objects.update(needs=plan.needs | {"nib": "not_needed"}, law_day="2025-06-04")
    page = client.get("/langkah/").text
    assert "Aturan berubah." in page
    assert "sekarang perlu" in page
    client.post(f"/langkah/{plan.ref}/hitung/")
    page = client.get("/langkah/").text
    assert "Aturan berubah." not in page
    assert "Yang berubah pada" in page


def test_what_is_filled_in_with_the_nib_is_done_with_it_and_never_the_next_step() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    seen = []
    while (page := client.get(f"/langkah/{plan.ref}/").context)["next"]:
        seen.append(page["next"]["standing"].paper)
        actions.tick_step(plan=plan, paper=seen[-1], by=actor(area=""), at=AT)
        plan.refresh_from_db()
    inside = {s["standing"].paper for s in page["steps"] if s["inside"]}
    assert "kkpr" in inside
    assert not inside & {*seen}
    assert {s["standing"].state for s in page["steps"]} == {"done"}


def test_plan_refresh_without_consent_tells_staff_to_ask() -> None:
    client, _ = staff()
    plan = kept_plan(agreed())
    actions.withdraw_consent(person=plan.business.person, purpose="keep_plan", by=actor(), at=AT)
    answer = client.post(f"/langkah/{plan.ref}/hitung/")
    assert answer.status_code == 422
    assert "Belum ada persetujuan simpan langkah." in answer.text


def test_plan_remind_sends_once_and_tells_what_is_missing() -> None:
    client, _ = staff()
    plan = kept_plan(agreed(phone="081234567890", channel="whatsapp"))
    path = f"/langkah/{plan.ref}/ingatkan/"
    assert "Belum ada persetujuan kirim pengingat." in client.post(path).text
    actions.give_consent(person=plan.business.person, purpose="reminders", by=actor(), at=AT)
    assert "Pengingat dikirim." in client.post(path, follow=True).text
    again = client.post(path)
    assert again.status_code == 422
    today = date_long(timezone.localdate())
    assert f"Sudah pernah dikirim pada {today}. Untuk langkah ini hanya sekali." in again.text
    assert "Pengingat dikirim." not in again.text
    assert Message.objects.count() == 1
    assert "http://testserver/langkah/" in Message.objects.get().text


def test_my_step_leads_to_the_file_of_a_paper_and_shows_where_it_stands() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    step = f"/langkah/{plan.ref}/surat/nib/"
    page = client.get(step).text
    assert "Siapkan dan catat" in page
    assert f'href="/berkas/baru/?surat=nib&amp;usaha={plan.business.ref}"' in page
    file = application("filed", licence="nib", person=person, business=plan.business)
    page = client.get(step).text
    assert "Sudah diajukan ke kantor lain. Tunggu kabarnya." in page
    assert f'href="/berkas/{file.number}/"' in page
    assert "Siapkan dan catat" not in page
    assert file.number in client.get("/langkah/").text
    helper, _ = staff()
    assert file.number in helper.get(f"/langkah/{plan.ref}/").text


def test_a_number_noted_in_a_file_finishes_the_step_of_the_plan() -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    file = application("filed", licence="nib", person=person, business=plan.business)
    client.post(f"/berkas/{file.number}/nomor/", {"number": NIB, "revision": str(file.revision)})
    standing = {s["standing"].paper: s["standing"].state for s in client.get("/langkah/").context["steps"]}
    assert standing["nib"] == "done"


@pytest.mark.parametrize("rows", [1, 3])
def test_kept_plan_asks_the_database_the_same_for_one_and_for_three(rows: int, django_assert_num_queries: Any) -> None:
    client, person = vendor(agreed())
    plan = kept_plan(person)
    for n in range(rows):
        actions.record_paper(person=person, paper="sku", number=f"SKU-{n}", by=actor(), at=AT)
        actions.tick_step(plan=plan, paper="nib", step=f"online-{n + 1}", by=actor(), at=AT)
    client.get("/langkah/")
    with django_assert_num_queries(PLAN_QUERIES):
        assert client.get("/langkah/").text.count("SKU-") == rows
