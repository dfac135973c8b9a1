"""One's own account and sign-ins."""

import pytest
from django.test import Client

from satupintu.accounts import actions
from satupintu.accounts.models import User
from satupintu.accounts.queries.people import device
from satupintu.accounts.tests.factories import AT, PASSWORD, client_as, enter, make_actor, make_user, sign_in
from satupintu.audit.models import Record

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


def enter_by(user: User, agent: str = PHONE) -> Client:
    return enter(Client(headers={"user-agent": agent}), user)


def test_account_says_who_i_am_and_lets_me_out() -> None:
    client, user = client_as("front_office")
    text = client.get("/akun/").text
    for words in (user.display_name, "Petugas loket", "Kantor dpmptsp", 'action="/keluar/"'):
        assert words in text


def test_account_of_a_vendor_has_neither_password_nor_second_factor() -> None:
    text = sign_in(Client(), make_user()).get("/akun/").text
    assert "Ganti kata sandi" not in text
    assert "Kode kedua" not in text


def test_the_shell_says_who_is_signed_in_and_offers_sign_in_else() -> None:
    client, user = client_as("front_office")
    assert user.display_name in client.get("/gaya/").text
    assert 'href="/masuk/"' in Client().get("/").text


def test_sessions_lists_my_devices_and_marks_this_one() -> None:
    user = make_user("facilitator")
    enter_by(user, "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0")
    text = enter_by(user).get("/akun/perangkat/").text
    assert text.index("Chrome, Android") < text.index("Firefox, Windows")
    assert text.count("Perangkat ini") == 1
    assert text.count("Keluarkan<") == 1


def test_session_end_signs_the_other_device_out() -> None:
    user = make_user("facilitator")
    other, here = enter_by(user), enter_by(user)
    session = user.usersession_set.order_by("pk").first()
    assert here.post(f"/akun/perangkat/{session.pk}/keluarkan/").headers["Location"] == "/akun/perangkat/"
    assert other.get("/akun/").headers["Location"].startswith("/masuk/")
    assert here.get("/akun/").status_code == 200
    assert Record.objects.filter(action="accounts.session_ended", actor=f"user:{user.pk}").count() == 1


def test_session_end_of_somebody_else_does_not_exist() -> None:
    user, stranger = make_user("facilitator"), make_user("facilitator")
    theirs = enter_by(user)
    session = user.usersession_set.get()
    assert enter_by(stranger).post(f"/akun/perangkat/{session.pk}/keluarkan/").status_code == 404
    assert theirs.get("/akun/").status_code == 200


def test_sessions_end_keeps_only_this_device() -> None:
    user = make_user("facilitator")
    others, here = [enter_by(user) for _ in range(2)], enter_by(user)
    here.post("/akun/perangkat/keluarkan-lain/")
    assert [client.get("/akun/").status_code for client in (*others, here)] == [302, 302, 200]


def test_sessions_needs_as_many_queries_for_three_as_for_one(django_assert_num_queries: object) -> None:
    user = make_user("facilitator")
    here = enter_by(user)
    with django_assert_num_queries(4):
        here.get("/akun/perangkat/")
    for _ in range(2):
        enter_by(user)
    with django_assert_num_queries(4):
        here.get("/akun/perangkat/")


def test_a_new_password_signs_out_every_other_device() -> None:
    user = make_user("facilitator")
    other = enter_by(user)
    actions.set_own_password(user=user, password=PASSWORD[::-1], by=make_actor("facilitator"), at=AT)
    assert other.get("/akun/").headers["Location"].startswith("/masuk/")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE, "Chrome, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8.0", ""),
    ],
)
def test_a_device_is_named_as_people_know_it(agent: str, name: str) -> None:
    assert device(agent) == name
