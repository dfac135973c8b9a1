"""The vendor's own documents and data."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from satupintu.audit.queries import about_person
from satupintu.desk.tests.factories import staff, vendor
from satupintu.licensing.tests.test_decisions import granted
from satupintu.registry import actions
from satupintu.registry.models import Document, FollowUp
from satupintu.registry.queries.people import agrees
from satupintu.registry.tests.factories import AT, PDF, actor, agreed, kept_plan, nik, photo, register

pytestmark = pytest.mark.django_db


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_my_documents_takes_a_photo_and_shows_it_small() -> None:
    client, person = vendor()
    page = client.get("/berkas-saya/?jenis=foto_lapak")
    assert '<option value="foto_lapak" selected>' in page.text
    assert "Paling besar 8 MB." in page.text
    saved = client.post("/berkas-saya/", {"kind": "foto_lapak", "file": upload(photo())}, follow=True)
    document = Document.objects.get(person=person)
    assert "Berkas tersimpan." in saved.text
    assert f"/pedagang/{person.ref}/berkas/{document.ref}/kecil/" in saved.text
    assert client.get(f"/pedagang/{person.ref}/berkas/{document.ref}/kecil/").status_code == 200


def test_my_documents_goes_back_to_the_step_but_never_off_the_house() -> None:
    client, _ = vendor()
    for back, wanted in (("/langkah/", "/langkah/"), ("https://jauh.test/", "/berkas-saya/?tersimpan=1")):
        given = {"kind": "ktp", "file": upload(PDF, "ktp.pdf"), "kembali": back}
        assert client.post("/berkas-saya/", given).headers["Location"] == wanted


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"kind": "ktp"}, "Pilih foto atau PDF dulu."),
        ({"kind": "ktp", "file": b"bukan foto"}, "Berkas ini bukan foto atau PDF."),
        ({"kind": "ktp", "file": b"x" * (8 * 1024 * 1024 + 1)}, "lebih dari 8 MB"),
        ({"kind": "", "file": b"%PDF-1.4 %%EOF"}, "Pilih jenis berkas."),
    ],
)
def test_my_documents_says_what_is_wrong_and_keeps_the_kind(given: dict[str, Any], says: str) -> None:
    client, person = vendor()
    sent = {name: upload(value) if isinstance(value, bytes) else value for name, value in given.items()}
    page = client.post("/berkas-saya/", sent)
    assert page.status_code == 422
    assert says in page.text
    assert ('<option value="ktp" selected>' in page.text) == (given["kind"] == "ktp")
    assert not person.documents.exists()


def test_my_data_shows_consents_with_the_words_of_then_and_who_looked() -> None:
    client, person = vendor(agreed(nik=nik(7)))
    reader = staff("front_office")[1]
    by = actor("front_office", key=reader.pk)
    actions.reveal_nik(person=person, reason="cocokkan dengan KTP", by=by, at=AT)
    page = client.get("/data-saya/").text
    assert "Boleh petugas menyimpan jawaban dan langkah Bapak/Ibu?" in page
    assert "(kalimat versi 1)" in page
    assert f"Melihat NIK lengkap: {reader.display_name}" in page
    assert "cocokkan dengan KTP" in page
    assert nik(7) not in page


def test_my_documents_offers_only_what_can_be_photographed_the_stall_and_the_ktp_first() -> None:
    page = vendor()[0].get("/berkas-saya/")
    kinds = [code for code, _ in page.context["form"].fields["kind"].choices]
    assert kinds[0] == ""
    assert {*kinds[1:3]} == {"ktp", "foto_lapak"}
    assert not {"hp_wa", "email", "modal", "penjualan", "tenaga_kerja", "jenis_jualan", "alamat_posisi"} & {*kinds}
    assert {"nib", "npwp", "kk", "izin_lama"} <= {*kinds}


def test_my_consent_says_yes_takes_it_back_and_says_yes_again() -> None:
    client, person = vendor()
    for given, wanted in (("yes", True), ("no", False), ("yes", True)):
        answer = client.post("/data-saya/persetujuan/reminders/", {"given": given})
        assert answer.headers["Location"] == "/data-saya/#reminders"
        assert agrees(person, "reminders") is wanted
    assert client.post("/data-saya/persetujuan/tidak-ada/", {"given": "yes"}).status_code == 404
    assert [(c.given, c.withdrawn_at is None) for c in person.consents.all()] == [(True, True), (True, False)]


def test_my_consent_without_an_answer_says_so_on_the_page() -> None:
    client, person = vendor()
    answer = client.post("/data-saya/persetujuan/reminders/", {})
    assert answer.status_code == 422
    assert "Pilih jawabannya: ya atau tidak." in answer.text
    assert person.consents.count() == 0


def test_my_data_copy_holds_everything_and_is_witnessed() -> None:
    client, person = vendor(agreed(phone="081234567890"))
    kept_plan(person)
    paper = granted(person=person)
    answer = client.post("/data-saya/salinan/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="data-saya.json"'
    data = json.loads(answer.content)
    assert (data["nama"], data["nomor_hp"]) == (person.display_name, "081234567890")
    assert data["usaha"][0]["langkah"]["surat"]["nib"] == "now"
    file = data["permohonan"][0]
    assert (file["nomor"], file["surat_terbit"][0]["nomor"]) == (paper.application.number, paper.number)
    assert file["isian"]["goods"] == "Cilok dan es teh"
    assert about_person(person.reference)[0].action == "registry.own_data_handed_out"
    assert client.get("/data-saya/salinan/").status_code == 405


def test_my_data_forget_asks_first_and_then_asks_the_office() -> None:
    client, person = vendor()
    assert "Yang hilang untuk selamanya:" in client.get("/data-saya/hapus/").text
    assert FollowUp.objects.count() == 0
    answer = client.post("/data-saya/hapus/", follow=True)
    assert "Permintaan tercatat." in answer.text
    assert FollowUp.objects.get(person=person).why == "Minta datanya dihapus"


@pytest.mark.parametrize("rows", [1, 3])
def test_my_documents_asks_the_database_the_same_for_one_and_for_three(
    rows: int, django_assert_num_queries: Any
) -> None:
    client, person = vendor()
    for _ in range(rows):
        actions.add_document(person=person, kind="ktp", content=PDF, by=actor(), at=AT)
    with django_assert_num_queries(4):  # session, account, person, documents
        assert client.get("/berkas-saya/").text.count('class="tile"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_my_data_asks_the_database_the_same_for_one_and_for_three(rows: int, django_assert_num_queries: Any) -> None:
    client, person = vendor()
    reader = staff("front_office")[1]
    for _ in range(rows):
        by = actor("front_office", key=reader.pk)
        actions.reveal_phone(person=person, reason="telepon balik", by=by, at=AT)
    # session, account, person, entries merged into it, consents, records, names, offices
    with django_assert_num_queries(9):
        assert client.get("/data-saya/").text.count("telepon balik") == rows


def test_nobody_else_reads_a_vendors_documents() -> None:
    _, person = vendor()
    document = actions.add_document(person=person, kind="ktp", content=PDF, by=actor(), at=AT)
    other, _ = vendor(register())
    assert other.get(f"/pedagang/{person.ref}/berkas/{document.ref}/").status_code == 404
