"""Offices and people in the hands of administrators."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client

from satupintu.accounts import actions
from satupintu.accounts.models import Office, SignInCode, User
from satupintu.accounts.rules import VISITOR
from satupintu.accounts.tests.factories import (
    AT,
    PASSWORD,
    client_as,
    enter,
    make_actor,
    make_office,
    make_user,
    set_second_factor,
)
from satupintu.audit.fields import lookup
from satupintu.audit.models import Record
from satupintu.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return client_as("administrator")[0]


def test_offices_lists_name_kind_area_and_open_accounts(admin: Client) -> None:
    make_user("verifier", office=make_office("kec-mustikajaya", "kecamatan", "32.75.11"))
    text = admin.get("/kelola-kantor/").text
    row = re.search(
        r'<tr role="row"><th role="rowheader" scope="row"><a href="/kelola-kantor/kec-mustikajaya/">.*?</tr>', text
    )
    assert re.findall(r"data-label=\"[^\"]+\"[^>]*>([^<]*)<", row[0]) == ["Kecamatan", "Mustikajaya", "1"]


def test_offices_needs_as_many_queries_for_three_as_for_one(admin: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):
        admin.get("/kelola-kantor/")
    for n in range(2):
        make_user("verifier", office=make_office(f"kec-{n}", "kecamatan", "32.75.11"))
    with django_assert_num_queries(3):
        admin.get("/kelola-kantor/")


def test_office_new_is_written_and_witnessed(admin: Client) -> None:
    given = {"code": "kec-jatiasih", "name": "Kecamatan Jatiasih", "kind": "kecamatan", "area": "32.75.09"}
    assert admin.get("/kelola-kantor/baru/").status_code == 200
    assert admin.post("/kelola-kantor/baru/", given).headers["Location"] == "/kelola-kantor/"
    assert Office.objects.filter(**given).count() == 1
    assert Record.objects.filter(action="accounts.office_created", object="office:kec-jatiasih").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": ""}, "Tulis kode kantor, contoh kec-jatiasih."),
        ({"code": "a b"}, "Kode kantor hanya huruf, angka, dan tanda hubung."),
        ({"name": ""}, "Tulis nama kantor."),
        ({"area": "99"}, "area"),
        ({"code": "dpmptsp"}, "code"),
    ],
)
def test_office_new_says_what_is_wrong(admin: Client, changed: dict[str, str], said: str) -> None:
    given = {"code": "kec-jatiasih", "name": "Kecamatan Jatiasih", "kind": "kecamatan", "area": ""} | changed
    page = admin.post("/kelola-kantor/baru/", given)
    assert page.status_code == 200
    assert said in page.text if " " in said else f'id="id_{said}_error"' in page.text
    assert Office.objects.exclude(code="dpmptsp").count() == 0


def test_office_edit_changes_all_but_the_code(admin: Client) -> None:
    office = make_office("kec-x", "kecamatan", "32.75.11")
    assert 'name="code"' not in admin.get("/kelola-kantor/kec-x/").text
    admin.post("/kelola-kantor/kec-x/", {"code": "y", "name": "Kecamatan X", "kind": "kecamatan", "area": "32.75.12"})
    office.refresh_from_db()
    assert (office.code, office.name, office.area) == ("kec-x", "Kecamatan X", "32.75.12")
    record = Record.objects.get(action="accounts.office_edited")
    assert record.values == {"name": ["Kantor kec-x", "Kecamatan X"], "area": ["32.75.11", "32.75.12"]}


def test_office_edit_of_another_area_does_not_exist() -> None:
    client, _ = client_as("administrator", office=make_office("kec-a", "kecamatan", "32.75.11"))
    make_office("kec-b", "kecamatan", "32.75.12")
    assert client.get("/kelola-kantor/kec-a/").status_code == 200
    assert client.get("/kelola-kantor/kec-b/").status_code == 404
    assert "kec-b" not in client.get("/kelola-kantor/").text


def test_users_finds_by_name_account_and_office(admin: Client) -> None:
    office = make_office("kec-jatiasih", "kecamatan", "32.75.09")
    make_user("verifier", username="pemeriksa-9", display_name="Petugas 99", office=office)
    make_user("verifier", username="lain-9", display_name="Petugas 98")
    for text in ("petugas 99", "PEMERIKSA", "jatiasih", "99 jatiasih"):
        found = re.findall(r'href="/orang/\d+/">([^<]+)<', admin.get("/orang/", {"cari": text}).text)
        assert found == ["Petugas 99"], text
    assert "Tidak ketemu." in admin.get("/orang/", {"cari": "bukan siapa-siapa"}).text


def test_users_needs_as_many_queries_for_three_as_for_one(admin: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(4):
        admin.get("/orang/")
    for n in range(2):
        set_second_factor(make_user("verifier", office=make_office(f"kec-{n}", "kecamatan", "32.75.11")))
    with django_assert_num_queries(4):
        admin.get("/orang/")


def test_users_come_fifty_to_a_page_and_a_strange_page_is_the_first(admin: Client) -> None:
    for _ in range(51):
        make_user()
    assert "Halaman 1 dari 2" in admin.get("/orang/?hal=x").text
    assert admin.get("/orang/?hal=2").text.count('scope="row"') == 2


def test_users_of_another_area_are_not_listed() -> None:
    client, own = client_as("administrator", office=make_office("kec-a", "kecamatan", "32.75.11"))
    other = make_user("verifier", office=make_office("kec-b", "kecamatan", "32.75.12"))
    assert re.findall(r'href="/orang/(\d+)/"', client.get("/orang/").text) == [str(own.pk)]
    assert client.get(f"/orang/{other.pk}/").status_code == 404
    assert client.post(f"/orang/{other.pk}/tutup/", {"why": "x"}).status_code == 404


def test_user_new_shows_a_first_password_once_that_works_for_one_sign_in(admin: Client) -> None:
    given = {"username": "loket-9", "display_name": "Petugas 9", "role": "facilitator", "office": "dpmptsp"}
    page = admin.post("/orang/baru/", given)
    password = re.search(r"<strong>([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})</strong>", page.text)[1]
    user = User.objects.get(username="loket-9")
    assert (user.role, user.office_id, user.is_staff, user.must_change_password) == (
        "facilitator", "dpmptsp", True, True,
    )  # fmt: skip
    assert user.check_password(password)
    assert password not in admin.get(f"/orang/{user.pk}/").text
    assert password not in str(list(Record.objects.values()))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "A B"}, "username"),
        ({"username": "sudah-ada"}, "username"),
        ({"display_name": ""}, "display_name"),
        ({"role": "vendor"}, "role"),
        ({"office": "tidak-ada"}, "office"),
    ],
)
def test_user_new_says_what_is_wrong(admin: Client, changed: dict[str, str], field: str) -> None:
    make_user("facilitator", username="sudah-ada")
    before = User.objects.count()
    given = {"username": "loket-9", "display_name": "Petugas 9", "role": "facilitator", "office": "dpmptsp"} | changed
    assert f'id="id_{field}_error"' in admin.post("/orang/baru/", given).text
    assert User.objects.count() == before


def test_user_shows_role_office_and_sign_ins(admin: Client) -> None:
    user = make_user("facilitator")
    Client(headers={"user-agent": "Firefox Android"}).post(
        "/masuk/petugas/", {"login": user.username, "password": PASSWORD}
    )
    text = admin.get(f"/orang/{user.pk}/").text
    for words in (user.display_name, "Pendamping", "Kantor dpmptsp", "Firefox, Android"):
        assert words in text
    assert admin.get("/orang/999999/").status_code == 404


def test_user_deactivate_and_user_reactivate_need_a_reason_and_close_and_open(admin: Client) -> None:
    user = make_user("facilitator")
    assert "Tulis alasannya dulu." in admin.post(f"/orang/{user.pk}/tutup/", {"why": " "}).text
    admin.post(f"/orang/{user.pk}/tutup/", {"why": "pindah tugas"})
    user.refresh_from_db()
    assert not user.is_active
    admin.post(f"/orang/{user.pk}/buka/", {"why": "kembali"})
    user.refresh_from_db()
    assert user.is_active
    told = list(Record.objects.filter(object=f"user:{user.pk}").order_by("pk").values_list("action", "why"))
    assert told[1:] == [("accounts.user_deactivated", "pindah tugas"), ("accounts.user_reactivated", "kembali")]


def test_user_reactivate_asks_for_a_press(admin: Client) -> None:
    assert admin.get(f"/orang/{make_user().pk}/buka/").status_code == 405


def test_user_reset_second_factor_ends_sessions_and_asks_for_a_new_set_up(admin: Client) -> None:
    client, user = client_as("verifier")
    set_second_factor(user)
    admin.post(f"/orang/{user.pk}/kode-kedua/", {"why": "HP hilang"})
    assert Authenticator.objects.filter(user=user).count() == 0
    fresh = Client()
    fresh.post("/masuk/petugas/", {"login": user.username, "password": PASSWORD})
    assert fresh.get("/akun/").headers["Location"] == "/akun/kode-kedua/pasang/"
    assert Record.objects.get(action="accounts.second_factor_reset").why == "HP hilang"
    assert client.get("/akun/").status_code in (200, 302)


def test_user_new_password_works_for_the_next_sign_in_only_and_is_shown_once(admin: Client) -> None:
    user = make_user("facilitator")
    page = admin.post(f"/orang/{user.pk}/kata-sandi/", {"why": "lupa"})
    password = re.search(r"<strong>([A-Z2-9-]{14})</strong>", page.text)[1]
    client = enter(Client(), user, password)
    assert client.get("/akun/").headers["Location"] == "/akun/kata-sandi/"
    assert "Tulis alasannya dulu." in admin.post(f"/orang/{user.pk}/kata-sandi/").text


def test_user_role_gives_another_role_and_office_and_ends_the_sessions(admin: Client) -> None:
    user = make_user("facilitator")
    client = enter(Client(), user)
    make_office("kec-x", "kecamatan", "32.75.11")
    assert "selected>Pendamping" in admin.get(f"/orang/{user.pk}/peran/").text
    given = {"role": "verifier", "office": "kec-x", "why": "pindah tugas"}
    assert 'id="id_why_error"' in admin.post(f"/orang/{user.pk}/peran/", {**given, "why": ""}).text
    assert admin.post(f"/orang/{user.pk}/peran/", given).headers["Location"] == f"/orang/{user.pk}/"
    user.refresh_from_db()
    assert (user.role, user.office_id) == ("verifier", "kec-x")
    record = Record.objects.get(action="accounts.role_changed")
    assert (record.why, record.values["role"]) == ("pindah tugas", ["facilitator", "verifier"])
    assert client.get("/akun/").headers["Location"].startswith("/masuk/")


def test_user_end_sessions_signs_them_out_everywhere(admin: Client) -> None:
    user = make_user("facilitator")
    client = enter(Client(), user)
    assert client.get("/akun/").status_code == 200
    admin.post(f"/orang/{user.pk}/keluarkan/")
    assert client.get("/akun/").headers["Location"].startswith("/masuk/")


@pytest.mark.parametrize("action", ["deactivate_user", "reset_second_factor", "give_new_password", "change_role"])
def test_nobody_does_to_themselves_what_another_should_look_at(action: str) -> None:
    user = make_user("administrator")
    from satupintu.accounts.queries import actor_of

    with pytest.raises(ValidationError, match="Ini akun Anda sendiri"):
        more = {"role": "verifier", "office": user.office} if action == "change_role" else {}
        getattr(actions, action)(user=user, why="x", by=actor_of(user), at=AT, **more)


def test_a_vendor_gets_no_password() -> None:
    with pytest.raises(ValidationError, match="tanpa kata sandi"):
        actions.give_new_password(user=make_user(), why="x", by=make_actor("administrator"), at=AT)


def test_a_facilitator_makes_a_vendor_but_no_staff() -> None:
    from satupintu.accounts.gate import NotAllowed

    facilitator = make_actor("facilitator")
    vendor = actions.create_vendor(display_name="Pedagang 9", phone="+6281234567890", by=facilitator, at=AT)
    assert (vendor.role, vendor.office, vendor.is_staff, vendor.has_usable_password()) == ("vendor", None, False, False)
    with pytest.raises(NotAllowed):
        actions.create_staff(
            username="x-1", display_name="X", role="administrator", office=make_office(), by=facilitator, at=AT
        )


def test_one_phone_number_has_one_account() -> None:
    facilitator = make_actor("facilitator")
    actions.create_vendor(display_name="Pedagang 9", phone="+6281234567890", by=facilitator, at=AT)
    with pytest.raises(ValidationError):
        actions.create_vendor(display_name="Pedagang 10", phone="+6281234567890", by=facilitator, at=AT)


def vendor_with_phone(phone: str = "+6281234567890") -> User:
    return actions.create_vendor(display_name="Pedagang 9", phone=phone, by=make_actor("facilitator"), at=AT)


def test_a_changed_number_takes_codes_and_ends_what_the_old_one_opened() -> None:
    user = vendor_with_phone()
    card, pin = actions.issue_card(user=user, region="", by=make_actor("administrator"), at=AT)
    client = Client()
    client.post("/masuk/kartu/", {"code": card, "pin": pin})
    assert client.get("/akun/").status_code == 200
    actions.request_code(phone="+6281234567890", by=VISITOR, at=AT)
    actions.change_phone(user=user, phone="+6281234567899", by=make_actor("front_office"), at=AT)
    user.refresh_from_db()
    assert (user.phone, user.phone_lookup) == ("+6281234567899", lookup("phone", "+6281234567899"))
    assert SignInCode.objects.count() == 0
    assert client.get("/akun/").headers["Location"].startswith("/masuk/")
    actions.request_code(phone="+6281234567890", by=VISITOR, at=AT + timedelta(hours=2))
    assert Message.objects.filter(created_at__gt=AT).count() == 0
    record = Record.objects.get(action="accounts.phone_changed")
    assert (record.object, record.person, record.values) == (f"user:{user.pk}", f"user:{user.pk}", {})


def test_a_number_is_taken_off_without_another() -> None:
    user = vendor_with_phone()
    actions.change_phone(user=user, phone="", by=make_actor("front_office"), at=AT)
    user.refresh_from_db()
    assert (user.phone, user.phone_lookup) == ("", "")


def test_a_number_of_another_account_is_refused_and_staff_have_none() -> None:
    vendor_with_phone("+6281234567891")
    user, by = vendor_with_phone(), make_actor("front_office")
    with pytest.raises(ValidationError, match="sudah dipakai akun lain"):
        actions.change_phone(user=user, phone="+6281234567891", by=by, at=AT)
    with pytest.raises(ValidationError, match="tanpa nomor HP"):
        actions.change_phone(user=make_user("verifier"), phone="+6281234567892", by=by, at=AT)
    user.refresh_from_db()
    assert user.phone == "+6281234567890"


@pytest.mark.parametrize(
    "reset", ["deactivate_user", "reset_second_factor", "give_new_password", "change_role", "end_sessions"]
)
def test_what_was_handed_out_before_a_reset_counts_no_more(reset: str) -> None:
    user = make_user("facilitator")
    given: dict[str, object] = {"user": user, "why": "HP hilang"}
    if reset == "change_role":
        given |= {"role": "verifier", "office": user.office}
    if reset == "end_sessions":
        given = {"user_id": user.pk}
    getattr(actions, reset)(**given, by=make_actor("administrator"), at=AT)
    user.refresh_from_db()
    assert user.credentials_reset_at == AT
