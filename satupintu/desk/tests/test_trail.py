"""The audit trail as an administrator reads it, and as the person concerned reads about that."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.models import User
from satupintu.audit import actions as audit
from satupintu.audit.models import Record
from satupintu.audit.queries import about_person
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.desk import actions as desk
from satupintu.desk.tests.factories import staff, vendor
from satupintu.registry import actions
from satupintu.registry.models import Person
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, MUSTIKAJAYA, actor, nik, register

pytestmark = pytest.mark.django_db


def administrator() -> tuple[Client, User]:
    return staff("administrator", "")


def deeds(text: str) -> list[str]:
    """The deeds that a page lists."""
    return [deed.strip() for deed in re.findall(r'data-label="Tindakan">(?:<code>)?([^<]+)', text)]


def read_nik(person: Person, why: str = "cocokkan dengan KTP", at: Any = AT, area: str = MUSTIKAJAYA) -> User:
    reader = staff("front_office", area)[1]
    by = actor("front_office", area, reader.pk)
    by = type(by)(by.ref, reader.office_id, by.role, by.name, by.area)
    actions.reveal_nik(person=person, reason=why, by=by, at=at)
    return reader


def test_trail_lists_the_newest_first_with_who_office_and_why() -> None:
    client, _ = administrator()
    person = register(nik=nik(7))
    reader = read_nik(person)
    page = client.get("/jejak/?jenis=reading").text
    assert deeds(page) == ["Melihat NIK lengkap"]
    for words in (reader.display_name, "Petugas loket", "Kantor kantor-32-75-11", "cocokkan dengan KTP"):
        assert words in page
    assert nik(7) not in page
    assert f'href="/jejak/?orang={person.ref}">Orang ini</a>' in page
    assert deeds(client.get("/jejak/").text)[0] == "Melihat NIK lengkap"


def test_trail_is_narrowed_by_staff_kind_office_and_day() -> None:
    client, _ = administrator()
    person = register(nik=nik(7))
    first = read_nik(person, at=AT - timedelta(days=2))
    second = read_nik(person, area="", at=AT)
    for query, wanted in (
        (f"petugas={first.username}", [first]),
        (f"kantor={second.office_id}&jenis=reading", [second]),
        ("dari=2026-11-24&sampai=2026-11-24&jenis=reading", [second]),
        ("sampai=2026-11-22&jenis=reading", [first]),
        ("dari=2026-11-25&jenis=reading", []),
        ("petugas=tidak-ada", []),
    ):
        page = client.get(f"/jejak/?{query}").text
        assert [user for user in (first, second) if f"{user.display_name} <span" in page] == wanted, query
    assert "Tidak ada catatan yang cocok." in client.get("/jejak/?petugas=tidak-ada").text


def test_trail_names_the_chains_of_vendors_and_offers_them_once() -> None:
    client, _ = administrator()
    for ref in ("user:3", "user:4"):
        with transaction.atomic():
            audit.record(action="accounts.signed_in", object=ref, by=Actor(ref, "city", "vendor", "Pedagang"), at=AT)
    page = client.get("/jejak/?kantor=vendor-03").text
    assert page.count(">Pedagang</option>") == 1
    assert page.count('data-label="Kantor">Pedagang<') == 2
    assert 'href="/jejak/vendor-04/1/"' in page
    assert client.get("/jejak/vendor-04/1/").status_code == 200


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("dari=kemarin", "Tulis tanggal seperti 2026-11-24."),
        ("dari=2026-11-24&sampai=2026-11-23", "Tanggal akhir sebelum tanggal awal. Tukar keduanya."),
    ],
)
def test_trail_says_what_is_wrong_with_a_day_and_keeps_it(query: str, says: str) -> None:
    page = administrator()[0].get(f"/jejak/?{query}&petugas=loket")
    assert page.status_code == 422
    assert says in page.text
    assert 'value="loket"' in page.text


def test_trail_of_a_person_is_witnessed_once_for_each_search_and_the_person_reads_it() -> None:
    client, admin = administrator()
    own, person = vendor(register("Pedagang Cilok", nik=nik(7)))
    read_nik(person)
    found = client.get("/jejak/?tentang=pedagang+cilok&jenis=reading")
    assert found.headers["Location"] == f"/jejak/?jenis=reading&orang={person.ref}"
    for _ in range(2):  # the second look is another page of the same search
        page = client.get(f"/jejak/?orang={person.ref}&jenis=reading").text
    assert "Catatan tentang Pedagang Cilok" in page
    assert deeds(page) == ["Melihat catatan tentang orang ini", "Melihat NIK lengkap"]
    assert Record.objects.filter(action="desk.trail_read", person=person.reference).count() == 1
    client.get("/jejak/")
    client.get(f"/jejak/?orang={person.ref}")
    assert Record.objects.filter(action="desk.trail_read", person=person.reference).count() == 2
    mine = own.get("/data-saya/").text
    told = f"Melihat catatan tentang orang ini: {admin.display_name} (Administrator, Kantor dpmptsp)"
    assert mine.count(told) == 2


def test_trail_asks_who_is_meant_when_several_fit_and_says_when_nobody_does() -> None:
    client, _ = administrator()
    people = [register("Siti Uji"), register("Siti Uji")]
    page = client.get("/jejak/?tentang=siti+uji").text
    assert all(f"/jejak/?orang={person.ref}" in page for person in people)
    assert "Orangnya tidak ketemu." in client.get("/jejak/?tentang=zzzzzz").text
    assert not Record.objects.filter(action="desk.trail_read").exists()


def test_trail_of_an_office_for_part_of_the_city_ends_at_its_area() -> None:
    client, _ = staff("administrator", MUSTIKAJAYA)
    here, there = register(nik=nik(7)), register(nik=nik(8), region=f"{BEKASI_TIMUR}.1001")
    read_nik(here)
    read_nik(there, "periksa lapangan", area=BEKASI_TIMUR)
    page = client.get("/jejak/?jenis=reading").text
    assert deeds(page) == ["Melihat NIK lengkap"]
    assert "periksa lapangan" not in page
    assert client.get(f"/jejak/?orang={there.ref}").status_code == 404
    assert client.get("/jejak/kantor-32-75-01/1/").status_code == 404
    assert client.get("/jejak/kantor-32-75-11/1/").status_code == 200


@pytest.mark.parametrize("orang", ["user:999999", "tidak-ada", "7f0e5a3c-0000-4000-8000-000000000000"])
def test_trail_of_nobody_is_not_there(orang: str) -> None:
    assert administrator()[0].get(f"/jejak/?orang={orang}").status_code == 404


def test_trail_turns_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    from satupintu.desk.queries import trail

    monkeypatch.setattr(trail, "PER_PAGE", 2)
    client, _ = administrator()
    person = register(nik=nik(7))
    for n in range(3):
        read_nik(person, f"alasan ke-{n}", at=AT + timedelta(minutes=n))
    first, second = (client.get(f"/jejak/?jenis=reading&hal={n}").text for n in (1, 2))
    assert re.findall(r"alasan ke-\d", first + second) == ["alasan ke-2", "alasan ke-1", "alasan ke-0"]
    assert 'href="?jenis=reading&amp;hal=2"' in first
    assert 'href="?jenis=reading&amp;hal=1"' in second
    for odd in ("0", "-1", "x", "9" * 40):
        assert client.get(f"/jejak/?hal={odd}").status_code == 200


def test_trail_record_shows_all_of_it_but_what_is_sealed_and_is_witnessed() -> None:
    client, _ = administrator()
    person = register("Pedagang Rahasia")
    record = about_person(person.reference)[0]
    page = client.get(f"/jejak/{record.chain_id}/{record.number}/").text
    assert record.hash in page
    assert record.previous in page
    assert "Tersegel dengan kunci orangnya." in page
    assert "Pedagang Rahasia" not in page
    assert about_person(person.reference)[0].action == "desk.trail_read"
    assert client.get("/jejak/city/999999/").status_code == 404


def test_trail_says_when_the_chains_were_verified_and_sealed() -> None:
    client, _ = administrator()
    page = client.get("/jejak/").text
    assert page.count("Belum pernah") == 2
    audit.seal_day(day=AT.date(), by=SYSTEM, at=AT)
    assert audit.verify_chains(by=SYSTEM, at=AT) == []
    page = client.get("/jejak/").text
    assert "Sampai 24 November 2026" in page
    assert re.search(r"24 November 2026, 10\.00\. Utuh, \d+ catatan\.", page)


def test_my_data_tells_every_reading_of_the_nik_with_day_office_role_and_reason() -> None:
    client, person = vendor(register(nik=nik(7)))
    reader = read_nik(person, "cocokkan dengan KTP")
    for n in range(35):  # what was done since does not push the reading off the page
        actions.give_consent(person=person, purpose="reminders", given=bool(n % 2), by=SYSTEM, at=AT)
    page = client.get("/data-saya/").text
    told = f"Melihat NIK lengkap: {reader.display_name} (Petugas loket, Kantor kantor-32-75-11)"
    assert page.count(told) == 1
    assert re.search(rf"24 November 2026, 10\.00</time>{re.escape(told)}", page)
    assert "cocokkan dengan KTP" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_trail_asks_the_database_the_same_for_one_and_for_three(rows: int, django_assert_num_queries: Any) -> None:
    client, _ = administrator()
    person = register(nik=nik(7))
    for _ in range(rows):
        read_nik(person)
    # session, account with office, offices and chains (twice: form and list), seal, verification, records, names
    with django_assert_num_queries(11):
        assert len(deeds(client.get("/jejak/?jenis=reading").text)) == rows


@pytest.mark.parametrize("role", ["facilitator", "front_office", "verifier", "signing_official", "leadership"])
def test_no_other_role_reads_the_trail(role: str) -> None:
    assert staff(role)[0].get("/jejak/").status_code == 404
    with pytest.raises(NotAllowed):
        desk.read_trail(person="user:1", by=actor(role), at=AT)
