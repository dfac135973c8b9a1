"""What whoever asks does with a file: start, fill in, send, repair, withdraw, object; nothing half-written."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.tests.factories import make_office, make_user
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.licensing.actions import filling, words
from satupintu.licensing.actions.files import object_to_decision, send_repair, start_file, submit, withdraw
from satupintu.licensing.actions.moves import Stale
from satupintu.licensing.models import Application, Attachment, Word
from satupintu.licensing.queries.standing import answers_of, missing_parts
from satupintu.licensing.queries.visible import file_for
from satupintu.licensing.rules.numbers import read_number
from satupintu.licensing.tests.factories import (
    OFFICE,
    a_business,
    application,
    attach,
    front,
    helper,
    in_wallet,
    sample_answers,
    signer,
    vendor_of,
    verifier,
)
from satupintu.messages.models import Message
from satupintu.registry import actions as registry
from satupintu.registry.models import Person
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, BEKASIJAYA, MUSTIKAJAYA, market, photo, register

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def a_vendor(**given: Any) -> tuple[Person, Actor]:
    """Somebody with an account of their own, and how they act."""
    person = register(**given)
    person = registry.link_account(person=person, user=person.user or make_user("vendor"), by=SYSTEM, at=AT)
    return person, vendor_of(person)


def started(person: Person, by: Actor, **given: Any) -> Application:
    """A file that was just begun."""
    make_office(OFFICE, "dinas")
    values = {"licence": "tdu_pkl", "business": a_business(person)} | given
    return start_file(person=person, **values, by=by, at=AT)


def test_a_file_starts_filled_in_with_what_is_known() -> None:
    person, vendor = a_vendor()
    given: Any = {"code": "pagi", "name": "Pasar Pagi", "region": BEKASIJAYA, "days": ["sat", "sun"]}
    place = registry.add_market(**given, by=SYSTEM, at=AT)
    business = a_business(person, market=place, stall_label="A1", address="Jalan Uji 1")
    begun = started(person, vendor, business=business)
    assert answers_of(begun) == {
        "goods": "Penyediaan Makanan Keliling/Tempat Tidak Tetap",
        "place_kind": "cart",
        "selling_address": "Jalan Uji 1",
        "stall": {"market": place.code, "stall": "A1"},
        "days": ["sat", "sun"],
    }
    assert (begun.state, begun.office, begun.region) == ("draft", OFFICE, business.region)
    assert (begun.market, begun.stall, begun.days) == (place, business.stall, ["sat", "sun"])
    assert begun.law_day.isoformat() == "2026-11-24"
    told = Record.objects.get(action="licensing.file_started").values
    assert told == {"licence": "tdu_pkl", "law_day": "2026-11-24", "channel": "self", "office": OFFICE}


def test_the_number_of_a_file_is_drawn_by_chance_and_readable() -> None:
    person, vendor = a_vendor()
    numbers = {started(person, vendor, business=a_business(person)).number for _ in range(5)}
    assert len(numbers) == 5
    assert all(re.fullmatch(r"SP-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", number) for number in numbers)
    assert all(read_number(number.lower().replace("-", " ")) == number for number in numbers)
    assert len({number[3:6] for number in numbers}) > 1  # they do not run on


def test_a_second_start_returns_the_first_file_and_another_business_has_its_own() -> None:
    person, vendor = a_vendor()
    first = started(person, vendor, business=(business := a_business(person)))
    again = start_file(person=person, licence="tdu_pkl", business=business, by=vendor, at=LATER)
    assert again == first
    assert started(person, vendor, business=a_business(person)) != first
    Application.objects.filter(pk=first.pk).update(state="refused")
    assert start_file(person=person, licence="tdu_pkl", business=business, by=vendor, at=LATER) != first


def test_a_file_goes_to_the_office_of_its_kind_in_its_region_or_the_next_one_up() -> None:
    person, vendor = a_vendor()
    make_office("dpmptsp")
    assert started(person, vendor, licence="nib").office == "dpmptsp"
    make_office("kec-mustikajaya", "kecamatan", MUSTIKAJAYA)
    assert started(person, vendor, licence="sku").office == "kec-mustikajaya"
    make_office("kel-mustikasari", "kelurahan", "32.75.11.1004")
    assert started(person, vendor, licence="sku").office == "kel-mustikasari"
    assert started(person, vendor, licence="nib").office == "kec-mustikajaya"


def test_nobody_starts_a_file_for_whom_they_may_not() -> None:
    person, _ = a_vendor()
    other, stranger = a_vendor()
    business = a_business(person)
    make_office(OFFICE, "dinas")
    for by in (stranger, helper(area=BEKASI_TIMUR), front(area=BEKASI_TIMUR), verifier(), signer()):
        with pytest.raises(NotAllowed):
            start_file(person=person, licence="tdu_pkl", business=business, by=by, at=AT)
    with pytest.raises(ValidationError, match="Usaha itu milik orang lain"):
        start_file(person=other, licence="tdu_pkl", business=business, by=stranger, at=AT)
    with pytest.raises(ValidationError, match="belum bisa diajukan di sini"):
        start_file(person=other, licence="iumk", by=stranger, at=AT)
    assert Application.objects.count() == 0


def test_an_officer_does_not_start_their_own_file_as_an_officer() -> None:
    person = register()
    user = make_user("front_office", office=make_office("kec", "kecamatan", MUSTIKAJAYA))
    Person.objects.filter(pk=person.pk).update(user=user)
    make_office(OFFICE, "dinas")
    by = Actor(f"user:{user.pk}", "kec", "front_office", "Loket", MUSTIKAJAYA)
    with pytest.raises(NotAllowed):
        start_file(person=person, licence="tdu_pkl", by=by, at=AT)


def test_answers_are_kept_checked_and_copied_to_where_places_are_compared() -> None:
    draft = application()
    place = market()
    saved = filling.save_answers(
        application=draft,
        values={
            "hours": {"opens": "6.00", "closes": "10.00"},
            "days": ["sun", "sat"],
            "position": {"latitude": "-6,3", "longitude": "107,02"},
            "stall": {"market": place.code, "stall": "b2"},
            "length": "1,5",
        },
        by=front(),
        at=LATER,
    )
    assert answers_of(saved)["length"] == "1.5"
    assert (str(saved.opens), str(saved.closes), saved.days) == ("06:00:00", "10:00:00", ["sat", "sun"])
    assert (str(saved.latitude), str(saved.longitude)) == ("-6.300000", "107.020000")
    assert (saved.market, saved.stall) == (place, None)
    emptied = filling.save_answers(application=saved, values={"hours": {}, "length": ""}, by=front(), at=LATER)
    assert (emptied.opens, emptied.closes) == (None, None)
    assert not {"hours", "length"} & answers_of(emptied).keys()
    assert "1.5" not in str(Record.objects.filter(action="licensing.answers_saved").values_list("values", flat=True))


def test_of_several_answers_none_is_kept_when_one_is_wrong() -> None:
    draft = application()
    with pytest.raises(ValidationError) as refused:
        filling.save_answers(
            application=draft, values={"goods": "Cilok", "length": "dua", "started": "2027-01-01"}, by=front(), at=AT
        )
    assert sorted(refused.value.message_dict) == ["length", "started"]
    draft.refresh_from_db()
    assert draft.answers == ""
    assert not Record.objects.filter(action="licensing.answers_saved").exists()
    for values in ({"nowhere": "x"}, {"stall": {"market": "tidak-ada"}}):
        with pytest.raises(ValidationError):
            filling.save_answers(application=draft, values=values, by=front(), at=AT)


def test_documents_come_from_the_wallet_from_a_new_photo_or_to_the_counter() -> None:
    person, vendor = a_vendor()
    draft = application(person=person)
    card = in_wallet(person, "ktp")
    filling.attach_document(application=draft, slot="ktp", document=card, by=vendor, at=AT)
    filling.attach_document(application=draft, slot="foto_lapak", content=photo(size=(64, 48)), by=vendor, at=AT)
    for slot in ("sku", "paguyuban"):
        filling.bring_original(application=draft, slot=slot, by=vendor, at=AT)
    standing = {one.slot: one for one in Attachment.objects.all()}
    assert standing["ktp"].document == card
    assert standing["foto_lapak"].document is not None
    assert standing["foto_lapak"].document.person == person
    assert standing["sku"].at_counter
    assert person.milestones.filter(code="documents_ready", evidence=draft.reference).count() == 1
    filling.detach(application=draft, slot="sku", by=vendor, at=AT)
    assert "document:sku" in missing_parts(Application.objects.get())
    assert not Attachment.objects.filter(slot="sku").exists()  # of a draft nothing is kept


def test_only_ones_own_documents_fit_and_only_into_slots_that_exist() -> None:
    person, vendor = a_vendor()
    draft = application(person=person)
    with pytest.raises(ValidationError, match="tidak ada di dompetnya"):
        filling.attach_document(application=draft, slot="ktp", document=in_wallet(register()), by=vendor, at=AT)
    with pytest.raises(ValidationError, match="tidak diminta untuk surat ini"):
        filling.attach_document(application=draft, slot="buku_nikah", document=in_wallet(person), by=vendor, at=AT)
    with pytest.raises(ValidationError):
        filling.attach_document(application=draft, slot="ktp", content=b"not a photo", by=vendor, at=AT)
    assert Attachment.objects.count() == 0


def test_a_draft_that_lacks_something_is_not_sent() -> None:
    draft = application(answers=sample_answers())
    with pytest.raises(ValidationError, match="Masih ada isian atau berkas yang kosong"):
        submit(application=draft, by=front(), at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_at, draft.steps.count()) == ("draft", None, 0)


def test_a_file_that_is_filled_in_is_sent_once_with_its_message_and_its_milestone() -> None:
    person, vendor = a_vendor(phone="081234567890", channel="whatsapp")
    draft = application(person=person, answers=sample_answers())
    attach(draft)
    sent = submit(application=draft, revision=draft.revision, by=vendor, at=LATER)
    assert (sent.state, sent.submitted_at, sent.revision) == ("submitted", LATER, 1)
    assert person.milestones.filter(code="applied", evidence=draft.reference).count() == 1
    assert draft.number in Message.objects.get(template="file_received").text
    for revision in (0, None):
        with pytest.raises(Stale):
            submit(application=draft, revision=revision, by=vendor, at=LATER)
    assert sent.steps.count() == 1


@pytest.mark.parametrize("by", [verifier(), signer(), front(area=BEKASI_TIMUR), helper(area=BEKASI_TIMUR)])
def test_what_belongs_to_the_applicant_is_done_by_nobody_else(by: Actor) -> None:
    draft = application(answers=sample_answers())
    attach(draft)
    refused = application("refused")
    for act in (
        lambda: filling.save_answers(application=draft, values={"goods": "x"}, by=by, at=AT),
        lambda: filling.bring_original(application=draft, slot="ktp", by=by, at=AT),
        lambda: filling.detach(application=draft, slot="ktp", by=by, at=AT),
        lambda: submit(application=draft, by=by, at=AT),
        lambda: withdraw(application=draft, by=by, at=AT),
        lambda: object_to_decision(application=refused, reason="x", by=by, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Record.objects.filter(action__startswith="licensing.").count() == 0


def test_a_vendor_neither_sees_nor_touches_the_file_of_another() -> None:
    _, stranger = a_vendor()
    draft = application(person=a_vendor()[0])
    assert file_for(stranger, draft.number) is None
    with pytest.raises(NotAllowed):
        filling.save_answers(application=draft, values={"goods": "x"}, by=stranger, at=AT)


def test_a_returned_file_opens_only_the_parts_that_were_sent_back() -> None:
    person, vendor = a_vendor()
    back = application("returned", person=person, open_parts={"field:length": False, "document:foto_lapak": False})
    with pytest.raises(ValidationError, match="tidak bisa diubah sekarang"):
        filling.save_answers(application=back, values={"goods": "x"}, by=vendor, at=AT)
    with pytest.raises(ValidationError, match="tidak bisa diubah sekarang"):
        filling.bring_original(application=back, slot="ktp", by=vendor, at=AT)
    with pytest.raises(ValidationError, match="Bagian yang diminta belum diperbaiki semua"):
        send_repair(application=back, by=vendor, at=AT)
    back = filling.save_answers(application=back, values={"length": "3"}, by=vendor, at=AT)
    assert back.open_parts == {"field:length": True, "document:foto_lapak": False}
    filling.attach_document(application=back, slot="foto_lapak", content=photo(size=(64, 48)), by=vendor, at=AT)
    old, new = Attachment.objects.filter(slot="foto_lapak")
    assert (old.replaced_at, new.replaced_at) == (AT, None)  # what was seen stays
    sent = send_repair(application=back, by=vendor, at=LATER)
    assert (sent.state, sent.first_time_right) == ("submitted", False)
    assert all(sent.open_parts.values())


def test_an_answer_to_the_examiner_goes_back_to_the_desk_it_came_from() -> None:
    for state, move in (("asked", "answer"), ("asked_again", "answer_again")):
        person, vendor = a_vendor()
        asked = application(state, person=person, open_parts={"field:goods": False})
        filling.save_answers(application=asked, values={"goods": "Cilok saja"}, by=vendor, at=AT)
        sent = send_repair(application=asked, by=vendor, at=LATER)
        assert (sent.state, sent.steps.last().move) == ("complete", move)


def test_an_emptied_part_does_not_count_as_repaired() -> None:
    person, vendor = a_vendor()
    back = application("returned", person=person, open_parts={"field:length": False})
    back = filling.save_answers(application=back, values={"length": ""}, by=vendor, at=AT)
    assert back.open_parts == {"field:length": False}


def test_a_file_that_is_with_the_office_cannot_be_changed() -> None:
    person, vendor = a_vendor()
    for state in ("submitted", "complete", "issued"):
        with pytest.raises(ValidationError, match="tidak bisa diubah sekarang"):
            filling.save_answers(application=application(state, person=person), values={"goods": "x"}, by=vendor, at=AT)


def test_withdrawing_ends_a_file_before_and_after_it_was_complete() -> None:
    person, vendor = a_vendor()
    for state, move in (("returned", "withdraw"), ("complete", "withdraw_complete")):
        ended = withdraw(application=application(state, person=person), reason="not_needed", by=vendor, at=LATER)
        assert (ended.state, ended.steps.last().move, ended.steps.last().reasons) == ("withdrawn", move, ["not_needed"])
    with pytest.raises(Stale):
        withdraw(application=application("granted", person=person), by=vendor, at=LATER)
    with pytest.raises(ValidationError, match="Pilih dari daftar"):
        withdraw(application=application("complete", person=person), reason="bored", by=vendor, at=LATER)


def test_an_objection_is_in_ones_own_words() -> None:
    person, vendor = a_vendor()
    refused = application("refused", person=person)
    with pytest.raises(ValidationError, match="Tulis kenapa"):
        object_to_decision(application=refused, reason=" ", by=vendor, at=LATER)
    again = object_to_decision(application=refused, reason="Tempatnya bukan zona merah.", by=vendor, at=LATER)
    assert (again.state, again.steps.last().note) == ("objection", "Tempatnya bukan zona merah.")
    assert "zona" not in str(Record.objects.get(action="licensing.object").values)


def test_messages_go_both_ways_and_are_noted_as_read_by_the_other_side() -> None:
    person, vendor = a_vendor(phone="081234567890", channel="whatsapp")
    file = application("complete", person=person)
    words.write_word(application=file, text=" Kapan dilihat? ", by=vendor, at=AT)
    words.write_word(application=file, text="Besok pagi.", by=verifier(), at=LATER)
    assert [(one.text, one.from_applicant) for one in Word.objects.all()] == [
        ("Kapan dilihat?", True),
        ("Besok pagi.", False),
    ]
    assert "pesan petugas" in Message.objects.get(template="file_message").text
    assert words.read_words(application=file, by=vendor, at=LATER) == 1
    assert words.read_words(application=file, by=vendor, at=LATER) == 0
    assert words.read_words(application=file, by=verifier(), at=LATER) == 1
    for text, by, error in (("", vendor, ValidationError), ("x" * 1001, vendor, ValidationError)):
        with pytest.raises(error):
            words.write_word(application=file, text=text, by=by, at=LATER)
    with pytest.raises(NotAllowed):
        words.write_word(application=file, text="x", by=verifier(office="dinkes"), at=LATER)


def test_a_question_that_asks_for_words_is_answered_by_a_message() -> None:
    person, vendor = a_vendor()
    asked = application("asked", person=person, open_parts={"message": False})
    with pytest.raises(ValidationError, match="belum diperbaiki semua"):
        send_repair(application=asked, by=vendor, at=AT)
    words.write_word(application=asked, text="Hanya pagi saja.", by=vendor, at=AT)
    assert send_repair(application=asked, by=vendor, at=LATER).state == "complete"


def test_an_optional_field_that_was_sent_back_may_be_emptied_but_not_left_empty() -> None:
    answers = {name: value for name, value in sample_answers().items() if name != "helpers"}
    file = application("returned", answers=answers, open_parts={"field:helpers": False})
    file = filling.save_answers(application=file, values={"helpers": ""}, by=front(), at=LATER)
    assert file.open_parts == {"field:helpers": False}
    file = filling.save_answers(application=file, values={"helpers": "Pedagang 02"}, by=front(), at=LATER)
    for _again in range(2):
        file = filling.save_answers(application=file, values={"helpers": ""}, by=front(), at=LATER)
        assert file.open_parts == {"field:helpers": True}
