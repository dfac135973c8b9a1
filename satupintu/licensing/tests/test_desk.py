"""Who holds a file, what is sent back, what is accepted, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from satupintu.accounts.gate import NotAllowed
from satupintu.audit.models import Record
from satupintu.audit.rules import Actor
from satupintu.licensing.actions import claims, examining, fees, intake
from satupintu.licensing.actions.claims import Held
from satupintu.licensing.actions.moves import Stale
from satupintu.licensing.models import Application, Bill
from satupintu.licensing.queries.clocks import reading_of
from satupintu.licensing.queries.desk_file import changed_since, desk_page
from satupintu.licensing.queries.returning import return_page
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.rules.serving import Fee
from satupintu.licensing.tests.factories import (
    application,
    attach,
    front,
    helper,
    in_wallet,
    signer,
    vendor_of,
    verifier,
)
from satupintu.messages.models import Message
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, register

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOW = AT + HOUR
BLURRED = {"document:ktp": "blurred"}


def looked_at(file: Application, by: Actor) -> Application:
    """Every document found to fit and every item ticked."""
    for one in service_of(file).documents:
        if file.attachments.filter(slot=one.code, replaced_at=None).exists():
            examining.judge_document(application=file, slot=one.code, verdict="fits", by=by, at=NOW)
    for item in service_of(file).checklist:
        examining.tick_check(application=file, item=item.code, by=by, at=NOW)
    file.refresh_from_db()
    return file


def with_phone() -> Application:
    """A file whose applicant reads WhatsApp, with a photo of the identity card."""
    person = register("Pedagang 31", phone="081234567890", channel="whatsapp")
    file = application("submitted", person=person)
    attach(file, in_wallet(person), "ktp")
    return file


def test_a_file_is_claimed_once_and_the_second_officer_reads_who_has_it() -> None:
    file = application("submitted")
    held = claims.claim(application=file, by=front(), at=NOW)
    assert (held.claimed_by, held.claimed_name, held.claimed_at) == (front().ref, front().name, NOW)
    with pytest.raises(Held, match=r"Sedang dibuka Loket 910001 sejak 11\.00"):
        claims.claim(application=file, by=front(910_011), at=NOW + HOUR)
    with pytest.raises(Held):
        intake.accept(application=file, by=front(910_011), at=NOW + HOUR)
    claims.claim(application=file, by=front(), at=NOW + HOUR)
    acts = Record.objects.filter(object=file.reference).order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["licensing.claimed"]


def test_a_claim_older_than_a_working_day_may_be_taken_over_and_a_weekend_does_not_count() -> None:
    file = application("submitted", at=AT)  # a Tuesday
    friday = AT + timedelta(days=3)
    claims.claim(application=file, by=front(), at=friday)
    with pytest.raises(Held):
        claims.claim(application=file, by=front(910_011), at=friday + timedelta(days=2))
    monday = friday + timedelta(days=3)
    assert claims.claim(application=file, by=front(910_011), at=monday).claimed_by == "user:910011"


def test_who_holds_a_file_may_let_go_of_it() -> None:
    file = claims.claim(application=application("submitted"), by=front(), at=NOW)
    with pytest.raises(Held):
        claims.release(application=file, by=front(910_011), at=NOW)
    assert claims.release(application=file, by=front(), at=NOW).claimed_by == ""


def test_take_next_gives_the_earliest_deadline_first_and_to_each_another_file() -> None:
    later = application("complete", deadline=AT + timedelta(days=4))
    without = application("complete")
    sooner = application("complete", deadline=AT + timedelta(days=1))
    application("submitted")
    application("complete", office="dpmptsp", deadline=AT)
    taken = [claims.take_next(by=verifier(920_000 + n), at=NOW) for n in range(4)]
    assert taken == [sooner, later, without, None]


def test_take_next_gives_a_signing_official_no_file_they_examined_themselves() -> None:
    official = signer()
    file = application("examined", by={"verifier": verifier(910_004)})
    assert claims.take_next(by=official, at=NOW) is None
    assert claims.take_next(by=signer(910_044), at=NOW) == file


def test_a_claim_goes_when_the_turn_passes_and_stays_while_the_applicant_repairs() -> None:
    asked = claims.claim(application=application("complete"), by=verifier(), at=NOW)
    asked = intake.ask(application=asked, parts={"document:ktp": "new_photo"}, by=verifier(), at=NOW)
    assert asked.claimed_by == verifier().ref
    accepted = claims.claim(application=application("submitted"), by=front(), at=NOW)
    assert intake.accept(application=accepted, by=front(), at=NOW).claimed_by == ""


def test_sending_back_opens_exactly_the_named_parts_and_says_why() -> None:
    file = with_phone()
    parts = {**BLURRED, "field:goods": "goods_unclear"}
    back = intake.return_for_repair(application=file, parts=parts, words="Tulis\nsemua.", by=front(), at=NOW)
    assert (back.state, back.open_parts) == ("returned", {"document:ktp": False, "field:goods": False})
    step = back.steps.last()
    assert (step.reasons, step.parts, step.note) == (["blurred", "goods_unclear"], list(parts), "Tulis semua.")
    assert back.attachments.get(slot="ktp").verdict == "wrong"
    assert back.attachments.get(slot="ktp").reason == "blurred"
    assert back.first_time_right is False


def test_the_preview_is_word_for_word_what_the_outbox_holds() -> None:
    file = with_phone()
    parts = {**BLURRED, "field:goods": "goods_unclear"}
    shown = return_page(file, "return", parts, "Tulis semua jajanan.", "file_returned")["message"]
    intake.return_for_repair(application=file, parts=parts, words="Tulis semua jajanan.", by=front(), at=NOW)
    sent = Message.objects.get(template="file_returned")
    assert sent.text == shown.text
    assert "KTP elektronik: Fotonya buram. Foto lagi di tempat terang." in sent.text
    assert "Tulis semua jajanan." in sent.text


def test_a_long_message_is_cut_between_sentences_and_says_where_the_rest_is() -> None:
    file = with_phone()
    parts = {f"field:{name}": "field_unclear" for name in ("goods", "home_address", "selling_address", "hours", "days")}
    shown = return_page(file, "return", parts, "", "file_returned")["message"]
    assert "Alamat rumah: Isiannya belum jelas." in shown.text
    assert "Lainnya ada di halaman berkas." in shown.text
    intake.return_for_repair(application=file, parts=parts, by=front(), at=NOW)
    assert Message.objects.get(template="file_returned").text == shown.text


@pytest.mark.parametrize(
    ("parts", "words", "told"),
    [
        ({}, "", "Pilih dulu bagian"),
        ({"field:nothing": "field_empty"}, "", "tidak ada di daftar"),
        ({"document:ktp": "red_zone"}, "", "tidak ada di daftar"),
        ({"document:ktp": ""}, "", "Pilih alasan untuk KTP elektronik."),
        ({"document:ktp": "blurred"}, "x" * 301, "Paling banyak 300 huruf"),
    ],
)
def test_parts_without_a_known_reason_are_not_sent_back(parts: dict[str, str], words: str, told: str) -> None:
    file = application("submitted")
    with pytest.raises(ValidationError, match=told):
        intake.return_for_repair(application=file, parts=parts, words=words, by=front(), at=NOW)
    file.refresh_from_db()
    assert (file.state, file.open_parts, file.revision) == ("submitted", {}, 1)


def test_own_words_alone_are_reason_enough() -> None:
    file = application("submitted")
    back = intake.return_for_repair(application=file, parts={"field:goods": ""}, words="Jelaskan.", by=front(), at=NOW)
    assert back.steps.last().reasons == []


def test_a_question_pauses_the_clock_and_a_second_one_sends_it_back_to_the_start() -> None:
    file = application("complete")
    asked = intake.ask(application=file, parts={"document:ktp": "new_photo"}, by=verifier(), at=NOW)
    assert (asked.state, reading_of(asked, NOW).state) == ("asked", "paused")
    again = application("complete")
    moved = intake.ask_again(application=again, parts={"message": "explain_goods"}, by=verifier(), at=NOW)
    assert (moved.state, moved.open_parts) == ("asked_again", {"message": False})
    assert reading_of(moved, NOW).counted == timedelta(0)


def test_accepting_starts_the_clock_and_knows_what_was_right_the_first_time() -> None:
    accepted = intake.accept(application=application("submitted"), by=front(), at=NOW)
    assert (accepted.state, accepted.accepted_at, accepted.first_time_right) == ("complete", NOW, True)
    file = application("submitted")
    intake.return_for_repair(application=file, parts=BLURRED, by=front(), at=NOW)
    attach(file, slot="ktp")
    Application.objects.filter(pk=file.pk).update(state="submitted")
    assert intake.accept(application=file, by=front(), at=NOW + HOUR).first_time_right is False


def test_what_is_missing_or_wrong_keeps_a_file_out() -> None:
    file = application("submitted")
    file.attachments.filter(slot="sku").delete()
    examining.judge_document(application=file, slot="ktp", verdict="wrong", reason="blurred", by=front(), at=NOW)
    with pytest.raises(ValidationError, match=r"Belum lengkap: SKU .*, KTP elektronik"):
        intake.accept(application=file, by=front(), at=NOW)


def test_many_are_taken_in_each_by_itself_and_the_others_are_told_with_why() -> None:
    good, lacking, changed = (application("submitted", batch="Pasar 1") for _ in range(3))
    elsewhere = application("submitted", region="32.75.01.1001")
    lacking.attachments.filter(slot="ktp").delete()
    changed.revision -= 1
    left = intake.bulk_accept(applications=[good, lacking, changed, elsewhere], by=front(), at=NOW)
    assert [one.application for one in left] == [lacking, changed, elsewhere]
    assert [one.why.split(".")[0] for one in left] == [
        "Belum lengkap: KTP elektronik",
        "Berkas ini baru saja berubah",
        "Berkas ini bukan untuk kantor Bapak/Ibu",
    ]
    good.refresh_from_db()
    assert good.state == "complete"


def test_of_two_officers_with_the_same_page_only_the_first_wins() -> None:
    file = application("submitted")
    intake.return_for_repair(application=file, parts=BLURRED, revision=file.revision, by=front(), at=NOW)
    with pytest.raises(Stale) as stale, transaction.atomic():
        intake.accept(application=file, revision=file.revision, by=front(), at=NOW)
    assert changed_since(stale.value.application, file.revision) == ["Dikembalikan untuk diperbaiki: Loket 910001"]


def test_a_checklist_keeps_who_and_when_and_what_was_taken_back() -> None:
    file = application("complete", checks={})
    examining.tick_check(application=file, item="zone", by=verifier(), at=NOW)
    unticked = examining.untick_check(application=file, item="zone", by=verifier(), at=NOW + HOUR)
    kept = {"ok": False, "by": verifier().ref, "name": verifier().name, "at": (NOW + HOUR).isoformat()}
    assert unticked.checks == {"zone": kept}
    with pytest.raises(ValidationError, match="Butir itu tidak ada"):
        examining.tick_check(application=file, item="nothing", by=verifier(), at=NOW)


def test_examining_waits_for_the_checklist_and_the_visit() -> None:
    file = application("complete", checks={})
    with pytest.raises(ValidationError, match="Daftar periksa belum lengkap"):
        examining.examine(application=file, by=verifier(), at=NOW)
    looked_at(file, verifier())
    file.visits.create(
        planned_for=date(2026, 11, 24), planned_by="user:1", planned_at=AT, fits=True, made_by="user:1", made_at=AT
    )
    assert examining.examine(application=file, by=verifier(), at=NOW).state == "examined"


def test_an_examined_file_goes_back_with_a_reason_and_the_items_to_look_at_again() -> None:
    file = application("examined")
    given: dict[str, Any] = {"application": file, "items": ["zone"], "by": signer(), "at": NOW}
    with pytest.raises(ValidationError, match="Pilih alasan"):
        examining.send_back(reason="nothing", **given)
    back = examining.send_back(reason="check_again", **given)
    assert (back.state, "zone" in back.checks, "member" in back.checks, back.claimed_by) == (
        "complete",
        False,
        True,
        "",
    )
    assert back.steps.last().parts == ["check:zone"]


def test_a_fee_is_billed_from_the_data_and_paid_against_a_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    file = application("complete")
    with pytest.raises(ValidationError, match="Tidak ada biaya"):
        fees.bill(application=file, by=verifier(), at=NOW)
    service = service_of(file).model_copy(
        update={"fee": Fee(rupiah=50_000, basis="", source="OURS", confidence="doubtful")}
    )
    for place in ("actions.fees", "queries.standing"):
        monkeypatch.setattr(f"satupintu.licensing.{place}.service_of", lambda _file: service)
    billed = fees.bill(application=file, by=verifier(), at=NOW)
    assert (billed.rupiah, billed.application.state) == (50_000, "fee_billed")
    with pytest.raises(ValidationError, match="Tulis nomor tanda terima"):
        fees.pay(application=file, receipt=" ", paid_on=date(2026, 11, 24), by=front(), at=NOW)
    with pytest.raises(ValidationError, match="belum lewat"):
        fees.pay(application=file, receipt="KW-1", paid_on=date(2026, 11, 25), by=front(), at=NOW)
    claimed = Application.objects.get(pk=file.pk)
    claimed.claimed_by, claimed.claimed_name, claimed.claimed_at = verifier().ref, verifier().name, NOW
    claimed.save()
    assert "pay" in desk_page(front(), claimed, NOW)["offered"]
    fees.pay(application=file, receipt="KW-1", paid_on=date(2026, 11, 24), by=front(), at=NOW + HOUR)
    Application.objects.filter(pk=file.pk).update(state="complete")  # as after a question about something else
    with pytest.raises(ValidationError, match="Tidak ada biaya"):
        fees.bill(application=file, by=verifier(), at=NOW + HOUR)
    paid = Bill.objects.get()
    assert (paid.receipt, paid.paid_on, paid.made_by) == ("KW-1", date(2026, 11, 24), front().ref)
    assert reading_of(file, NOW + HOUR).state == "running"


def test_a_paper_is_handed_over_only_against_the_receipt_of_its_file() -> None:
    file = application("issued")
    with pytest.raises(ValidationError, match="beda dengan berkas ini"):
        intake.hand_over(application=file, receipt="SP-2222-2222", by=front(), at=NOW)
    typed = file.number.lower().replace("-", " ")
    assert intake.hand_over(application=file, receipt=typed, by=front(), at=NOW).state == "handed_over"


ACTS: list[tuple[Callable[..., Any], str, dict[str, Any], set[str]]] = [
    (claims.claim, "submitted", {}, {"front"}),
    (intake.return_for_repair, "submitted", {"parts": BLURRED}, {"front"}),
    (intake.accept, "submitted", {}, {"front"}),
    (intake.ask, "complete", {"parts": BLURRED | {"document:ktp": "new_photo"}}, {"verifier"}),
    (intake.ask_again, "complete", {"parts": {"document:ktp": "new_photo"}}, {"verifier"}),
    (examining.judge_document, "complete", {"slot": "ktp", "verdict": "fits"}, {"verifier"}),
    (examining.tick_check, "complete", {"item": "zone"}, {"verifier"}),
    (examining.untick_check, "complete", {"item": "zone"}, {"verifier"}),
    (examining.send_back, "examined", {"reason": "check_again"}, {"signer"}),
    (intake.hand_over, "issued", {"receipt": ""}, {"front"}),
]


@pytest.mark.parametrize(("act", "state", "given", "may"), ACTS, ids=[act.__name__ for act, *_ in ACTS])
def test_only_the_desk_whose_turn_it_is_acts(
    act: Callable[..., Any], state: str, given: dict[str, Any], may: set[str]
) -> None:
    file = application(state)
    given = given | ({"receipt": file.number} if "receipt" in given else {})
    others = {
        "front": front(),
        "verifier": verifier(),
        "signer": signer(),
        "helper": helper(),
        "vendor": vendor_of(file.person),
        "other counter": front(910_021, BEKASI_TIMUR),
        "other office": verifier(910_022, "dpmptsp"),
        "other signer": signer(910_023, "dpmptsp"),
        "reader": Actor("user:910024", "dpmptsp", "leadership", "Pimpinan", ""),
        "administrator": Actor("user:910025", "dpmptsp", "administrator", "Admin", ""),
    }
    for name, actor in others.items():
        if name not in may:
            with pytest.raises(NotAllowed), transaction.atomic():
                act(application=file, **given, by=actor, at=NOW)
    (allowed,) = may
    act(application=file, **given, by=others[allowed], at=NOW)
