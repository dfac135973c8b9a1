"""Staff sign in with password and second factor; nothing opens before both."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from satupintu.accounts import actions
from satupintu.accounts.queries import actor_of
from satupintu.accounts.rules import STAFF_ROLES
from satupintu.accounts.tests.factories import (
    AT,
    PASSWORD,
    code_of,
    enter,
    make_actor,
    make_user,
    recovery_code,
    set_second_factor,
    sign_in,
)
from satupintu.audit.fields import lookup
from satupintu.audit.models import Record

pytestmark = pytest.mark.django_db
WRONG = "Nama akun atau kata sandi tidak cocok. Tulis lagi keduanya."
LOCKED = "Terlalu banyak salah. Tunggu 15 menit, lalu coba lagi."


def give_password(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/masuk/petugas/", {"login": username, "password": password, **more})


def give_code(client: Client, code: str) -> object:
    return client.post("/masuk/petugas/kode/", {"code": code})


def test_password_and_code_open_the_page_that_was_asked_for() -> None:
    user, client = make_user("administrator"), Client()
    secret = set_second_factor(user)
    assert give_password(client, user.username, next="/kelola-kantor/").headers["Location"] == "/masuk/petugas/kode/"
    assert client.get("/kelola-kantor/").headers["Location"] == "/masuk/petugas/?next=%2Fkelola-kantor%2F"
    assert give_code(client, code_of(secret)).headers["Location"] == "/kelola-kantor/"
    assert client.get("/kelola-kantor/").status_code == 200
    assert list(Record.objects.filter(action="accounts.signed_in").values_list("actor", "values")) == [
        (f"user:{user.pk}", {"ways": ["password", "mfa"]})
    ]


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_sign_in_never_leads_off_the_site(elsewhere: str) -> None:
    user, client = make_user("facilitator"), Client()
    secret = set_second_factor(user)
    give_password(client, user.username, next=elsewhere)
    assert give_code(client, code_of(secret)).headers["Location"] == "/"


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_staff_reach_nothing_but_the_set_up_before_a_second_factor(role: str) -> None:
    user, client = make_user(role), Client()
    give_password(client, user.username)
    for path in ("/", "/akun/", "/cek-izin/", "/kelola-kantor/", "/akun/kode-kedua/", "/akun/kode-kedua/cadangan/"):
        assert client.get(path).headers["Location"] == "/akun/kode-kedua/pasang/", path
    assert client.post("/kelola-kantor/baru/", {"code": "x"}).headers["Location"] == "/akun/kode-kedua/pasang/"
    assert client.get("/akun/kode-kedua/pasang/").status_code == 200
    assert client.get("/bahasa/en/?next=/").status_code == 302
    assert client.post("/keluar/").headers["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("committed")
def test_setting_up_shows_a_drawing_without_style_then_recovery_codes_then_opens_the_house() -> None:
    user, client = make_user("verifier"), Client()
    give_password(client, user.username)
    page = client.get("/akun/kode-kedua/pasang/").text
    assert '<svg class="qr"' in page
    assert "style=" not in page
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    refused = client.post("/akun/kode-kedua/pasang/", {"code": "000000"})
    assert "Kode tidak cocok." in refused.text
    done = client.post("/akun/kode-kedua/pasang/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/akun/kode-kedua/cadangan/"
    assert len(re.findall(r"<li>\d{8}</li>", client.get("/akun/kode-kedua/cadangan/").text)) == 10
    assert client.get("/akun/").status_code == 200


def test_the_secret_of_the_app_is_sealed_in_the_database() -> None:
    user = make_user("verifier")
    secret = set_second_factor(user)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert recovery_code(user) not in stored


def test_a_code_is_used_once_also_in_the_minute_after() -> None:
    user = make_user("verifier")
    code = code_of(set_second_factor(user))
    for expected in ("/", None):
        client = Client()
        give_password(client, user.username)
        assert give_code(client, code).headers.get("Location") == expected
        cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")  # the library forgets it after 30 seconds


def test_a_code_with_spaces_is_right_and_an_old_one_is_not() -> None:
    user = make_user("verifier")
    secret = set_second_factor(user)
    client = Client()
    give_password(client, user.username)
    assert give_code(client, code_of(secret, -5)).status_code == 200
    code = code_of(secret)
    assert give_code(client, f"{code[:3]} {code[3:]}").headers["Location"] == "/"


def test_a_recovery_code_works_once() -> None:
    user = make_user("verifier")
    set_second_factor(user)
    code = recovery_code(user)
    for expected in ("/", None):
        client = Client()
        give_password(client, user.username)
        assert give_code(client, code).headers.get("Location") == expected


def test_five_wrong_codes_are_the_last() -> None:
    user = make_user("verifier")
    secret, client = set_second_factor(user), Client()
    give_password(client, user.username)
    texts = [give_code(client, "000000").text for _ in range(6)]
    assert ["Kode tidak cocok" in text for text in texts] == [True] * 5 + [False]
    assert LOCKED in give_code(client, code_of(secret)).text


def test_an_old_session_must_give_the_code_once_the_second_factor_is_on() -> None:
    user = make_user("facilitator")
    client = Client()
    give_password(client, user.username)
    assert client.get("/akun/").headers["Location"] == "/akun/kode-kedua/pasang/"
    secret = set_second_factor(user)
    assert client.get("/akun/").headers["Location"] == "/akun/pastikan/kode/"
    assert client.get("/akun/kode-kedua/cadangan/").headers["Location"] == "/akun/pastikan/kode/"
    client.post("/akun/pastikan/kode/", {"code": code_of(secret)})
    assert client.get("/akun/").status_code == 200


def test_who_must_have_a_second_factor_cannot_turn_it_off() -> None:
    user = make_user("verifier")
    set_second_factor(user)
    client = sign_in(Client(), user)
    response = client.post("/akun/kode-kedua/matikan/")
    assert "Peran Anda wajib memakai kode kedua." in response.text
    assert Authenticator.objects.filter(user=user).count() == 2


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer() -> None:
    user = make_user("facilitator")
    for username in (user.username, "tidak-ada"):
        texts = [give_password(Client(), username, "salah").text for _ in range(6)]
        assert [WRONG in text for text in texts] == [True] * 5 + [False], username
        assert LOCKED in texts[5]


def test_a_locked_name_does_not_open_for_the_right_password() -> None:
    user = make_user("facilitator")
    for _ in range(5):
        give_password(Client(), user.username, "salah")
    client = Client()
    assert LOCKED in give_password(client, user.username).text
    assert client.get("/akun/").status_code == 302


def test_a_lockout_is_witnessed_once_without_the_name_that_was_typed() -> None:
    user = make_user("facilitator")
    for _ in range(7):
        give_password(Client(), user.username, "salah")
    [record] = Record.objects.filter(action="accounts.locked_out")
    assert (record.actor, record.object, record.person) == ("visitor", "sign-in", "")
    assert record.values == {"name": lookup("sign-in-name", user.username)}
    assert user.username not in str(record.values)


def test_a_wrong_password_or_two_lock_nobody_out_and_leave_no_record() -> None:
    user = make_user("facilitator")
    for _ in range(4):
        give_password(Client(), user.username, "salah")
    give_password(Client(), user.username)
    assert Record.objects.filter(action="accounts.locked_out").count() == 0


def test_every_wrong_code_after_a_right_password_is_witnessed_and_so_is_the_last() -> None:
    user, client = make_user("verifier"), Client()
    secret = set_second_factor(user)
    give_password(client, user.username)
    for _ in range(6):
        give_code(client, "000000")
    found = Record.objects.filter(action__startswith="accounts.second_factor_").order_by("pk")
    assert [(r.action, r.object) for r in found] == [
        *[("accounts.second_factor_wrong", f"user:{user.pk}")] * 4,
        ("accounts.second_factor_locked", f"user:{user.pk}"),
    ]
    assert {r.person for r in found} == {f"user:{user.pk}"}
    assert secret not in str(list(found.values()))


def test_a_code_given_again_is_witnessed() -> None:
    user = make_user("verifier")
    code = code_of(set_second_factor(user))
    for _ in range(2):
        client = Client()
        give_password(client, user.username)
        give_code(client, code)
        cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    assert Record.objects.filter(action="accounts.second_factor_wrong", person=f"user:{user.pk}").count() == 1


def test_a_password_is_hashed_also_for_a_name_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    user, rounds = make_user("facilitator"), []
    real = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(
        PBKDF2PasswordHasher, "encode", lambda self, *given: rounds.append(self.iterations) or real(self, *given)
    )
    give_password(Client(), "tidak-ada", "salah")
    unknown = list(rounds)
    give_password(Client(), user.username, "salah")
    assert unknown == rounds[len(unknown) :]
    assert len(unknown) == 1


def test_a_session_made_before_sign_in_is_not_the_one_after() -> None:
    user = make_user("verifier")
    secret, client = set_second_factor(user), Client()
    give_password(client, user.username)
    fixed = client.cookies["sessionid"].value
    give_code(client, code_of(secret))
    assert client.cookies["sessionid"].value != fixed
    thief = Client()
    thief.cookies["sessionid"] = fixed
    assert thief.get("/akun/").headers["Location"].startswith("/masuk/")


def test_the_session_cookie_ends_with_the_browser_and_is_hidden_from_scripts() -> None:
    cookie = enter(Client(), make_user("facilitator")).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_signing_out_needs_a_press_and_ends_the_session() -> None:
    client = sign_in(Client(), make_user("facilitator"))
    assert client.get("/keluar/").status_code == 200
    assert client.get("/akun/").status_code == 200
    client.post("/keluar/")
    assert client.get("/akun/").status_code == 302
    assert Record.objects.filter(action="accounts.signed_out").count() == 1


def test_signing_out_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, make_user("facilitator"))
    assert client.post("/keluar/").status_code == 403
    assert client.get("/akun/").status_code == 200


def test_vendors_have_no_password_to_guess() -> None:
    vendor = make_user()
    assert WRONG in give_password(Client(), vendor.username, "").text or not vendor.has_usable_password()
    assert WRONG in give_password(Client(), vendor.username, "!").text


def test_a_first_password_is_changed_before_anything_opens() -> None:
    user, first = actions.create_staff(
        username="loket-77",
        display_name="Petugas 77",
        role="facilitator",
        office=make_user("facilitator").office,
        by=make_actor("administrator"),
        at=AT,
    )
    client = enter(Client(), user, first)
    assert client.get("/").headers["Location"] == "/akun/kata-sandi/"
    assert "Buat kata sandi Anda sendiri." in client.get("/akun/kata-sandi/").text
    new = {"password1": "gerobak-hijau-8", "password2": "gerobak-hijau-8"}
    assert "tidak cocok" in client.post("/akun/kata-sandi/", {"oldpassword": "salah", **new}).text
    assert client.post("/akun/kata-sandi/", {"oldpassword": first, **new}).headers["Location"] == "/akun/"
    assert client.get("/akun/").status_code == 200
    assert Record.objects.filter(action="accounts.password_changed", object=f"user:{user.pk}").count() == 1
    user.refresh_from_db()
    assert user.check_password("gerobak-hijau-8")


@pytest.mark.parametrize("weak", ["pendek", "1234567890123", "password123", "loket-78-loket"])
def test_a_password_that_is_soon_guessed_is_refused(weak: str) -> None:
    user = make_user("facilitator", username="loket-78", display_name="Petugas 78")
    client = sign_in(Client(), user)
    page = client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert page.status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_hour_after_sign_in_the_recovery_codes_ask_for_the_password_again() -> None:
    user = make_user("verifier")
    set_second_factor(user)
    client = sign_in(Client(), user)
    assert client.get("/akun/kode-kedua/cadangan/").status_code == 200
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 3600}]
    session.save()
    assert client.get("/akun/kode-kedua/cadangan/").headers["Location"].startswith("/akun/pastikan/?next=")
    wrong = client.post("/akun/pastikan/?next=/akun/kode-kedua/cadangan/", {"password": "salah"})
    assert "Kata sandi tidak cocok. Tulis lagi." in wrong.text
    right = client.post("/akun/pastikan/?next=/akun/kode-kedua/cadangan/", {"password": PASSWORD})
    assert right.headers["Location"] == "/akun/kode-kedua/cadangan/"
    assert client.get("/akun/kode-kedua/cadangan/simpan/").text.count("\n") >= 11


def test_new_recovery_codes_end_the_old_ones() -> None:
    user = make_user("verifier")
    set_second_factor(user)
    old = recovery_code(user)
    client = sign_in(Client(), user)
    assert client.get("/akun/kode-kedua/cadangan/baru/").status_code == 200
    client.post("/akun/kode-kedua/cadangan/baru/")
    assert recovery_code(user) != old


def test_somebody_who_acts_is_known_by_reference_office_and_area() -> None:
    user = make_user("verifier")
    actor = actor_of(user)
    assert (actor.ref, actor.office, actor.role, actor.area) == (f"user:{user.pk}", "dpmptsp", "verifier", "")
