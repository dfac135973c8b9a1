"""Businesses, markets, papers, documents, consents, barriers: written, refused, witnessed."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from PIL import Image

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.rules import ROLES
from satupintu.accounts.tests.factories import make_user
from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions, uploads
from satupintu.registry.models import Barrier, Business, Consent, Document, Double, Market, Milestone, PaperHeld, Stall
from satupintu.registry.queries.known import papers
from satupintu.registry.queries.people import agrees, consents_of, milestones_of, person_page
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    BEKASIJAYA,
    MUSTIKASARI,
    PDF,
    SOON,
    actor,
    market,
    photo,
    register,
)

pytestmark = pytest.mark.django_db


def test_a_person_may_have_several_businesses_with_several_codes() -> None:
    person = register()
    first = actions.add_business(
        person=person,
        trade_name="Warung 1",
        place="cart",
        codes=[("2020", "56104"), ("2020", "47813"), ("2020", "56104")],
        facts={"fixed_spot": "yes", "capital": "5000000"},
        started=date(2020, 1, 1),
        by=actor(),
        at=AT,
    )
    actions.add_business(person=person, trade_name="Warung 2", by=actor(), at=AT)
    assert list(first.codes.values_list("version", "code", "main")) == [
        ("2020", "56104", True),
        ("2020", "47813", False),
    ]
    assert (first.region, first.facts) == (MUSTIKASARI, {"fixed_spot": "yes", "capital": "5000000"})
    assert person.businesses.count() == 2
    actions.add_code(business=first, version="2020", code="47832", main=True, by=actor(), at=AT)
    assert list(first.codes.filter(main=True).values_list("code", flat=True)) == ["47832"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"place": "moon"}, "facts"),
        ({"facts": {"colour": "red"}}, "facts"),
        ({"facts": {"capital": "lima juta"}}, "facts"),
        ({"codes": [("2020", "123")]}, "codes"),
        ({"codes": [("1999", "56104")]}, "codes"),
        ({"region": "99"}, "region"),
        ({"stall_label": "A1"}, "stall_label"),
        ({"trade_name": "x" * 151}, "trade_name"),
    ],
)
def test_a_business_that_cannot_be_is_refused(given: dict, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.add_business(person=register(), by=actor(), at=AT, **given)
    assert list(refused.value.message_dict) == [field]
    assert Business.objects.count() == 0


def test_a_stall_of_a_market_is_shared_by_who_sells_there() -> None:
    place = market()
    for _ in range(2):
        actions.add_business(person=register(), market=place, stall_label="A 1", by=SYSTEM, at=AT)
    assert Stall.objects.get().businesses.count() == 2


CHANGED = {
    "trade_name": "Warung baru",
    "place": "kiosk",
    "region": MUSTIKASARI,
    "address": " depan  masjid ",
    "market": None,
    "stall_label": "",
    "codes": [("2025", "56104"), ("2020", "47813")],
}


def test_a_changed_business_holds_the_new_values_and_the_trail_both() -> None:
    business = actions.add_business(
        person=register(), trade_name="Warung", place="cart", codes=[("2020", "56104")], by=actor(), at=AT
    )
    actions.change_business(business=business, **CHANGED, by=actor(), at=AT)
    business = Business.objects.get()
    assert (business.trade_name, business.place, business.address) == ("Warung baru", "kiosk", "depan masjid")
    assert list(business.codes.values_list("version", "code", "main")) == [
        ("2025", "56104", True),
        ("2020", "47813", False),
    ]
    record = audit.about_person(business.person.reference).first()
    told = audit.opened(record)
    assert (record.action, told["before"]["trade_name"], told["after"]["trade_name"]) == (
        "registry.business_changed",
        "Warung",
        "Warung baru",
    )
    assert told["before"]["codes"] == [["2020", "56104"]]


def test_a_business_of_another_area_is_not_changed() -> None:
    business = actions.add_business(person=register(), trade_name="Warung", by=SYSTEM, at=AT)
    with pytest.raises(NotAllowed):
        actions.change_business(business=business, **CHANGED, by=actor(area=BEKASI_TIMUR), at=AT)
    assert Business.objects.get().trade_name == "Warung"


def changed_market(place: Market, **given: object) -> Market:
    values = {"name": place.name, "region": place.region, "address": "", "days": ["mon"], "opening_hours": ""}
    return actions.change_market(market=place, **(values | given), by=actor("administrator", ""), at=AT)


def test_a_zone_needs_its_source() -> None:
    place = market()
    assert place.zone == "unknown"
    with pytest.raises(ValidationError):
        changed_market(place, zone="red", zone_source=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Market.objects.filter(pk=place.pk).update(zone="red")
    changed_market(place, zone="red", zone_source="SK Wali Kota")
    assert (Market.objects.get().zone, Market.objects.get().days) == ("red", ["mon"])
    with pytest.raises(ValidationError):
        actions.put_stall(market=place, label="A1", zone="green", by=SYSTEM, at=AT)


def test_a_stall_written_twice_is_one_with_the_later_values() -> None:
    place = market()
    actions.put_stall(market=place, label="A 1", by=SYSTEM, at=AT)
    spot = {"latitude": Decimal("-6.2631"), "longitude": Decimal("107.0274")}
    actions.put_stall(market=place, label="A  1", zone="green", zone_source="SK", **spot, by=SYSTEM, at=AT)
    assert Stall.objects.values_list("label", "zone", "latitude", "longitude").get() == (
        "A 1",
        "green",
        spot["latitude"],
        spot["longitude"],
    )
    with pytest.raises(ValidationError, match="dua-duanya"):
        actions.put_stall(market=place, label="A 2", latitude=Decimal(1), by=SYSTEM, at=AT)
    assert Stall.objects.count() == 1


def test_a_paper_noted_wrongly_takes_its_milestone_away() -> None:
    person = register()
    held = actions.record_paper(person=person, paper="nib", number="1234567890123", by=actor(), at=AT)
    assert [row["title"] for row in milestones_of(person)] == [papers()["nib"]]
    actions.withdraw_paper(held=held, why="Salah ketik", by=actor(), at=AT)
    assert milestones_of(person) == []
    assert audit.with_reasons(audit.about_person(person.reference))[0].why == "Salah ketik"


@pytest.mark.parametrize("role", ["vendor", "verifier", "signing_official", "partner", "leadership"])
def test_other_roles_add_no_market(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.add_market(code="x", name="x", region=MUSTIKASARI, by=actor(role, ""), at=AT)


def test_a_market_is_added_in_ones_own_area_only() -> None:
    with pytest.raises(NotAllowed):
        actions.add_market(code="x", name="x", region=BEKASIJAYA, by=actor(), at=AT)


def test_today_is_the_day_of_the_city_also_after_its_midnight() -> None:
    half_past_midnight = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)  # 25 November in Jakarta
    given = {"person": register(), "paper": "sku", "by": actor(), "at": half_past_midnight}
    assert actions.record_paper(**given, issued=date(2026, 11, 25)).issued == date(2026, 11, 25)
    with pytest.raises(ValidationError, match="belum lewat"):
        actions.record_paper(**given, issued=date(2026, 11, 26))


def test_an_nib_has_thirteen_digits_and_becomes_a_milestone() -> None:
    person = register()
    held = actions.record_paper(
        person=person, paper="nib", number="1234 5678 9012 3", issued=date(2026, 1, 2), by=actor(), at=AT
    )
    assert held.number == "1234567890123"
    assert list(Milestone.objects.values_list("code", "day", "evidence")) == [
        ("paper_nib", date(2026, 1, 2), f"paper:{held.ref}")
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"paper": "nib", "number": "123456789012"}, "number"),
        ({"paper": "nib", "number": "12345678901234"}, "number"),
        ({"paper": "nib", "number": "123456789012x"}, "number"),
        ({"paper": "ijazah"}, "paper"),
        ({"paper": "nib", "issued": date(2026, 12, 1)}, "issued"),
        ({"paper": "sku", "issued": date(2026, 1, 2), "valid_until": date(2026, 1, 1)}, "valid_until"),
    ],
)
def test_a_paper_that_cannot_be_is_refused(given: dict, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.record_paper(person=register(), by=actor(), at=AT, **given)
    assert list(refused.value.message_dict) == [field]
    assert PaperHeld.objects.count() == 0
    assert Milestone.objects.count() == 0


def test_the_evidence_of_a_paper_is_the_persons_own() -> None:
    other = actions.add_document(person=register(), kind="ktp", content=PDF, by=SYSTEM, at=AT)
    with pytest.raises(ValidationError):
        actions.record_paper(person=register(), paper="nib", evidence=other, by=SYSTEM, at=AT)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_smaller_sealed_and_without_the_place_it_was_taken(form: str, settings) -> None:
    exif = Image.Exif()
    exif[0x010E] = "rahasia tempat"
    content = photo(form, exif=exif)
    assert b"rahasia tempat" in content
    document = actions.add_document(person=register(), kind="ktp", content=content, by=actor(), at=AT)
    kept = actions.open_document(document=document, by=actor(), at=AT)
    with Image.open(io.BytesIO(kept)) as opened:
        assert (opened.format, opened.size, dict(opened.getexif())) == ("JPEG", (1600, 800), {})
    small = actions.open_document(document=document, thumbnail=True, by=actor(), at=AT)
    with Image.open(io.BytesIO(small)) as opened:
        assert opened.size == (240, 120)
    files = list(Path(settings.MEDIA_ROOT).rglob(f"{document.ref}.*"))
    assert len(files) == 2
    assert all(b"JFIF" not in path.read_bytes() for path in files)
    assert (document.content_type, document.size) == ("image/jpeg", len(kept))
    assert document.retention_until == AT.date() + timedelta(days=730)


def test_a_sealed_file_put_in_the_place_of_another_does_not_open(settings) -> None:
    from satupintu.kernel.vault import CannotOpen

    first, second = (
        actions.add_document(person=register(), kind="ktp", content=PDF, by=SYSTEM, at=AT) for _ in range(2)
    )
    paths = {d.ref: next(Path(settings.MEDIA_ROOT).rglob(f"{d.ref}.content")) for d in (first, second)}
    paths[first.ref].write_bytes(paths[second.ref].read_bytes())
    with pytest.raises(CannotOpen):
        uploads.content(first.ref)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>",
        b"%PDF-1.4 cut off",
        b"\xff\xd8\xff\xe0 not a picture",
        b"PK\x03\x04" + b"\0" * 100,
        photo("GIF", (10, 10)),
        photo("JPEG")[:500],
        PDF + b"\0" * 8 * 1024 * 1024,
    ],
    ids=["empty", "text", "svg", "half a pdf", "jpeg head only", "zip", "gif", "half a jpeg", "too big"],
)
def test_what_is_no_photo_or_pdf_is_refused_whatever_it_is_called(content: bytes, settings) -> None:
    person = register()
    with pytest.raises(ValidationError) as refused:
        actions.add_document(person=person, kind="ktp", content=content, by=actor(), at=AT)
    assert list(refused.value.message_dict) == ["file"]
    assert Document.objects.count() == 0


def test_a_picture_of_too_many_dots_is_refused() -> None:
    with pytest.raises(ValidationError):
        actions.add_document(person=register(), kind="ktp", content=photo("PNG", (8000, 8000)), by=actor(), at=AT)


def test_a_document_that_could_not_be_written_leaves_no_file(settings, monkeypatch) -> None:
    from satupintu.registry.actions import documents

    def broken(*args, **given):
        raise RuntimeError

    person = register()
    before = set(Path(settings.MEDIA_ROOT).rglob("*.content"))
    monkeypatch.setattr(documents, "_record", broken)
    with pytest.raises(RuntimeError):
        actions.add_document(person=person, kind="ktp", content=PDF, by=actor(), at=AT)
    assert set(Path(settings.MEDIA_ROOT).rglob("*.content")) == before
    assert Document.objects.count() == 0


@pytest.mark.parametrize("role", ROLES)
def test_a_document_is_opened_by_roles_of_the_table_and_that_is_witnessed(role: str) -> None:
    person = register()
    document = actions.add_document(person=person, kind="ktp", content=PDF, by=SYSTEM, at=AT)
    user = make_user()
    if role == "vendor":
        actions.link_account(person=person, user=user, by=SYSTEM, at=AT)
        person.refresh_from_db()
        document.refresh_from_db()
    by = actor(role, None if role == "vendor" else "", user.pk)
    if role in ("partner", "leadership"):
        with pytest.raises(NotAllowed):
            actions.open_document(document=document, by=by, at=AT)
    else:
        assert actions.open_document(document=document, by=by, at=SOON) == PDF
        record = audit.about_person(person.reference)[0]
        assert (record.action, record.object, record.actor) == (
            "registry.document_read",
            f"document:{document.ref}",
            by.ref,
        )


def test_an_erased_document_cannot_be_opened(settings, django_capture_on_commit_callbacks) -> None:
    document = actions.add_document(person=register(), kind="ktp", content=PDF, by=SYSTEM, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_document(document=document, why="salah foto", by=actor("verifier"), at=AT)
    with pytest.raises(FileNotFoundError):
        actions.open_document(document=document, by=actor(), at=AT)
    assert list(Path(settings.MEDIA_ROOT).rglob(f"{document.ref}*")) == []


def test_a_consent_keeps_the_words_and_a_newer_answer_counts() -> None:
    person = register()
    actions.give_consent(person=person, purpose="reminders", place="loket", by=actor(), at=AT)
    assert agrees(person, "reminders")
    actions.give_consent(person=person, purpose="reminders", given=False, by=actor(), at=AT + timedelta(hours=1))
    assert not agrees(person, "reminders")
    assert list(Consent.objects.order_by("pk").values_list("text_version", "given", "place")) == [
        ("1", True, "loket"),
        ("1", False, ""),
    ]


def test_a_withdrawn_consent_stands_no_more_and_only_for_its_purpose() -> None:
    person = register()
    for purpose in ("reminders", "share_with_pegadaian"):
        actions.give_consent(person=person, purpose=purpose, by=actor(), at=AT)
    assert actions.withdraw_consent(person=person, purpose="reminders", by=actor(), at=AT) == 1
    assert actions.withdraw_consent(person=person, purpose="reminders", by=actor(), at=AT) == 0
    stands = {row["purpose"].purpose: row["stands"] for row in consents_of(person)}
    assert [purpose for purpose in stands if stands[purpose]] == ["share_with_pegadaian"]
    assert not stands["reminders"]
    assert Consent.objects.get(purpose="reminders").withdrawn_by == actor().ref


def test_an_unknown_purpose_or_barrier_is_refused() -> None:
    person = register()
    with pytest.raises(ValidationError):
        actions.give_consent(person=person, purpose="newsletter", by=actor(), at=AT)
    with pytest.raises(ValidationError):
        actions.record_barrier(person=person, code="lazy", by=actor(), at=AT)
    with pytest.raises(ValidationError):
        actions.record_barrier(person=person, code="fears_cost", asked="dream", by=actor(), at=AT)


def test_a_barrier_stands_once_until_it_is_gone() -> None:
    person = register()
    first = actions.record_barrier(person=person, code="fears_cost", by=actor(), at=AT)
    assert actions.record_barrier(person=person, code="fears_cost", by=actor(), at=AT) == first
    assert actions.lift_barrier(person=person, code="fears_cost", by=actor(), at=AT) == 1
    assert actions.record_barrier(person=person, code="fears_cost", by=actor(), at=AT) != first
    assert Barrier.objects.count() == 2


def test_a_follow_up_has_a_reason_and_a_day_to_come() -> None:
    person = register()
    for given in ({"why": " ", "due": AT.date()}, {"why": "temui", "due": AT.date() - timedelta(days=1)}):
        with pytest.raises(ValidationError):
            actions.add_follow_up(person=person, by=actor(), at=AT, **given)


ACTS = {
    "add_business": {},
    "record_paper": {"paper": "nib"},
    "add_document": {"kind": "ktp", "content": PDF},
    "give_consent": {"purpose": "reminders"},
    "withdraw_consent": {"purpose": "reminders"},
    "record_barrier": {"code": "fears_cost"},
    "add_follow_up": {"why": "temui", "due": AT.date()},
}


@pytest.mark.parametrize("name", ACTS)
def test_nobody_writes_about_a_person_of_another_area_or_somebody_else(name: str) -> None:
    person = register()
    for by in (
        actor(area=BEKASI_TIMUR),
        actor("vendor", None, make_user().pk),
        actor("partner", None),
        actor("leadership", ""),
    ):
        with pytest.raises(NotAllowed):
            getattr(actions, name)(person=person, by=by, at=AT, **ACTS[name])
    assert audit.about_person(person.reference).count() == 1


def test_a_paper_with_a_number_is_noted_once_and_filled_in_where_it_was_empty() -> None:
    person = register()
    given = {"person": person, "paper": "nib", "number": "1234567890123", "by": actor()}
    first = actions.record_paper(**given, at=AT)
    again = actions.record_paper(**given, issuer="OSS", issued=AT.date(), at=SOON)
    assert again == first
    held = PaperHeld.objects.get()
    assert (held.issuer, held.issued) == ("OSS", AT.date())
    assert person.milestones.filter(code="paper_nib").count() == 1
    before = len(audit.about_person(person.reference))
    actions.record_paper(**given, issuer="Lain", at=SOON)
    held.refresh_from_db()
    assert (held.issuer, len(audit.about_person(person.reference))) == ("OSS", before)
    with pytest.raises(ValidationError):
        actions.record_paper(**given, valid_until=AT.date() - timedelta(days=1), at=SOON)


def test_a_paper_that_was_taken_back_is_noted_anew() -> None:
    given = {"person": register(), "paper": "nib", "number": "1234567890123", "by": actor()}
    first = actions.record_paper(**given, at=AT)
    actions.withdraw_paper(held=first, why="salah orang", by=actor(), at=AT)
    assert actions.record_paper(**given, at=SOON) != first


def test_a_number_that_two_people_hold_makes_them_a_likely_double_and_is_told() -> None:
    one, other = register("Tenda Biru"), register("Gerobak Hijau")
    for person in (one, other):
        actions.record_paper(person=person, paper="nib", number="1234567890123", by=actor(), at=AT)
    double = Double.objects.get()
    assert (double.first, double.second, double.score, double.reasons) == (one, other, 60, ["same_paper"])
    assert [row["shared"] for row in person_page(actor(), one)["papers"]] == [True]
    actions.merge_people(kept=one, removed=other, reason="KTP sama", by=SYSTEM, at=AT)
    assert [row["shared"] for row in person_page(actor(), one)["papers"]] == [False, False]
