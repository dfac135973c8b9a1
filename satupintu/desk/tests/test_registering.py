"""Registering a vendor at the market as an ordinary form, and the page that is kept for times without a signal."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from satupintu.accounts.tests.factories import client_as
from satupintu.desk.tests.factories import ADDRESS, staff
from satupintu.registry.models import Consent, KeptPlan, Person
from satupintu.registry.tests.factories import BEKASIJAYA, MUSTIKASARI

pytestmark = pytest.mark.django_db
GIVEN = {"given": "yes", "version": "1", "place": "Pasar", "display_name": "Pedagang 01", "region": MUSTIKASARI}


def test_register_shows_the_consent_first_and_the_kelurahan_of_the_area() -> None:
    seen = staff()[0].get(reverse("desk:register")).content.decode()
    assert seen.index("Boleh petugas menyimpan") < seen.index('name="display_name"')
    assert MUSTIKASARI in seen
    assert BEKASIJAYA not in seen


def test_register_writes_the_vendor_with_the_plan_of_the_finders_answers() -> None:
    client, user = staff()
    address = f"{reverse('desk:register')}?{ADDRESS}"
    assert "Jawaban Cek izin ikut disimpan." in client.get(address).content.decode()
    answer = client.post(address, GIVEN | {"answers": ADDRESS, "trade_name": "Cilok"})
    person = Person.objects.get()
    assert answer["Location"] == reverse("registry:person", args=[person.ref])
    assert (person.source, person.made_by) == ("counter", f"user:{user.pk}")
    assert Consent.objects.get().place == "Pasar"
    assert KeptPlan.objects.get().business.trade_name == "Cilok"


def test_register_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    answer = staff()[0].post(reverse("desk:register"), GIVEN | {"given": "", "nik": "12", "trade_name": "Cilok"})
    seen = answer.content.decode()
    assert answer.status_code == 422
    assert "Pilih jawabannya: ya atau tidak." in seen
    assert 'value="Cilok"' in seen
    answer = staff()[0].post(reverse("desk:register"), GIVEN | {"nik": "12"})
    assert "NIK harus 16 angka. Sekarang baru 2." in answer.content.decode()
    assert Person.objects.count() == 0


def test_register_refuses_answers_of_somebody_who_said_no() -> None:
    answer = staff()[0].post(reverse("desk:register"), GIVEN | {"given": "no", "answers": ADDRESS})
    assert "hanya disimpan kalau pedagang setuju" in answer.content.decode()
    assert staff()[0].post(reverse("desk:register"), GIVEN | {"given": "no"}).status_code == 302


def test_register_is_not_there_for_a_vendor() -> None:
    assert client_as("vendor")[0].get(reverse("desk:register")).status_code == 404


def test_register_offline_is_empty_for_everybody_and_takes_nothing(client: Client) -> None:
    address = reverse("desk:register-offline")
    seen = client.get(address).content.decode()
    assert MUSTIKASARI in seen
    assert BEKASIJAYA in seen
    assert "csrfmiddlewaretoken" not in seen
    assert client.post(address, GIVEN).status_code == 405


def test_register_offline_is_kept_by_the_worker_with_all_it_needs(client: Client) -> None:
    worker = client.get("/sw.js").content.decode()
    plan = worker.split("\n", 1)[0]
    for path in ("/dampingi/daftar/luring/", "/antrean/", "desk/register", "web/outbox", "web/queue", "web/carry"):
        assert path in plan


def test_register_shows_words_and_no_code_in_the_header() -> None:
    client, _ = staff()
    page = client.get("/dampingi/daftar/").text
    assert "datetime" not in page
    assert "<span data-text>Terkirim</span>" in page
    assert page.count("Boleh petugas menyimpan jawaban dan langkah Bapak/Ibu?") == 1
