"""The pages of what belongs to a person, asked for as a browser does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import (
    Barrier,
    Business,
    Consent,
    Document,
    FollowUp,
    PaperHeld,
)
from satupintu.registry.tests.browsing import address, html, office_of, staff, vendor
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    MUSTIKAJAYA,
    MUSTIKASARI,
    PDF,
    market,
    photo,
    register,
)

pytestmark = pytest.mark.django_db


def test_business_new_writes_one_with_its_code() -> None:
    person, place = register(), market()
    given = {
        "trade_name": "Warung",
        "place": "cart",
        "region": MUSTIKASARI,
        "market": place.pk,
        "stall_label": "A1",
        "codes_2020": "56104, 47813",
    }
    response = staff().post(address("business-new", person), given)
    assert response.headers["Location"] == address("person", person)
    business = Business.objects.get()
    assert (business.market, business.stall.label, business.codes.count()) == (place, "A1", 2)
    assert business.codes.get(main=True).code == "56104"


def test_business_new_says_at_the_form_what_is_wrong() -> None:
    person = register()
    response = staff().post(
        address("business-new", person), {"place": "cart", "region": MUSTIKASARI, "codes_2020": "12"}
    )
    assert response.status_code == 422
    assert "Tulis kode 5 angka, misalnya 56104." in response.content.decode()


def test_business_edit_shows_what_stands_and_keeps_what_is_sent() -> None:
    person, client = register(), staff()
    business = actions.add_business(
        person=person, trade_name="Warung", place="cart", codes=[("2020", "56104"), ("2025", "56106")], by=SYSTEM, at=AT
    )
    path = address("business-edit", person, business_ref=business.ref)
    page = html(client, path)
    assert 'value="Warung"' in page and 'value="56104"' in page and 'value="56106"' in page
    given = {"trade_name": "Kedai", "place": "kiosk", "region": MUSTIKASARI, "codes_2020": "47813"}
    assert client.post(path, given).headers["Location"] == address("person", person)
    business = Business.objects.get()
    assert (business.trade_name, [code.code for code in business.codes.all()]) == ("Kedai", ["47813"])
    other = register("Pedagang 02")
    assert client.get(address("business-edit", other, business_ref=business.ref)).status_code == 404
    assert staff(area=BEKASI_TIMUR).get(path).status_code == 404


def test_paper_withdraw_asks_why_and_takes_the_entry_back() -> None:
    person, client = register(), staff()
    held = actions.record_paper(person=person, paper="nib", number="1234567890123", by=SYSTEM, at=AT)
    path = address("paper-withdraw", person, paper_ref=held.ref)
    assert "Tulis alasannya." in client.post(path, {"why": " "}).content.decode()
    assert "1234567890123" in html(client, address("person", person))
    assert client.post(path, {"why": "Salah ketik"}).status_code == 302
    assert "1234567890123" not in html(client, address("person", person))
    assert client.get(path).status_code == 404


def test_a_vendor_adds_their_own_business_and_nobody_elses() -> None:
    me, other = register(), register()
    client, given = vendor(me), {"place": "cart", "region": MUSTIKASARI}
    assert client.post(address("business-new", me), given).status_code == 302
    assert client.post(address("business-new", other), given).status_code == 404
    assert Business.objects.get().person == me


def test_paper_new_checks_the_number() -> None:
    person, client = register(), staff()
    wrong = client.post(address("paper-new", person), {"paper": "nib", "number": "123"})
    assert "NIB berisi 13 angka. Sekarang ada 3." in wrong.content.decode()
    client.post(address("paper-new", person), {"paper": "nib", "number": "1234567890123", "issued": "2026-01-02"})
    assert PaperHeld.objects.get().number == "1234567890123"


def test_document_new_keeps_a_photo_and_document_shows_it_sealed_from_others() -> None:
    person, client = register(), staff()
    upload = SimpleUploadedFile("ktp.jpg", photo(), "image/jpeg")
    assert client.post(address("document-new", person), {"kind": "ktp", "file": upload}).status_code == 302
    document = Document.objects.get()
    path = address("document", person, document_ref=document.ref)
    shown = client.get(path)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "no-store" in shown["Cache-Control"] and shown.content.startswith(b"\xff\xd8\xff")
    assert audit.about_person(person.reference).first().action == "registry.document_read"
    assert staff(area=BEKASI_TIMUR).get(path).status_code == 404
    other = register()
    assert client.get(address("document", other, document_ref=document.ref)).status_code == 404


def test_document_new_refuses_what_is_no_photo_whatever_it_is_called() -> None:
    person = register()
    upload = SimpleUploadedFile("ktp.jpg", b"<script>x()</script>", "image/jpeg")
    response = staff().post(address("document-new", person), {"kind": "ktp", "file": upload})
    assert response.status_code == 422 and "Berkas ini bukan foto atau PDF." in response.content.decode()
    assert Document.objects.count() == 0


def test_document_thumbnail_is_small_and_not_there_for_a_pdf() -> None:
    person, client = register(), staff()
    picture = actions.add_document(person=person, kind="ktp", content=photo(), by=SYSTEM, at=AT)
    pdf = actions.add_document(person=person, kind="kk", content=PDF, by=SYSTEM, at=AT)
    whole = client.get(address("document", person, document_ref=picture.ref)).content
    small = client.get(address("document-thumbnail", person, document_ref=picture.ref)).content
    assert 0 < len(small) < len(whole)
    assert client.get(address("document-thumbnail", person, document_ref=pdf.ref)).status_code == 404


def test_document_shows_photos_and_hands_pdfs_out_to_be_saved() -> None:
    person, client = register(), staff()
    said = []
    for content in (photo(), PDF):
        kept = actions.add_document(person=person, kind="ktp", content=content, by=SYSTEM, at=AT)
        answer = client.get(address("document", person, document_ref=kept.ref))
        said.append([answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")])
    assert said == [
        ["image/jpeg", 'inline; filename="ktp.jpg"', "nosniff"],
        ["application/pdf", 'attachment; filename="ktp.pdf"', "nosniff"],
    ]


def test_document_erase_makes_it_disappear() -> None:
    person, client = register(), staff("verifier")
    document = actions.add_document(person=person, kind="ktp", content=PDF, by=SYSTEM, at=AT)
    client.post(address("document-erase", person, document_ref=document.ref), {"reason": "salah foto"})
    assert client.get(address("document", person, document_ref=document.ref)).status_code == 404


def test_consent_new_reads_the_words_and_takes_no_answer_for_granted() -> None:
    person, client = register(), staff()
    page = html(client, address("consent-new", person))
    assert "Boleh kami kirim nama dan nomor WA ke Pegadaian? Bisa dibatalkan kapan saja." in page
    assert "checked" not in page
    missing = client.post(address("consent-new", person), {"purpose": "reminders"})
    assert "Pilih jawabannya: ya atau tidak." in missing.content.decode()
    client.post(address("consent-new", person), {"purpose": "reminders", "given": "no", "place": "loket"})
    assert (Consent.objects.get().given, Consent.objects.get().place) == (False, "loket")


def test_consent_withdraw_ends_it() -> None:
    person = register()
    actions.give_consent(person=person, purpose="reminders", by=SYSTEM, at=AT)
    me = vendor(person)
    assert me.post(address("consent-withdraw", person, purpose="reminders")).status_code == 302
    assert Consent.objects.get().withdrawn_at is not None
    assert me.post(address("consent-withdraw", person, purpose="newsletter")).status_code == 404


def test_barrier_new_and_barrier_lift_write_both_ends() -> None:
    person, client = register(), staff()
    client.post(address("barrier-new", person), {"code": "red_zone"})
    assert Barrier.objects.get().gone_at is None
    client.post(address("barrier-lift", person, code="red_zone"))
    assert Barrier.objects.get().gone_at is not None


def test_barrier_lift_of_an_unknown_code_is_not_there() -> None:
    assert staff().post(address("barrier-lift", register(), code="lazy")).status_code == 404


def test_follow_up_new_and_follow_up_done_are_one_promise() -> None:
    person, client = register(), staff()
    client.post(address("follow-up-new", person), {"why": "temui lagi", "due": "2099-01-01", "mine": "on"})
    follow_up = FollowUp.objects.get()
    assert (follow_up.owner[:5], follow_up.office) == ("user:", office_of(MUSTIKAJAYA))
    path = address("follow-up-done", person, key=follow_up.pk)
    assert "temui lagi" in html(client, path)
    client.post(path, {"outcome": "sudah datang"})
    assert FollowUp.objects.get().outcome == "sudah datang"


def test_follow_up_done_of_somebody_else_is_not_there() -> None:
    person, other = register(), register()
    follow_up = actions.add_follow_up(person=person, why="temui", due=AT.date(), by=SYSTEM, at=AT)
    assert staff().get(address("follow-up-done", other, key=follow_up.pk)).status_code == 404
