"""The pages of devices, of the queue and of records that a person must look at."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from satupintu.accounts.models import User
from satupintu.accounts.tests.factories import client_as, set_second_factor, sign_in
from satupintu.sync import queries
from satupintu.sync.models import Device, Received
from satupintu.sync.tests.factories import SETTING, arriving, device, receive, staff

pytestmark = pytest.mark.django_db


def entered(user: User) -> Client:
    set_second_factor(user)
    return sign_in(Client(), user)


@pytest.fixture
def admin() -> Client:
    return entered(staff("administrator"))


@pytest.fixture
def waiting() -> Received:
    """A record of a kind nobody knew when it came."""
    receive(device(at=timezone.now())[0], arriving('{"display_name": "Pedagang 01", "nik": "3275111201800007"}', "a.b"))
    return Received.objects.get()


def page(client: Client, path: str, template: str, status: int = 200) -> str:
    answer = client.get(path)
    assert (answer.status_code, answer.templates[0].name) == (status, template)
    return answer.content.decode()


def test_queue_is_the_same_for_everybody_and_names_nobody(client: Client) -> None:
    user = staff()
    as_kept = sign_in(Client(), user).get(reverse("sync:queue"), headers={"X-Keep-On-Phone": "1"})
    assert user.display_name not in as_kept.content.decode()
    assert "Antrean kirim" in page(client, reverse("sync:queue"), "sync/queue.html")


def test_devices_are_ones_own_and_for_an_administrator_those_of_the_area(admin: Client) -> None:
    owner = staff()
    device(owner, at=timezone.now(), name="HP saya")
    device(staff(), at=timezone.now(), name="HP kawan")
    device(staff(area="32.75.01"), at=timezone.now(), name="HP jauh")
    own = page(sign_in(Client(), owner), reverse("sync:devices"), "sync/devices.html")
    assert [name in own for name in ("HP saya", "HP kawan", "HP jauh")] == [True, False, False]
    area = page(admin, reverse("sync:devices"), "sync/devices.html")
    assert [name in area for name in ("HP saya", "HP kawan", "HP jauh")] == [True, True, False]
    city = page(entered(staff("administrator", "")), reverse("sync:devices"), "sync/devices.html")
    assert [name in city for name in ("HP saya", "HP kawan", "HP jauh")] == [True, True, True]


def test_device_new_tells_the_token_once_to_the_script_that_asked() -> None:
    owner = staff()
    client = sign_in(Client(), owner)
    answer = client.post(reverse("sync:device-new"), {"name": " HP  merah "})
    made = answer.json()
    assert (answer.status_code, made["owner"], made["name"]) == (201, f"user:{owner.pk}", "HP merah")
    assert "no-store" in answer["Cache-Control"]
    assert queries.device_of(made["token"], timezone.now())[0].ref == Device.objects.get().ref
    assert made["token"] not in client.get(reverse("sync:devices")).content.decode()
    again = client.post(reverse("sync:device-new"), {"name": "HP merah", "replaces": made["ref"]}).json()
    assert queries.device_of(made["token"], timezone.now()) is None
    assert queries.device_of(again["token"], timezone.now()) is not None


def test_device_new_without_a_name_says_so() -> None:
    answer = client_as("facilitator")[0].post(reverse("sync:device-new"), {"name": ""})
    assert (answer.status_code, answer.json()) == (422, {"errors": ["Tulis nama HP dulu."]})


def test_device_revoke_ends_ones_own_and_hides_those_of_others() -> None:
    owner = staff()
    made, token = device(owner, at=timezone.now())
    address = reverse("sync:device-revoke", args=[made.ref])
    assert sign_in(Client(), staff()).post(address).status_code == 404
    assert queries.device_of(token, timezone.now()) is not None
    assert sign_in(Client(), owner).post(address).status_code == 302
    assert queries.device_of(token, timezone.now()) is None


def test_quarantine_lists_what_waits_and_narrows_it(admin: Client, waiting: Received) -> None:
    address = reverse("sync:quarantine")
    assert waiting.problem in page(admin, address, "sync/quarantine.html")
    assert waiting.problem in page(admin, f"{address}?keadaan=quarantined", "sync/quarantine.html")
    assert waiting.problem in page(admin, f"{address}?keadaan=apa&halaman=x", "sync/quarantine.html")
    for narrowed in ("keadaan=conflict", "keadaan=set_aside", "jenis=registry.person"):
        assert "Tidak ada catatan di sini." in page(admin, f"{address}?{narrowed}", "sync/quarantine.html")
    assert "Tidak ada catatan" in page(entered(staff("administrator", "32.75.01")), address, "sync/quarantine.html")


def test_record_shows_why_and_what_with_long_numbers_masked(admin: Client, waiting: Received) -> None:
    seen = page(admin, reverse("sync:record", args=[waiting.pk]), "sync/record.html")
    assert waiting.problem in seen
    assert "Pedagang 01" in seen
    assert "******0007" in seen
    assert "3275111201800007" not in seen
    assert "Tersimpan di HP ini." in seen
    other = entered(staff("administrator", "32.75.01"))
    assert other.get(reverse("sync:record", args=[waiting.pk])).status_code == 404


def test_record_retry_goes_back_to_the_list_when_it_worked_and_says_why_when_not(
    admin: Client, waiting: Received
) -> None:
    address = reverse("sync:record-retry", args=[waiting.pk])
    assert admin.post(address)["Location"] == reverse("sync:record", args=[waiting.pk])
    Received.objects.update(kind="test.office", content="pasar")
    with override_settings(RECORD_KINDS=SETTING):
        assert admin.post(address)["Location"] == reverse("sync:quarantine")
    Received.objects.update(state="conflict")
    answer = admin.post(address)
    assert (answer.status_code, "tidak bisa dicoba lagi" in answer.content.decode()) == (422, True)


def test_record_set_aside_asks_why(admin: Client, waiting: Received) -> None:
    address = reverse("sync:record-set-aside", args=[waiting.pk])
    page(admin, address, "sync/record_set_aside.html")
    assert admin.post(address, {"why": ""}).status_code == 422
    assert admin.post(address, {"why": "sudah ada"})["Location"] == reverse("sync:quarantine")
    answer = admin.post(address, {"why": "lagi"})
    assert (answer.status_code, "sudah selesai atau disisihkan" in answer.content.decode()) == (422, True)
    assert "sudah ada" in page(admin, f"{reverse('sync:quarantine')}?keadaan=set_aside", "sync/quarantine.html")


def test_record_restore_puts_back_what_was_set_aside_and_says_when_there_is_nothing(
    admin: Client, waiting: Received
) -> None:
    admin.post(reverse("sync:record-set-aside", args=[waiting.pk]), {"why": "sudah ada"})
    address = reverse("sync:record-restore", args=[waiting.pk])
    assert admin.post(address)["Location"] == reverse("sync:record", args=[waiting.pk])
    waiting.refresh_from_db()
    assert waiting.set_aside_at is None
    answer = admin.post(address)
    assert (answer.status_code, "tidak disisihkan" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("name", ["sync:devices", "sync:quarantine"])
def test_a_list_asks_as_often_for_one_row_as_for_three(admin: Client, waiting: Received, name: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (0, 2):
        for _ in range(more):
            receive(device(at=timezone.now())[0], arriving(kind="a.b"))
        with CaptureQueriesContext(connection) as asked:
            admin.get(reverse(name))
        counts.append(len(asked))
    assert counts[0] == counts[1]
