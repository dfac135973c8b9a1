"""Sitting beside a vendor: consent first, the finder for them, the plan kept, card and PIN handed over once."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.models import Card, User
from satupintu.accounts.tests.factories import make_user
from satupintu.audit.models import Record
from satupintu.audit.queries import about_person, with_reasons
from satupintu.desk import actions
from satupintu.desk.tests.factories import ADDRESS, staff
from satupintu.registry.models import KeptPlan, Person
from satupintu.registry.queries.people import agrees
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, MUSTIKASARI, actor, agreed, kept_plan, register

pytestmark = pytest.mark.django_db


def answered(client: Client, person: Person) -> None:
    """The finder was filled beside this person."""
    client.get(f"/dampingi/{person.ref}/")
    assert client.get(f"/dampingi/?{ADDRESS}").headers["Location"] == f"/dampingi/{person.ref}/"


def test_assist_finds_people_of_the_area_and_offers_to_register() -> None:
    client, _ = staff()
    register("Kuning Tenda")
    register("Kuning Jauh", region="32.75.01.1001")
    page = client.get("/dampingi/?cari=kuning").text
    assert "Kuning Tenda" in page
    assert "Kuning Jauh" not in page
    assert 'href="/pedagang/baru/"' in page


def test_assist_keeps_the_answers_until_somebody_is_chosen() -> None:
    client, _ = staff()
    assert "/dampingi/?jual=cilok" in client.get(f"/cek-izin/hasil/?{ADDRESS}").text
    assert "Jawaban Cek izin menunggu." in client.get(f"/dampingi/?{ADDRESS}").text
    person = agreed()
    assert "Simpan langkah pedagang" in client.get(f"/dampingi/{person.ref}/").text


def test_assist_person_asks_for_consent_first_with_no_answer_chosen() -> None:
    client, _ = staff()
    person = register()
    answered(client, person)
    page = client.get(f"/dampingi/{person.ref}/").text
    assert "Boleh petugas menyimpan jawaban dan langkah Bapak/Ibu?" in page
    assert "checked" not in page.split("Simpan jawaban")[0]
    assert "Simpan langkah pedagang" not in page
    assert client.post(f"/dampingi/{person.ref}/", {"given": ""}).status_code == 422
    client.post(f"/dampingi/{person.ref}/", {"given": "no", "place": "pasar"})
    assert "Langkahnya tidak disimpan." in client.get(f"/dampingi/{person.ref}/").text
    client.post(f"/dampingi/{person.ref}/", {"given": "yes", "place": "pasar"})
    assert agrees(person, "keep_plan")
    assert "Simpan langkah pedagang" in client.get(f"/dampingi/{person.ref}/").text


def test_assist_keep_writes_nothing_without_consent_and_then_the_plan() -> None:
    client, user = staff()
    person = register()
    answered(client, person)
    path = f"/dampingi/{person.ref}/simpan/"
    refused = client.post(path)
    assert refused.status_code == 422
    assert "Belum ada persetujuan simpan langkah. Tanyakan dulu, lalu catat jawabannya." in refused.text
    assert KeptPlan.objects.count() == 0
    client.post(f"/dampingi/{person.ref}/", {"given": "yes", "place": ""})
    asked = client.post(path).headers["Location"]
    plan = KeptPlan.objects.get()
    assert asked == f"/langkah/{plan.ref}/hambatan/"
    assert (plan.business.person, plan.filled_by) == (person, user.display_name)
    assert "Jawaban Cek izin menunggu." not in client.get("/dampingi/").text


def test_assist_keep_replaces_the_plan_of_the_chosen_business() -> None:
    client, _ = staff()
    plan = kept_plan(agreed(), zone="red")
    person = plan.business.person
    answered(client, person)
    client.post(f"/dampingi/{person.ref}/simpan/", {"usaha": str(plan.business.ref)})
    assert KeptPlan.objects.get().answers["zone"] == "unknown"


def test_assist_person_of_another_kecamatan_is_not_there() -> None:
    client, _ = staff("facilitator", BEKASI_TIMUR)
    person = agreed()
    for path in ("", "simpan/", "kartu/"):
        assert client.post(f"/dampingi/{person.ref}/{path}").status_code == 404


def test_hand_over_shows_code_and_pin_once_and_they_sign_in() -> None:
    client, _ = staff()
    person = kept_plan(agreed()).business.person
    path = f"/dampingi/{person.ref}/kartu/"
    before = client.get(path).text
    assert "Buat kartu dan PIN" in before
    assert "/cek-izin/lembar/?jual=cilok" in before
    page = client.post(path)
    code = re.search(r"data-card-code>([\w-]{8})<", page.text)
    pin = re.search(r"data-card-pin>(\d{6})<", page.text)
    assert code and pin
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert '<svg class="qr" role="img"' in page.text
    assert pin[1] not in client.get(path).text
    phone = Client()
    assert phone.post("/masuk/kartu/", {"code": code[1], "pin": pin[1]}).status_code == 302
    assert f"Langkah {person.display_name}" in phone.get("/", follow=True).text


def test_a_second_card_makes_the_first_useless_and_no_second_account() -> None:
    person, by = register(), actor("facilitator")
    first, _ = actions.hand_over_card(person=person, by=by, at=AT)
    person.refresh_from_db()
    second, _ = actions.hand_over_card(person=person, by=by, at=AT)
    assert first != second
    assert list(Card.objects.filter(revoked_at=None).values_list("code", flat=True)) == [second.replace("-", "")]
    assert User.objects.filter(role="vendor").count() == 1
    assert "registry.account_linked" in [record.action for record in about_person(person.reference)]


def test_an_account_takes_the_phone_only_if_nobody_else_has_it() -> None:
    by = actor("facilitator")
    first, second = register(phone="081234567890"), register(phone="081234567890", region=MUSTIKASARI)
    for person in (first, second):
        actions.hand_over_card(person=person, by=by, at=AT)
        person.refresh_from_db()
    assert [person.user.phone for person in (first, second) if person.user] == ["+6281234567890", ""]


def test_a_closed_account_gets_no_card() -> None:
    client, _ = staff()
    user = make_user(
        "vendor",
    )
    User.objects.filter(pk=user.pk).update(is_active=False)
    person = register()
    Person.objects.filter(pk=person.pk).update(user=user)
    page = client.post(f"/dampingi/{person.ref}/kartu/")
    assert page.status_code == 422
    assert "Akun orang ini ditutup." in page.text
    assert Card.objects.count() == 0


@pytest.mark.parametrize("role", ["vendor", "verifier", "partner"])
def test_only_who_may_hands_over_a_card(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.hand_over_card(person=register(), by=actor(role), at=AT)


def test_hand_over_gives_a_forgotten_pin_anew_and_takes_a_lost_card_back() -> None:
    client, _ = staff()
    person = kept_plan(agreed()).business.person
    path = f"/dampingi/{person.ref}/kartu/"
    assert client.post(path, {"apa": "pin"}).status_code == 422
    code, pin = shown_on(client.post(path))
    same, new = shown_on(client.post(path, {"apa": "pin"}))
    assert (same, new != pin) == (code, True)
    assert signs_in(code, new) and not signs_in(code, pin)
    page = client.post(path, {"apa": "cabut", "alasan": "hilang di pasar"}).text
    assert "Kartu yang berlaku" not in page and "Buat kartu dan PIN" in page
    assert not signs_in(code, new)
    assert with_reasons(Record.objects.filter(action="accounts.card_revoked"))[0].why == "hilang di pasar"


def shown_on(page: HttpResponse) -> tuple[str, str]:
    """Code and PIN on a page that shows them."""
    text = page.content.decode()
    return tuple(re.search(rf"data-card-{name}>([^<]+)<", text)[1] for name in ("code", "pin"))


def signs_in(code: str, pin: str) -> bool:
    return Client().post("/masuk/kartu/", {"code": code, "pin": pin}).status_code == 302
