"""The pages of people, asked for as a browser does: by whom, for whom, with what on them."""

import uuid

import pytest
from django.urls import reverse

from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import (
    Double,
    Person,
)
from satupintu.registry.tests.browsing import address, html, staff, vendor
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    BEKASIJAYA,
    MUSTIKASARI,
    PDF,
    market,
    nik,
    register,
)

pytestmark = pytest.mark.django_db


ABOUT_A_PERSON = (
    *("person", "person-edit", "person-forget", "business-new", "paper-new", "document-new"),
    *("consent-new", "barrier-new", "follow-up-new"),
)


@pytest.mark.parametrize("name", ABOUT_A_PERSON)
def test_person_pages_of_another_kecamatan_are_not_there(name: str) -> None:
    person = register()
    assert staff("administrator").get(address(name, person)).status_code == 200
    assert staff("administrator", BEKASI_TIMUR).get(address(name, person)).status_code == 404
    assert staff("administrator").get(reverse(f"registry:{name}", kwargs={"ref": uuid.uuid4()})).status_code == 404


def test_person_shows_masked_numbers_and_what_they_hold() -> None:
    person = register("Pedagang 01", nik=nik(1), phone="081234567890")
    actions.add_business(
        person=person, trade_name="Warung 01", market=market(), codes=[("2020", "56104")], by=SYSTEM, at=AT
    )
    actions.record_paper(person=person, paper="nib", number="1234567890123", by=SYSTEM, at=AT)
    actions.record_barrier(person=person, code="fears_cost", by=SYSTEM, at=AT)
    page = html(staff(), address("person", person))
    for text in (
        "327511******0001",
        "0812****7890",
        "Warung 01",
        "KBLI 2020: 56104",
        "1234567890123",
        "Takut biayanya mahal",
    ):
        assert text in page
    assert nik(1) not in page and "081234567890" not in page


def test_person_is_open_to_the_vendor_they_are_and_to_no_other() -> None:
    me, other = register("Pedagang 01"), register("Pedagang 02")
    client = vendor(me)
    page = html(client, address("person", me))
    assert "Siapa membuka data ini" in page and "Tindak lanjut" not in page
    assert client.get(address("person", other)).status_code == 404
    assert client.get(address("people")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_person_takes_the_same_number_of_queries_however_much_they_hold(count: int, django_assert_num_queries) -> None:
    person = register()
    for n in range(count):
        actions.add_business(person=person, trade_name=f"Warung {n}", codes=[("2020", "56104")], by=SYSTEM, at=AT)
        actions.record_paper(person=person, paper="nib", by=SYSTEM, at=AT)
        actions.add_document(person=person, kind="ktp", content=PDF, by=SYSTEM, at=AT)
        actions.add_follow_up(person=person, why=f"temui {n}", due=AT.date(), by=SYSTEM, at=AT)
    client = staff()
    client.get(address("person", person))
    with django_assert_num_queries(16):
        client.get(address("person", person))


def test_person_reveal_shows_the_number_once_the_reason_is_written_and_the_person_sees_who() -> None:
    person = register(nik=nik(1), phone="081234567890")
    client, me = staff(), vendor(person)
    refused = client.post(address("person-reveal", person), {"what": "nik", "reason": ""})
    assert refused.status_code == 422 and nik(1) not in refused.content.decode()
    shown = client.post(address("person-reveal", person), {"what": "nik", "reason": "cocokkan dengan KTP"})
    assert nik(1) in shown.content.decode() and "081234567890" not in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert nik(1) not in html(client, address("person", person))
    page = html(me, address("person", person))
    assert "Melihat NIK lengkap" in page and "cocokkan dengan KTP" in page
    assert Record.objects.filter(action="registry.nik_read").count() == 1


def test_person_reveal_is_not_for_another_kecamatan_nor_by_link() -> None:
    person = register(nik=nik(1))
    given = {"what": "nik", "reason": "cocokkan dengan KTP"}
    assert staff(area=BEKASI_TIMUR).post(address("person-reveal", person), given).status_code == 404
    assert staff("facilitator").post(address("person-reveal", person), given).status_code == 404
    assert staff().get(address("person-reveal", person)).status_code == 405
    assert Record.objects.filter(action="registry.nik_read").count() == 0


def test_people_lists_finds_and_never_ends_in_nothing() -> None:
    register("Tenda Biru", phone="081234567890")
    register("Gerobak Hijau", region=BEKASIJAYA)
    client = staff()
    assert "Tenda Biru" in html(client, address("people"))
    assert "Gerobak" not in html(client, address("people"))
    assert "Tenda Biru" in html(client, address("people"), cari="tnda")
    assert "Tenda Biru" in html(client, address("people"), cari="7890")
    nothing = html(client, address("people"), cari="xyzzy")
    assert "Coba 4 angka terakhir nomor HP." in nothing and "Daftarkan pedagang" in nothing


def test_people_turns_pages_and_keeps_its_filters() -> None:
    for n in range(52):
        register(f"Pedagang {n:02}")
    client = staff()
    first = html(client, address("people"), wilayah=MUSTIKASARI)
    assert "Pedagang 49" in first and "Pedagang 50" not in first
    after = first.split("sesudah=")[1].split('"')[0]
    second = html(client, address("people"), wilayah=MUSTIKASARI, sesudah=after)
    assert "Pedagang 51" in second and "Pedagang 49" not in second
    assert f"wilayah={MUSTIKASARI}&amp;sesudah=" in first


@pytest.mark.parametrize(
    "given", [{"pasar": "x"}, {"wilayah": "99"}, {"belum": "?"}, {"sesudah": "x"}, {"hambatan": "'"}]
)
def test_people_takes_no_harm_from_an_address_typed_by_hand(given: dict) -> None:
    register("Pedagang 01")
    assert "Pedagang 01" in html(staff(), address("people"), **given)


@pytest.mark.parametrize("count", [1, 3])
def test_people_takes_the_same_number_of_queries_for_more_rows(count: int, django_assert_num_queries) -> None:
    for _ in range(count):
        actions.add_business(person=register(), market=market(), by=SYSTEM, at=AT)
    client = staff()
    client.get(address("people"))
    with django_assert_num_queries(7):
        client.get(address("people"))


def test_person_new_writes_and_goes_to_the_new_page() -> None:
    response = staff().post(
        address("person-new"),
        {"display_name": "Pedagang 01", "nik": nik(1), "phone": "0812 3456 7890", "region": MUSTIKASARI},
    )
    person = Person.objects.get()
    assert response.headers["Location"] == address("person", person)
    assert (person.nik, person.phone, person.channel, person.language) == (nik(1), "+6281234567890", "none", "id")


def test_person_new_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    response = staff().post(address("person-new"), {"display_name": "Pedagang 01", "nik": "123", "region": MUSTIKASARI})
    page = response.content.decode()
    assert response.status_code == 422
    assert "NIK harus 16 angka. Sekarang baru 3." in page and 'value="123"' in page
    assert "<title>Salah:" in page
    assert Person.objects.count() == 0


def test_person_new_warns_of_a_likely_double_before_writing() -> None:
    register("Tenda Biru", phone="081234567890")
    client, given = staff(), {"display_name": "Tenda Birru", "region": MUSTIKASARI, "phone": "081234567890"}
    page = client.post(address("person-new"), given).content.decode()
    assert "Mungkin sudah terdaftar" in page and "Tenda Biru" in page and "Nomor HP sama" in page
    assert Person.objects.count() == 1
    client.post(address("person-new"), given | {"another_person": "on"})
    assert Person.objects.count() == 2
    assert Double.objects.count() == 1


def test_person_new_does_not_name_a_double_of_another_area() -> None:
    register("Tenda Biru", nik=nik(1), region=BEKASIJAYA)
    page = (
        staff()
        .post(address("person-new"), {"display_name": "Tenda Biru", "nik": nik(1), "region": MUSTIKASARI})
        .content.decode()
    )
    assert "Orang di wilayah kantor lain" in page
    assert reverse("registry:person", kwargs={"ref": Person.objects.get().ref}) not in page


def test_person_edit_leaves_an_empty_number_as_it_was() -> None:
    person = register("Pedagang 01", nik=nik(1))
    client = staff()
    assert nik(1) not in html(client, address("person-edit", person))
    client.post(
        address("person-edit", person), {"display_name": "Pedagang 02", "region": MUSTIKASARI, "channel": "sms"}
    )
    person.refresh_from_db()
    assert (person.display_name, person.nik, person.channel) == ("Pedagang 02", nik(1), "sms")


def test_person_forget_needs_a_reason_and_leaves_nobody() -> None:
    person, client = register(), staff("administrator")
    assert client.post(address("person-forget", person), {"reason": ""}).status_code == 200
    assert client.post(address("person-forget", person), {"reason": "Diminta orangnya"}).status_code == 302
    assert client.get(address("person", person)).status_code == 404
