"""Papers of other offices: filed, number noted, refused, and sittings; by whom, and nothing half-written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from satupintu.accounts.gate import NotAllowed
from satupintu.audit.models import Record
from satupintu.licensing.actions.elsewhere import file_elsewhere, note_number, note_refusal, record_sitting
from satupintu.licensing.models import Application, Assisted
from satupintu.licensing.tests.factories import application, front, helper, signer, verifier
from satupintu.messages.models import Message
from satupintu.registry.models import Document, PaperHeld
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, photo, register

pytestmark = pytest.mark.django_db
NIB = "9120001234567"
LATER = AT + timedelta(hours=1)


def test_filing_elsewhere_keeps_day_and_place_and_names_our_office_by_itself() -> None:
    draft = application(licence="nib")
    filed = file_elsewhere(application=draft, filed_on=date(2026, 11, 20), by=front(), at=AT)
    assert (filed.state, filed.filed_on, filed.filed_where) == (
        "filed",
        date(2026, 11, 20),
        "OSS (Online Single Submission)",
    )
    with pytest.raises(ValidationError, match="Tanggalnya belum lewat"):
        file_elsewhere(application=application(licence="nib"), filed_on=date(2026, 11, 25), by=front(), at=AT)


def test_a_paper_of_our_own_is_not_filed_elsewhere() -> None:
    draft = application()
    with pytest.raises(ValidationError, match="Surat ini diputuskan di kantor ini"):
        file_elsewhere(application=draft, filed_on=date(2026, 11, 20), by=front(), at=AT)
    with pytest.raises(ValidationError, match="Surat ini diputuskan di kantor ini"):
        note_number(application=draft, number="1", by=front(), at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.filed_on, PaperHeld.objects.count()) == ("draft", None, 0)


def test_a_wrong_number_leaves_neither_paper_nor_photo() -> None:
    filed = application("filed", licence="nib")
    for number in ("", "912", "9120001234567890"):
        with pytest.raises(ValidationError) as refused:
            note_number(application=filed, number=number, content=photo(size=(64, 48)), by=front(), at=AT)
        assert list(refused.value.message_dict) == ["number"]
    assert (PaperHeld.objects.count(), Document.objects.count()) == (0, 0)
    assert Application.objects.get().state == "filed"


def test_a_number_may_be_noted_without_having_been_filed_here() -> None:
    done = note_number(application=application(licence="nib"), number="9120 0012 34567", by=helper(), at=AT)
    held = PaperHeld.objects.get()
    assert (done.state, held.number, held.issuer) == ("recorded", NIB, "OSS (Online Single Submission)")
    assert NIB not in str(Record.objects.get(action="licensing.note_number").values)


def test_a_paper_without_a_kind_of_document_of_its_own_keeps_its_photo_too() -> None:
    filed = application("filed", licence="halal")
    note_number(application=filed, number="ID-1", content=photo(size=(64, 48)), by=front(), at=AT)
    held = PaperHeld.objects.get()
    assert held.evidence is not None
    assert (held.paper, held.evidence.kind) == ("halal", "surat_terbit")
    assert not filed.person.milestones.filter(code="licensed").exists()  # that rung is an NIB


def test_a_refusal_elsewhere_is_told_in_preset_words_and_may_be_filed_again() -> None:
    person = register(phone="081234567890", channel="whatsapp")
    filed = application("filed", licence="nib", person=person)
    with pytest.raises(ValidationError, match="Pilih alasannya dari daftar"):
        note_refusal(application=filed, reason="bad_luck", by=front(), at=AT)
    refused = note_refusal(application=filed, reason="wrong_code", note="Kode 1", by=front(), at=AT)
    assert (refused.state, refused.steps.last().note) == ("refused_elsewhere", "Kode 1")
    assert "KBLI (kode usaha) tidak cocok." in Message.objects.get(template="file_refused_elsewhere").text
    assert file_elsewhere(application=refused, filed_on=date(2026, 11, 24), by=front(), at=LATER).state == "filed"


def test_a_sitting_rests_on_a_consent_and_a_no_leaves_nothing() -> None:
    file = application(licence="nib")
    for given, place, minutes, field in (
        (False, "Pasar", None, "given"),
        (True, " ", None, "place"),
        (True, "Pasar", 0, "minutes"),
    ):
        with pytest.raises(ValidationError) as refused:
            record_sitting(application=file, given=given, place=place, minutes=minutes, by=helper(), at=AT)
        assert list(refused.value.message_dict) == [field]
    assert (Assisted.objects.count(), file.person.consents.count()) == (0, 0)
    sitting = record_sitting(application=file, given=True, place="Pasar Uji", minutes=15, by=helper(), at=AT)
    consent = file.person.consents.get()
    assert (sitting.consent, consent.purpose, consent.place) == (consent, "assisted_filing", "Pasar Uji")
    assert (sitting.helped_by, sitting.office) == (helper().ref, helper().office)


def test_nobody_else_notes_anything_about_a_paper_of_another_office() -> None:
    file = application("filed", licence="nib")
    for by in (verifier(), signer(), front(area=BEKASI_TIMUR), helper(area=BEKASI_TIMUR)):
        for act in (
            lambda by=by: file_elsewhere(application=file, filed_on=date(2026, 11, 20), by=by, at=AT),
            lambda by=by: note_number(application=file, number=NIB, by=by, at=AT),
            lambda by=by: note_refusal(application=file, reason="wrong_code", by=by, at=AT),
            lambda by=by: record_sitting(application=file, given=True, place="Pasar", by=by, at=AT),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert (Assisted.objects.count(), PaperHeld.objects.count(), Application.objects.get().state) == (0, 0, "filed")
