"""The applicant's pages: start, fill in, send, follow, repair, object; nobody else's is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from satupintu.accounts.models import User
from satupintu.accounts.tests.factories import client_as, make_office, make_user, sign_in
from satupintu.audit.rules import SYSTEM
from satupintu.licensing.actions.words import write_word
from satupintu.licensing.models import Application, Assisted, Attachment, Decision, ServiceTime, Word
from satupintu.licensing.queries.standing import answers_of
from satupintu.licensing.tests.factories import (
    OFFICE,
    a_business,
    application,
    attach,
    in_wallet,
    sample_answers,
    verifier,
)
from satupintu.registry import actions as registry
from satupintu.registry.models import PaperHeld, Person
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, BEKASIJAYA, MUSTIKAJAYA, market, photo, register

pytestmark = pytest.mark.django_db
NIB = "9120001234567"
LIST_QUERIES = 4  # session, account, person, files
HALF = {"goods": "Cilok", "place_kind": "cart"}


def vendor() -> tuple[Client, Person]:
    """A browser in which a vendor is signed in, and who they are."""
    person = register()
    user = person.user or make_user("vendor")
    person = registry.link_account(person=person, user=user, by=SYSTEM, at=AT)
    return sign_in(Client(), user), person


def staff(role: str = "front_office", area: str = MUSTIKAJAYA) -> tuple[Client, User]:
    """A browser in which a member of staff of a kecamatan is signed in."""
    return client_as(role, office=make_office(f"kec-{area.replace('.', '-')}", "kecamatan", area))


def a_photo() -> SimpleUploadedFile:
    """A real photo as a browser sends it."""
    return SimpleUploadedFile("foto.jpg", photo(size=(64, 48)), "image/jpeg")


def test_file_new_tells_what_is_needed_and_starts_the_file() -> None:
    client, person = vendor()
    make_office(OFFICE, "dinas")
    business = a_business(person)
    page = client.get(f"/berkas/baru/?surat=tdu_pkl&usaha={business.ref}")
    assert page.status_code == 200
    for words in ("batas waktu belum ditetapkan kantor", "belum kami ketahui, tanya petugas", "KTP elektronik"):
        assert words in page.text
    assert Application.objects.count() == 0
    begun = client.post(f"/berkas/baru/?surat=tdu_pkl&usaha={business.ref}", {"usaha": str(business.ref)})
    file = Application.objects.get()
    assert begun.headers["Location"] == f"/berkas/{file.number}/isi/"
    assert (file.business, file.channel, file.person) == (business, "self", person)
    again = client.post("/berkas/baru/?surat=tdu_pkl", {"usaha": str(business.ref)})
    assert again.headers["Location"] == f"/berkas/{file.number}/isi/"
    assert client.get("/berkas/baru/?surat=iumk").status_code == 404
    a_business(person)
    open_one = client.post("/berkas/baru/?surat=tdu_pkl")
    assert (open_one.status_code, "Pilih dulu usahanya." in open_one.text) == (422, True)
    assert Application.objects.count() == 1


def test_file_says_when_its_time_is_only_an_example() -> None:
    client, person = vendor()
    file = application("complete", person=person, at=timezone.now())
    row: Any = {"office": OFFICE, "licence": "tdu_pkl", "days": 14, "begins": "2026-01-01", "letter": "Contoh"}
    ServiceTime.objects.create(**row, example=True, made_by="user:1", made_at=AT)
    page = client.get(f"/berkas/{file.number}/").text
    assert "Batas waktunya" in page
    assert "Lama ini contoh untuk uji coba." in page
    assert file.business is not None
    assert "contoh untuk uji coba" in client.get(f"/berkas/baru/?surat=tdu_pkl&usaha={file.business.ref}").text


def test_file_new_is_filled_in_by_staff_for_whom_they_see_and_nobody_else() -> None:
    _, person = vendor()
    make_office(OFFICE, "dinas")
    business = a_business(person)
    path = f"/berkas/baru/?surat=tdu_pkl&pedagang={person.ref}"
    client, _ = staff("facilitator")
    assert "Diisi di mana" in client.get(path).text
    client.post(path, {"usaha": str(business.ref), "channel": "market"})
    assert Application.objects.get().channel == "market"
    assert staff("facilitator", BEKASI_TIMUR)[0].get(path).status_code == 404
    assert client.get("/berkas/").headers["Location"] == "/pedagang/"
    assert {client.get(f"/berkas/?pedagang={ref}").status_code for ref in ("x", register(region=BEKASIJAYA).ref)} == {
        404
    }
    assert Application.objects.get().number in client.get(f"/berkas/?pedagang={person.ref}").text


def test_file_fill_saves_each_section_and_goes_on_from_any_device() -> None:
    client, person = vendor()
    file = application(person=person)
    path = f"/berkas/{file.number}/isi/"
    assert "Bagian 1 dari 5" in client.get(path).text
    place = market()
    first = client.post(f"{path}?bagian=usaha", HALF | {"capital": "1.500.000"})
    assert first.headers["Location"] == f"{path}?bagian=tempat"
    second = client.post(
        f"{path}?bagian=tempat",
        {
            "selling_address": "Jalan Uji, RT 05 RW 04",
            "stall_market": place.code,
            "stall_stall": "A1",
            "position_latitude": "-6,3",
            "position_longitude": "107,02",
            "length": "2",
        },
    )
    assert second.headers["Location"] == f"{path}?bagian=waktu"
    third = client.post(
        f"{path}?bagian=waktu", {"days": ["sat", "sun"], "hours_opens": "06:00", "hours_closes": "10:00"}
    )
    assert third.headers["Location"] == f"/berkas/{file.number}/dokumen/"
    kept = answers_of(Application.objects.get())
    assert (kept["capital"], kept["length"], kept["stall"]) == (1_500_000, "2", {"market": place.code, "stall": "A1"})
    elsewhere = sign_in(Client(), person.user or make_user("vendor"))
    assert 'value="1.500.000"' in elsewhere.get(f"{path}?bagian=usaha").text
    assert client.get(f"{path}?bagian=lain").status_code == 404


def test_file_fill_keeps_what_was_typed_when_something_is_wrong() -> None:
    client, person = vendor()
    file = application(person=person)
    answer = client.post(
        f"/berkas/{file.number}/isi/?bagian=tempat",
        {"length": "dua", "selling_address": "Jalan Uji", "position_latitude": "-6,3", "stall_stall": "A1"},
    )
    assert answer.status_code == 422
    for words in (
        "Tulis angkanya saja, contoh 1,5.",
        "Isi lintang dan bujur, atau kosongkan keduanya.",
        "Pilih pasarnya dulu, atau kosongkan nomor lapak.",
        'value="dua"',
        "Jalan Uji</textarea>",
    ):
        assert words in answer.text
    assert Application.objects.get().answers == ""


def test_file_document_takes_wallet_photo_or_the_original_at_the_counter() -> None:
    client, person = vendor()
    file = application(person=person)
    card = in_wallet(person, "ktp")
    path = f"/berkas/{file.number}/dokumen/"
    assert client.post(f"{path}ktp/", {"cara": "dompet", "dompet": str(card.ref)}).headers["Location"] == path
    assert client.post(f"{path}foto_lapak/", {"cara": "foto", "file": a_photo()}).status_code == 302
    assert client.post(f"{path}sku/", {"cara": "asli"}).status_code == 302
    assert {one.slot: one.at_counter for one in Attachment.objects.all()} == {
        "ktp": False,
        "foto_lapak": False,
        "sku": True,
    }
    assert "Bawa yang asli ke loket." in client.get(f"{path}sku/").text
    client.post(f"{path}sku/", {"cara": "kosongkan"})
    assert not Attachment.objects.filter(slot="sku").exists()
    assert client.get(f"{path}tidak_ada/").status_code == 404


def test_file_document_says_what_is_wrong_with_a_photo() -> None:
    client, person = vendor()
    path = f"/berkas/{application(person=person).number}/dokumen/ktp/"
    assert "Pilih foto atau PDF dulu." in client.post(path, {"cara": "foto"}).text
    assert "Pilih berkasnya dulu." in client.post(path, {"cara": "dompet"}).text
    spoilt = client.post(path, {"cara": "foto", "file": SimpleUploadedFile("x.jpg", b"x" * 100, "image/jpeg")})
    assert spoilt.status_code == 422
    foreign = in_wallet(register(), "ktp")
    assert client.post(path, {"cara": "dompet", "dompet": str(foreign.ref)}).status_code == 422
    assert Attachment.objects.count() == 0


def test_file_documents_lists_every_slot_with_how_it_stands() -> None:
    client, person = vendor()
    file = application(person=person)
    attach(file, slot="sku")
    page = client.get(f"/berkas/{file.number}/dokumen/").text
    assert page.count("Belum ada") == 3
    assert page.count("Dibawa ke loket") == 1
    assert page.count("Boleh tidak ada") == 1


def test_file_review_names_what_is_missing_and_sends_what_is_complete() -> None:
    client, person = vendor()
    file = application(person=person, answers=sample_answers() | {"goods": ""})
    path = f"/berkas/{file.number}/periksa/"
    page = client.get(path).text
    assert "Masih ada yang kosong:" in page
    assert f"/berkas/{file.number}/isi/?bagian=usaha&amp;periksa=1" in page
    refused = client.post(path, {"revision": "0"})
    assert refused.status_code == 422
    assert "Masih ada isian atau berkas yang kosong. Lengkapi dulu." in refused.text
    client.post(f"/berkas/{file.number}/isi/?bagian=usaha&periksa=1", sample_answers() | {"kembali": "1"})
    attach(Application.objects.get())
    sent = client.post(path, {"revision": "0"})
    assert sent.headers["Location"] == f"/berkas/{file.number}/tanda-terima/"
    assert Application.objects.get().state == "submitted"
    assert client.get(path).headers["Location"] == f"/berkas/{file.number}/"


def test_file_receipt_shows_the_number_and_the_way_to_follow_it() -> None:
    client, person = vendor()
    file = application("submitted", person=person)
    page = client.get(f"/berkas/{file.number}/tanda-terima/").text
    assert f"<strong>{file.number}</strong>" in page
    assert f"/lacak/{file.number}/" in page
    assert 'class="qr"' in page
    draft = application(person=person)
    assert client.get(f"/berkas/{draft.number}/tanda-terima/").headers["Location"] == f"/berkas/{draft.number}/"


def test_file_receipt_pdf_is_a_pdf_for_whoever_sent_the_file() -> None:
    client, person = vendor()
    file = application("submitted", person=person)
    paper = client.get(f"/berkas/{file.number}/tanda-terima.pdf")
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(f"/berkas/{application(person=person).number}/tanda-terima.pdf").status_code == 302
    assert vendor()[0].get(f"/berkas/{file.number}/tanda-terima.pdf").status_code == 404


def test_file_says_whose_turn_it_is_and_that_no_time_was_promised() -> None:
    client, person = vendor()
    file = application("complete", person=person)
    page = client.get(f"/berkas/{file.number}/").text
    assert "Berkas lengkap. Sedang diperiksa petugas." in page
    assert "Giliran kantor sejak" in page
    assert "Kantor belum menetapkan batas waktunya." in page
    assert "Tarik permohonan" in page


def test_file_of_somebody_else_is_not_there() -> None:
    _, person = vendor()
    file = application("submitted", person=person)
    strangers = [vendor()[0], staff("front_office", BEKASI_TIMUR)[0], staff("facilitator", BEKASI_TIMUR)[0]]
    pages = ("", "isi/", "dokumen/", "periksa/", "tanda-terima/", "perbaiki/", "tarik/", "keputusan/", "nomor/")
    for client in strangers:
        assert {client.get(f"/berkas/{file.number}/{page}").status_code for page in pages} == {404}
        assert client.post(f"/berkas/{file.number}/pesan/", {"text": "x"}).status_code == 404
    assert staff()[0].get(f"/berkas/{file.number}/").status_code == 200


def test_file_repair_shows_only_what_was_sent_back_with_why() -> None:
    client, person = vendor()
    open_parts = {"field:length": False, "document:foto_lapak": False}
    file = application("returned", person=person, open_parts=open_parts)
    step = file.steps.last()
    step.parts, step.reasons, step.note = (
        ["field:length", "document:foto_lapak"],
        ["field_unclear", "blurred"],
        "Terima kasih.",
    )
    step.save()
    path = f"/berkas/{file.number}/perbaiki/"
    page = client.get(path).text
    for words in ("Isiannya belum jelas. Tulis lebih lengkap.", "Fotonya buram.", "Terima kasih.", 'name="length"'):
        assert words in page
    assert 'name="goods"' not in page
    early = client.post(path, {"kirim": "1", "length": "3", "revision": str(file.revision)})
    assert early.status_code == 422
    assert "Bagian yang diminta belum diperbaiki semua. Perbaiki dulu." in early.text
    assert (
        client.post(f"/berkas/{file.number}/dokumen/foto_lapak/", {"cara": "foto", "file": a_photo()}).headers[
            "Location"
        ]
        == path
    )
    assert client.post(f"/berkas/{file.number}/dokumen/ktp/", {"cara": "asli"}).status_code == 422
    sent = client.post(path, {"kirim": "1", "length": "3", "revision": str(file.revision)}, follow=True)
    assert "Terkirim." in sent.text
    assert Application.objects.get().state == "submitted"
    assert client.get(path).headers["Location"] == f"/berkas/{file.number}/"


def test_file_word_is_shown_to_both_sides_and_an_empty_one_says_so() -> None:
    client, person = vendor()
    file = application("complete", person=person)
    sent = client.post(f"/berkas/{file.number}/pesan/", {"text": "Kapan dilihat?"})
    assert sent.headers["Location"] == f"/berkas/{file.number}/#pesan"
    write_word(application=file, text="Besok pagi.", by=verifier(), at=timezone.now())
    assert "Besok pagi." in client.get(f"/berkas/{file.number}/").text
    assert {one.read_at is None for one in Word.objects.filter(from_applicant=False)} == {False}
    empty = client.post(f"/berkas/{file.number}/pesan/", {"text": " "})
    assert (empty.status_code, "Tulis pesannya dulu." in empty.text) == (422, True)


def test_file_withdraw_asks_first_and_then_closes_the_file() -> None:
    client, person = vendor()
    file = application("submitted", person=person)
    path = f"/berkas/{file.number}/tarik/"
    assert "Tarik permohonan ini?" in client.get(path).text
    assert Application.objects.get().state == "submitted"
    client.post(path, {"reason": "not_needed", "revision": str(file.revision)})
    assert Application.objects.get().state == "withdrawn"
    assert client.get(path).headers["Location"] == f"/berkas/{file.number}/"


def test_file_decision_gives_reasons_and_the_objection_goes_to_another_official() -> None:
    client, person = vendor()
    file = application("refused", person=person)
    path = f"/berkas/{file.number}/keputusan/"
    assert client.get(path).headers["Location"] == f"/berkas/{file.number}/"
    Decision.objects.create(
        application=file,
        outcome="refused",
        reasons=["red_zone"],
        frozen='{"law": {"basis": [{"law": "Perda 18/2024", "article": "5"}]}}',
        frozen_sha256="0" * 64,
        rule_version="1",
        made_by="user:1",
        made_by_name="Pejabat 1",
        role="signing_official",
        office=OFFICE,
        made_at=AT,
    )
    page = client.get(path).text
    for words in (
        "Tempatnya zona merah. Tanya dinas tempat lain yang boleh.",
        "Perda 18/2024, pasal 5",
        "Ajukan keberatan",
    ):
        assert words in page
    assert "Tulis kenapa Bapak/Ibu keberatan." in client.post(path, {"reason": ""}).text
    sent = client.post(path, {"reason": "Bukan zona merah.", "revision": str(file.revision)})
    assert sent.headers["Location"] == f"/berkas/{file.number}/?terkirim=1"
    assert Application.objects.get().state == "objection"


def test_track_form_takes_a_number_in_any_spelling() -> None:
    file = application("submitted")
    assert "Lacak berkas" in Client().get("/lacak/").text
    typed = file.number.lower().replace("-", " ")
    assert Client().get("/lacak/", {"nomor": typed}).headers["Location"] == f"/lacak/{file.number}/"
    wrong = Client().get("/lacak/", {"nomor": "SP-1"})
    assert (wrong.status_code, "Nomornya belum benar." in wrong.text) == (422, True)


def test_track_shows_no_personal_data_and_no_draft() -> None:
    person = register("Bunga Tersembunyi", nik="", phone="081234567890")
    file = application("returned", person=person, business=a_business(person, trade_name="Cilok Rahasia"))
    write_word(application=file, text="Kata rahasia", by=verifier(), at=timezone.now())
    page = Client().get(f"/lacak/{file.number}/")
    assert page.status_code == 200
    assert "Perlu diperbaiki. Lihat apa yang kurang." in page.text
    for secret in ("Bunga", "Rahasia", "rahasia", "Cilok", "Jalan", "0812", "Loket 9"):
        assert secret not in page.text
    assert Client().get(f"/lacak/{application().number}/").status_code == 404
    lost = Client().get("/lacak/SP-2222-2222/")
    assert (lost.status_code, "Nomor ini tidak ditemukan." in lost.text) == (404, True)


def test_track_lets_nobody_go_through_the_numbers() -> None:
    seen = [Client().get("/lacak/SP-2222-2222/").status_code for _ in range(61)]
    assert (seen[:60], seen[60]) == ([404] * 60, 429)


def test_file_filed_and_the_number_that_came_move_the_plan_on() -> None:
    client, person = vendor()
    file = application(licence="nib", person=person)
    page = client.get(f"/berkas/{file.number}/").text
    assert "SatuPintu tidak menerbitkan surat ini." in page
    future = client.post(
        f"/berkas/{file.number}/diajukan/", {"filed_on": str(timezone.localdate() + timedelta(days=1)), "where": "OSS"}
    )
    assert (future.status_code, "Tanggalnya belum lewat." in future.text) == (422, True)
    client.post(f"/berkas/{file.number}/diajukan/", {"filed_on": "2026-11-20", "where": "OSS di HP", "revision": "0"})
    assert Application.objects.get().state == "filed"
    assert "Diajukan 20 November 2026 di OSS di HP." in client.get(f"/berkas/{file.number}/").text
    assert person.milestones.get(code="applied").day.isoformat() == "2026-11-20"


def test_file_number_takes_thirteen_digits_with_a_photo() -> None:
    client, person = vendor()
    file = application("filed", licence="nib", person=person)
    path = f"/berkas/{file.number}/nomor/"
    short = client.post(path, {"number": "912", "revision": str(file.revision)})
    assert (short.status_code, 'value="912"' in short.text, PaperHeld.objects.count()) == (422, True, 0)
    client.post(path, {"number": NIB, "issued": "2026-11-21", "file": a_photo(), "revision": str(file.revision)})
    held = PaperHeld.objects.get()
    assert (held.number, held.paper, held.person, held.business) == (NIB, "nib", person, file.business)
    assert held.evidence is not None
    assert Application.objects.get().state == "recorded"
    assert {one.code for one in person.milestones.all()} >= {"licensed", "paper_nib"}


def test_file_refusal_keeps_why_and_lets_it_be_filed_again() -> None:
    client, person = vendor()
    file = application("filed", licence="nib", person=person)
    path = f"/berkas/{file.number}/penolakan/"
    assert "Pilih alasannya dari daftar." in client.post(path, {"reason": ""}).text
    client.post(path, {"reason": "nik_unknown", "revision": str(file.revision)})
    page = client.get(f"/berkas/{file.number}/").text
    assert "NIK tidak cocok dengan Dukcapil." in page
    assert "Sudah diajukan di sana" in page


def test_file_sitting_is_recorded_only_with_consent() -> None:
    _, person = vendor()
    file = application(licence="nib", person=person)
    client, user = staff("facilitator")
    path = f"/berkas/{file.number}/pendampingan/"
    assert "Boleh petugas membantu mengisi permohonan ini?" in client.get(path).text
    without = client.post(path, {"given": "no", "place": "Pasar"})
    assert (without.status_code, "Tanpa persetujuan" in without.text) == (422, True)
    client.post(path, {"given": "yes", "place": "Pasar Uji", "minutes": "20", "outcome": "NIB terbit"})
    sitting = Assisted.objects.get()
    assert (sitting.helped_by, sitting.place, sitting.minutes) == (f"user:{user.pk}", "Pasar Uji", 20)
    assert sitting.consent is not None
    assert (sitting.consent.purpose, sitting.consent.given) == ("assisted_filing", True)
    assert "di Pasar Uji." in client.get(f"/berkas/{file.number}/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_my_files_asks_the_database_the_same_for_one_and_for_three(rows: int, django_assert_num_queries: Any) -> None:
    client, person = vendor()
    numbers = [application("submitted", person=person, business=a_business(person)).number for _ in range(rows)]
    client.get("/berkas/")
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/berkas/").text
    assert all(number in page for number in numbers)
