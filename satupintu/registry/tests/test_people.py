"""Writing people, on the real database: registered, changed, revealed, forgotten, each witnessed."""

import sqlite3
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from satupintu.accounts.actions import request_code
from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.models import User
from satupintu.accounts.rules import ROLES, VISITOR
from satupintu.accounts.tests.factories import make_user
from satupintu.audit import queries as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import SYSTEM
from satupintu.messages.actions import enqueue, reveal
from satupintu.messages.models import Message
from satupintu.registry import actions
from satupintu.registry.actions.people import EMPTY_LOG
from satupintu.registry.models import Double, KeptPlan, NameUse, NameWord, PaperHeld, Person
from satupintu.registry.queries import people as queries
from satupintu.registry.queries import visible
from satupintu.registry.queries.own_data import own_data
from satupintu.registry.queries.search import search
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    BEKASIJAYA,
    MUSTIKAJAYA,
    MUSTIKASARI,
    PADURENAN,
    SOON,
    actor,
    market,
    nik,
    photo,
    register,
)

pytestmark = pytest.mark.django_db
WRITERS = {"facilitator", "front_office", "verifier", "administrator"}


def acts(person: Person) -> list[str]:
    return [record.action for record in audit.about_person(person.reference)]


def test_a_registered_person_is_stored_with_what_the_nik_says() -> None:
    person = register(" Pedagang   01 ", nik=nik(1, day=52), phone="0812 3456 7890", by=actor())
    stored = Person.objects.get()
    assert stored == person
    assert (stored.display_name, stored.sort_name) == ("Pedagang 01", "pedagang 01")
    assert (stored.nik, stored.phone) == (nik(1, day=52), "+6281234567890")
    assert (stored.sex, stored.birth_year, stored.district) == ("female", 1980, MUSTIKAJAYA)
    assert stored.retention_until == date(2031, 11, 23)
    assert (stored.made_by, stored.made_at) == ("user:900001", AT)
    assert (stored.masked_nik, stored.masked_phone) == ("327511******0001", "0812****7890")


def test_numbers_are_sealed_in_the_table_and_in_the_witness() -> None:
    from django.db import connection

    person = register(nik=nik(1), phone="081234567890")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, phone FROM registry_person")
        row = [bytes(value) for value in cursor.fetchone()]
    assert all(b"327511" not in value and b"8123" not in value for value in row)
    record = audit.about_person(person.reference)[1]  # after it comes the account
    assert b"327511" not in bytes(record.sealed)
    assert audit.opened(record)["after"]["nik"] == nik(1)
    assert record.values == {}


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"name": "x"}, "display_name", "Tulis nama seperti di KTP."),
        ({"nik": "123"}, "nik", "NIK harus 16 angka. Sekarang baru 3."),
        ({"phone": "0812"}, "phone", "Nomor HP ini tidak lengkap. Tulis nomor WA, contoh 0812 3456 7890."),
        ({"region": "99.99"}, "region", "Kode wilayah tidak dikenal. Pilih dari daftar."),
        ({"birth_year": 1800}, "birth_year", "Tahun lahir harus antara 1906 dan 2026."),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_written(given: dict, field: str, says: str) -> None:
    name = given.pop("name", "Pedagang 01")
    with pytest.raises(ValidationError) as refused:
        register(name, **given)
    assert refused.value.message_dict == {field: [says]}
    assert Person.objects.count() == 0
    assert audit.size() == {}


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_of_the_table_register(role: str) -> None:
    by = actor(role, "")
    if role in WRITERS:
        assert register(by=by).made_by == by.ref
    else:
        with pytest.raises(NotAllowed):
            register(by=by)
        assert Person.objects.count() == 0


def test_nobody_registers_for_another_area() -> None:
    with pytest.raises(NotAllowed):
        register(by=actor(area=BEKASI_TIMUR))
    assert Person.objects.count() == 0


def test_a_nik_is_registered_once() -> None:
    register("Tenda Biru", nik=nik(1))
    with pytest.raises(ValidationError) as refused:
        register(nik=nik(1))
    assert refused.value.message_dict == {"nik": ["NIK ini sudah terdaftar. Cari orangnya, jangan buat baru."]}
    other = register(nik=nik(1), another_person=True)
    assert (other.nik, other.nik_lookup) == (nik(1), "")
    actions.change_person(person=other, changes={"sex": "male"}, by=actor(), at=SOON)
    assert [(double.score, double.reasons) for double in Double.objects.all()] == [(100, ["same_nik"])]


def test_the_database_itself_refuses_a_nik_that_two_write_at_once(monkeypatch) -> None:
    register("Tenda Biru", nik=nik(1))
    other = register()
    # As if the other one were not committed yet when this one looked.
    monkeypatch.setattr(actions.people, "_nik_is_taken", lambda *_, **__: False)
    for act in (
        lambda: register(nik=nik(1)),
        lambda: actions.change_person(person=other, changes={"nik": nik(1)}, by=actor(), at=SOON),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.message_dict == {"nik": ["NIK ini sudah terdaftar. Cari orangnya, jangan buat baru."]}
    assert Person.objects.filter(nik_lookup=lookup("nik", nik(1))).count() == 1


def test_a_change_is_witnessed_with_only_what_changed() -> None:
    person = register("Pedagang 01", nik=nik(1))
    changed = actions.change_person(
        person=person, changes={"display_name": "Pedagang 02", "region": PADURENAN}, by=actor(), at=SOON
    )
    assert (changed.display_name, changed.region, changed.nik) == ("Pedagang 02", PADURENAN, nik(1))
    record = audit.about_person(person.reference)[0]
    assert audit.opened(record) == {
        "before": {"display_name": "Pedagang 01", "region": MUSTIKASARI},
        "after": {"display_name": "Pedagang 02", "region": PADURENAN},
    }
    assert set(NameUse.objects.values_list("word__word", "region")) == {("pedagang", PADURENAN), ("2", PADURENAN)}


def test_nothing_changed_is_nothing_witnessed() -> None:
    person = register("Pedagang 01")
    actions.change_person(person=person, changes={"display_name": "Pedagang 01"}, by=actor(), at=AT)
    assert acts(person) == ["registry.person_registered"]


def test_a_person_cannot_be_moved_out_of_ones_area_or_changed_from_outside_it() -> None:
    person = register()
    with pytest.raises(NotAllowed):
        actions.change_person(person=person, changes={"region": BEKASIJAYA}, by=actor(), at=AT)
    with pytest.raises(NotAllowed):
        actions.change_person(person=person, changes={"sex": "male"}, by=actor(area=BEKASI_TIMUR), at=AT)
    assert Person.objects.get().region == MUSTIKASARI


@pytest.mark.parametrize("role", ROLES)
def test_a_nik_is_shown_to_roles_of_the_table_with_a_reason_that_stays(role: str) -> None:
    person = register(nik=nik(1))
    reveal = {"person": person, "reason": "cocokkan dengan KTP", "by": actor(role, ""), "at": SOON}
    if role in {"front_office", "verifier", "signing_official", "administrator"}:
        assert actions.reveal_nik(**reveal) == nik(1)
        (record,) = audit.with_reasons(audit.about_person(person.reference)[:1])
        assert (record.action, record.why, record.role) == ("registry.nik_read", "cocokkan dengan KTP", role)
    else:
        with pytest.raises(NotAllowed):
            actions.reveal_nik(**reveal)
        assert acts(person) == ["registry.person_registered"]


def test_a_number_is_not_shown_without_a_reason_or_from_another_area() -> None:
    person = register(nik=nik(1), phone="081234567890")
    with pytest.raises(ValidationError):
        actions.reveal_phone(person=person, reason="  x ", by=actor(), at=AT)
    with pytest.raises(NotAllowed):
        actions.reveal_phone(person=person, reason="menghubungi", by=actor(area=BEKASI_TIMUR), at=AT)
    assert acts(person) == ["registry.account_linked", "registry.person_registered"]
    assert actions.reveal_phone(person=person, reason="menghubungi", by=actor(), at=AT) == "081234567890"


def test_each_sees_their_own_area_a_vendor_only_themselves_and_a_partner_nobody() -> None:
    user = make_user()
    here, there = register(), register(region=BEKASIJAYA)
    actions.link_account(person=here, user=user, by=SYSTEM, at=AT)

    def seen(role: str, area: str | None, key: int = 1) -> set[int]:
        return set(visible.people_for(actor(role, area, key)).values_list("pk", flat=True))

    assert seen("administrator", "") == {here.pk, there.pk}
    assert seen("verifier", "32.75") == {here.pk, there.pk}
    assert seen("verifier", MUSTIKAJAYA) == {here.pk}
    assert seen("front_office", BEKASIJAYA) == {there.pk}
    assert seen("front_office", PADURENAN) == set()
    assert seen("vendor", None, user.pk) == {here.pk}
    assert seen("vendor", None, user.pk + 1) == set()
    assert seen("partner", None) == set()
    assert visible.person_for(actor(area=BEKASI_TIMUR), here.ref) is None


def test_an_account_belongs_to_one_person() -> None:
    user, other = make_user(), make_user()
    first, second = register(), register()
    actions.link_account(person=first, user=user, by=SYSTEM, at=AT)
    for person, account in ((second, user), (first, other)):
        with pytest.raises(ValidationError):
            actions.link_account(person=person, user=account, by=SYSTEM, at=AT)


def test_a_forgotten_person_leaves_no_name_number_file_or_readable_witness(
    settings, django_capture_on_commit_callbacks
) -> None:
    from pathlib import Path

    person = register("Pedagang 77", nik=nik(1), phone="081234567890")
    user = person.user
    business = actions.add_business(
        person=person, trade_name="Warung 77", address="Jl. 77", market=market(), by=SYSTEM, at=AT
    )
    actions.record_paper(person=person, paper="nib", number="1234567890123", by=SYSTEM, at=AT)
    actions.add_document(person=person, kind="ktp", content=photo(), by=SYSTEM, at=AT)
    actions.add_follow_up(person=person, why="temui lagi", due=AT.date(), by=SYSTEM, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_person(person=person, why="Diminta orangnya", by=actor("administrator", ""), at=AT)
    person.refresh_from_db()
    business.refresh_from_db()
    assert (person.display_name, person.nik, person.phone, person.nik_lookup) == ("Data dihapus", "", "", "")
    assert (person.phone_lookup, person.phone_ending, person.birth_year) == ("", "", None)
    assert (business.trade_name, business.address) == ("", "")
    user.refresh_from_db()
    assert (user.display_name, user.phone, user.phone_lookup, user.is_active) == ("Data dihapus", "", "", False)
    assert list(person.papers.values_list("number_lookup", flat=True)) == [""]
    assert person.papers.get().number == ""
    assert list(person.follow_ups.values_list("why", flat=True)) == [""]
    assert list(Path(settings.MEDIA_ROOT).rglob(f"{person.documents.get().ref}*")) == []
    assert visible.person_for(SYSTEM, person.ref) is None
    assert search(SYSTEM, "Pedagang 77").hits == ()
    assert [audit.opened(record) for record in audit.about_person(person.reference)] == [None] * len(acts(person))
    assert list(audit.breaks()) == []


def test_a_forgotten_persons_messages_and_words_go_too(django_capture_on_commit_callbacks) -> None:
    person = register("Zulkarnaen Unik", phone="081234567890")
    register("Pedagang Lain")
    message = {"channel": "sms", "to": "+6281234567890", "template": "sign_in_code", "language": "id"}
    given = {"values": {"code": "482913", "minutes": "10"}, "by": SYSTEM, "at": AT}
    enqueue(key="uji:1", **message, **given)
    enqueue(key="uji:2", **message | {"to": "+6281234567891"}, person=person.reference, **given)
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_person(person=person, why="Diminta orangnya", by=actor("administrator", ""), at=AT)
    told = Message.objects.values_list("state", "receiver", "receiver_lookup", "text")
    assert list(told) == [("given_up", "", "", "")] * 2
    assert set(NameWord.objects.values_list("word", flat=True)) == {"pedagang", "lain"}


def test_what_is_erased_from_sqlite_is_in_none_of_its_files(tmp_path) -> None:
    file = tmp_path / "db.sqlite3"
    opened = sqlite3.connect(file)
    opened.executescript(settings.SQLITE_OPTIONS["init_command"])
    opened.executescript("CREATE TABLE person (name); INSERT INTO person VALUES ('Zulkarnaen Unik');")
    opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Zulkarnaen" in file.read_bytes()
    opened.executescript("DELETE FROM person;")
    opened.execute(EMPTY_LOG)
    assert not any(b"Zulkarnaen" in path.read_bytes() for path in tmp_path.iterdir())
    opened.close()


def test_who_read_a_message_or_an_entry_that_was_merged_is_told() -> None:
    kept, removed = register("Tenda Biru"), register("Gerobak Hijau", nik=nik(1))
    actions.reveal_nik(person=removed, reason="cocokkan dengan KTP", by=actor(), at=AT)
    actions.merge_people(kept=kept, removed=removed, reason="KTP sama", by=SYSTEM, at=AT)
    message = enqueue(
        key="uji:1",
        channel="sms",
        to="+6281234567890",
        template="law_change",
        language="id",
        values={"day": "5 Juni 2026", "papers": "NIB", "link": "https://contoh.test/"},
        person=kept.reference,
        by=SYSTEM,
        at=AT,
    )
    with transaction.atomic():
        reveal(message_id=message.pk, why="pesan tidak sampai", by=actor("administrator", ""), at=SOON)
    told = [look.record.action for look in queries.looks_at(kept)]
    assert told[0] == "messages.revealed"
    assert {"registry.nik_read", "registry.merged_away"} <= set(told)
    assert "registry.nik_read" in {row["apa"] for row in own_data(kept)["siapa_membuka"]}


def test_only_an_administrator_forgets() -> None:
    person = register()
    with pytest.raises(NotAllowed):
        actions.forget_person(person=person, why="Diminta orangnya", by=actor("verifier", ""), at=AT)
    person.refresh_from_db()
    assert person.forgotten_at is None


def test_the_demo_is_made_once_with_numbers_nobody_has() -> None:
    assert len(actions.demo(by=SYSTEM, at=AT)) == 20
    assert actions.demo(by=SYSTEM, at=AT) == []
    people = list(Person.objects.order_by("pk"))
    names = [f"Pedagang {n:02}" for n in range(1, 21)]
    assert [person.display_name for person in people] == [*names, "Pedagang 03 (tercatat lagi)"]
    assert {person.region for person in people} == {MUSTIKASARI}
    assert people[0].masked_nik == "327511******0001"
    assert [(pair.first, pair.second) for pair in Double.objects.all()] == [(people[2], people[20])]
    assert sorted(KeptPlan.objects.values_list("business__person__display_name", flat=True)) == [
        "Pedagang 01",
        "Pedagang 05",
        "Pedagang 09",
    ]
    assert PaperHeld.objects.get().number == f"{people[4].pk:013}"
    assert Message.objects.get().template == "next_step_reminder"
    assert list(audit.breaks()) == []


def test_a_demo_person_can_be_changed_although_their_nik_is_impossible() -> None:
    person = actions.demo(by=SYSTEM, at=AT)[0]
    changed = actions.change_person(person=person, changes={"channel": "sms"}, by=actor(), at=AT)
    assert (changed.channel, changed.nik) == ("sms", person.nik)


def test_lists_are_narrowed_by_each_filter_and_by_all_together() -> None:
    place = market()
    plain, with_nib, blocked, elsewhere = (register(f"Pedagang {n:02}") for n in range(1, 5))
    actions.change_person(person=elsewhere, changes={"region": PADURENAN}, by=SYSTEM, at=AT)
    actions.record_paper(person=with_nib, paper="nib", number="1234567890123", by=SYSTEM, at=AT)
    for person in (with_nib, blocked):
        actions.record_barrier(person=person, code="fears_cost", by=SYSTEM, at=AT)
        actions.add_business(person=person, market=place, by=SYSTEM, at=AT)

    def listed(**given: object) -> list[str]:
        return [person.display_name[-2:] for person in queries.page(actor(), queries.Filters(**given)).people]

    assert listed() == ["01", "02", "03", "04"]
    assert listed(region=PADURENAN) == ["04"]
    assert listed(market=place.pk) == ["02", "03"]
    assert listed(missing="nib") == ["01", "03", "04"]
    assert listed(barrier="fears_cost") == ["02", "03"]
    assert listed(barrier="fears_cost", missing="nib", market=place.pk, region=MUSTIKASARI) == ["03"]
    actions.lift_barrier(person=blocked, code="fears_cost", by=SYSTEM, at=AT)
    assert listed(barrier="fears_cost") == ["02"]
    assert plain.display_name == "Pedagang 01"


def test_many_rows_are_asked_one_by_one_with_the_same_answer(monkeypatch) -> None:
    people = [register(f"Pedagang {n:02}") for n in range(1, 6)]
    for person in people[:3]:
        actions.record_barrier(person=person, code="fears_cost", by=SYSTEM, at=AT)
    filters = queries.Filters(barrier="fears_cost")
    few = [person.pk for person in queries.page(actor(), filters).people]
    monkeypatch.setattr(queries, "FEW", 1)
    assert [person.pk for person in queries.page(actor(), filters).people] == few == [p.pk for p in people[:3]]


def test_pages_follow_each_other_without_gap_or_repeat_even_for_equal_names() -> None:
    made = [register("Pedagang Sama") for _ in range(5)] + [register("Pedagang Awal"), register("Pedagang Zeta")]
    seen, after = [], None
    while True:
        page = queries.page(actor(), queries.Filters(), after, size=2)
        seen += [person.pk for person in page.people]
        after = page.after
        if after is None:
            break
    assert seen == [made[5].pk, *(person.pk for person in made[:5]), made[6].pk]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_people_takes_the_same_number_of_queries_however_many(count: int, django_assert_num_queries) -> None:
    place = market()
    for n in range(count):
        person = register(f"Pedagang {n:02}")
        actions.add_business(person=person, market=place, by=SYSTEM, at=AT)
        actions.record_paper(person=person, paper="nib", by=SYSTEM, at=AT)
    with django_assert_num_queries(4):
        page = queries.page(actor(), queries.Filters())
        assert [b.market.name for person in page.people for b in person.businesses.all()] == ["Pasar pasar-uji"] * count
        assert [held.paper for person in page.people for held in person.papers.all()] == ["nib"] * count


def test_follow_ups_due_are_mine_and_my_offices_only() -> None:
    by = actor()
    person = register()
    mine = actions.add_follow_up(person=person, why="milik saya", due=AT.date(), owner=by.ref, by=by, at=AT)
    office = actions.add_follow_up(person=person, why="milik kantor", due=AT.date(), by=by, at=AT)
    actions.add_follow_up(person=person, why="orang lain", due=AT.date(), owner="user:5", by=by, at=AT)
    assert list(queries.follow_ups_due(by, AT.date())) == [mine, office]
    actions.finish_follow_up(follow_up=mine, outcome="sudah datang", by=by, at=AT)
    assert list(queries.follow_ups_due(by, AT.date())) == [office]
    with pytest.raises(ValidationError):
        actions.finish_follow_up(follow_up=mine, outcome="lagi", by=by, at=AT)


def test_who_is_registered_with_a_phone_signs_in_by_a_code_without_a_card() -> None:
    person = register(phone="+6281234567890")
    assert person.user.phone == "+6281234567890"
    assert Person.objects.get(pk=person.pk).user == person.user
    assert request_code(phone="+6281234567890", by=VISITOR, at=AT) == timedelta()
    assert Message.objects.filter(template="sign_in_code").count() == 1


def test_who_has_no_phone_or_one_of_another_account_gets_no_account_yet() -> None:
    first = register("Tenda Biru", phone="+6281234567890")
    assert [register().user, register("Tenda Hijau", phone="+6281234567890").user] == [None, None]
    assert first.user.phone == "+6281234567890"


def test_a_verifier_registers_without_opening_an_account() -> None:
    assert register(phone="+6281234567890", by=actor("verifier")).user is None


def test_a_changed_number_is_the_one_that_gets_the_codes() -> None:
    person = register(phone="+6281234567890")
    actions.change_person(person=person, changes={"phone": "+6281234567899"}, by=actor(), at=SOON)
    assert User.objects.get(pk=person.user_id).phone == "+6281234567899"
    request_code(phone="+6281234567890", by=VISITOR, at=SOON)
    assert Message.objects.filter(template="sign_in_code").count() == 0
    request_code(phone="+6281234567899", by=VISITOR, at=SOON)
    assert Message.objects.filter(template="sign_in_code").count() == 1


def test_a_number_of_another_account_is_refused_and_nothing_is_changed() -> None:
    register("Tenda Biru", phone="+6281234567891")
    person = register(phone="+6281234567890")
    with pytest.raises(ValidationError, match="sudah dipakai akun lain"):
        actions.change_person(person=person, changes={"phone": "+6281234567891"}, by=actor(), at=SOON)
    assert Person.objects.get(pk=person.pk).phone == "+6281234567890"


def test_a_number_written_down_later_opens_an_account() -> None:
    person = register()
    changed = actions.change_person(person=person, changes={"phone": "+6281234567890"}, by=actor(), at=SOON)
    assert changed.user.phone == "+6281234567890"
