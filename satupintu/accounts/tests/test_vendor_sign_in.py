"""The pages on which a vendor signs in, as a phone without script sees them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from satupintu.accounts import actions
from satupintu.accounts.models import SignInCode, WrongTries
from satupintu.accounts.rules import VISITOR
from satupintu.accounts.tests.factories import AT, make_actor, make_user, sign_in
from satupintu.audit.models import Record
from satupintu.messages.models import Message

pytestmark = pytest.mark.django_db
TYPED, PHONE = "0812-3456 7890", "+6281234567890"


def newest_code() -> str:
    return re.search(r"\d{6}", Message.objects.first().text)[0]


def errors(text: str) -> list[str]:
    return re.findall(r'class="error-message".*?</span>([^<]+)</span>', text)


def test_sign_in_asks_for_the_number_first_and_offers_the_card(client: Client) -> None:
    text = client.get("/masuk/?next=/akun/").text
    assert "Kirim kode" in text
    assert 'href="/masuk/kartu/?next=%2Fakun%2F"' in text
    assert 'href="/masuk/petugas/?next=%2Fakun%2F"' in text
    assert 'name="next" value="/akun/"' in text


def test_sign_in_says_what_is_wrong_with_a_number_and_keeps_it(client: Client) -> None:
    page = client.post("/masuk/", {"phone": "0812 34"})
    assert errors(page.text) == ["Nomor ini belum lengkap atau bukan nomor HP. Contoh: 0812 3456 7890."]
    assert 'value="0812 34"' in page.text
    assert errors(client.post("/masuk/", {}).text) == ["Tulis nomor WA, contoh 0812 3456 7890."]


def test_sign_in_sends_who_is_already_in_on_their_way() -> None:
    client = sign_in(Client(), make_user())
    for path in ("/masuk/", "/masuk/kartu/", "/masuk/kode/"):
        assert client.get(f"{path}?next=/akun/").headers["Location"] == "/akun/"


def test_code_pasted_with_spaces_opens_the_page_that_was_asked_for(client: Client) -> None:
    vendor = make_user(phone=PHONE)
    assert (
        client.post("/masuk/", {"phone": TYPED, "next": "/akun/"}).headers["Location"] == "/masuk/kode/?next=%2Fakun%2F"
    )
    code = newest_code()
    page = client.get("/masuk/kode/?next=/akun/")
    assert "••••7890" in page.text
    done = client.post("/masuk/kode/", {"code": f" {code[:3]} {code[3:]} ", "next": "/akun/"})
    assert done.headers["Location"] == "/akun/"
    assert client.get("/akun/").status_code == 200
    assert list(Record.objects.filter(action="accounts.signed_in").values_list("actor", "values")) == [
        (f"user:{vendor.pk}", {"ways": ["code"]})
    ]


def test_code_page_without_a_number_begins_at_the_beginning(client: Client) -> None:
    assert client.get("/masuk/kode/").headers["Location"] == "/masuk/"


@pytest.mark.parametrize("known", [True, False])
def test_code_answers_the_same_for_every_number(client: Client, known: bool) -> None:
    if known:
        make_user(phone=PHONE)
    assert client.post("/masuk/", {"phone": TYPED}).headers["Location"] == "/masuk/kode/"
    page = client.get("/masuk/kode/").text
    assert "Kalau nomor ••••7890 terdaftar, kodenya sudah kami kirim." in page
    assert errors(client.post("/masuk/kode/", {"code": "12345"}).text) == [
        "Kode harus 6 angka. Periksa pesan WA terakhir."
    ]
    wrong = "000000" if not known or newest_code() != "000000" else "000001"
    said = [errors(client.post("/masuk/kode/", {"code": wrong}).text)[0] for _ in range(5)]
    assert said[:4] == [
        f"Kode tidak cocok. Periksa pesan WA terakhir. Bisa dicoba {left} kali lagi." for left in (4, 3, 2, 1)
    ]
    assert said[4] == "Kode ini sudah tidak berlaku. Minta kode baru di bawah."


def test_code_again_waits_a_minute_for_every_number(client: Client) -> None:
    client.post("/masuk/", {"phone": TYPED, "next": "/akun/"})
    early = client.post("/masuk/kode/lagi/", {"next": "/akun/"})
    assert early.headers["Location"] == "/masuk/kode/?next=%2Fakun%2F&lagi=tunggu"
    assert "Kode baru bisa diminta 1 menit sesudah yang terakhir." in client.get(early.headers["Location"]).text
    assert SignInCode.objects.count() == 1
    SignInCode.objects.update(made_at=timezone.now() - timedelta(seconds=61))
    late = client.post("/masuk/kode/lagi/")
    assert late.headers["Location"] == "/masuk/kode/?lagi=ya"
    assert SignInCode.objects.count() == 2


@pytest.mark.parametrize("known", [True, False])
def test_after_five_codes_in_an_hour_code_says_how_long_to_wait(client: Client, known: bool) -> None:
    if known:
        make_user(phone=PHONE)
    now = timezone.now()
    for ago in (50, 40, 30, 20, 10):
        actions.request_code(phone=PHONE, by=VISITOR, at=now - timedelta(minutes=ago))
    for path, given in (("/masuk/", {"phone": TYPED}), ("/masuk/kode/lagi/", {})):
        page = client.post(path, given, follow=True)
        assert "Sudah 5 kode dalam 1 jam." in page.text
        assert "Tunggu 10 menit, atau masuk dengan kartu." in page.text
    assert SignInCode.objects.count() == 5


def test_code_that_is_ten_minutes_old_is_told_to_be_too_old(client: Client) -> None:
    make_user(phone=PHONE)
    client.post("/masuk/", {"phone": TYPED})
    SignInCode.objects.update(made_at=timezone.now() - timedelta(minutes=10))
    page = client.post("/masuk/kode/", {"code": newest_code()})
    assert errors(page.text) == ["Kode ini sudah tidak berlaku. Minta kode baru di bawah."]


def test_code_again_without_a_number_begins_at_the_beginning(client: Client) -> None:
    assert client.post("/masuk/kode/lagi/").headers["Location"] == "/masuk/"
    assert client.get("/masuk/kode/lagi/").status_code == 405


def test_the_number_lies_sealed_in_the_session(client: Client) -> None:
    client.post("/masuk/", {"phone": TYPED})
    assert "81234567890" not in str(dict(client.session))


def test_card_and_pin_let_a_vendor_in_for_thirty_days_with_a_new_session(client: Client) -> None:
    vendor = make_user()
    code, pin = actions.issue_card(user=vendor, region="", by=make_actor("facilitator"), at=AT)
    client.post("/masuk/", {"phone": TYPED})
    fixed = client.cookies["sessionid"].value
    done = client.post("/masuk/kartu/", {"code": code.lower(), "pin": f"{pin[:2]} {pin[2:]}", "next": "/akun/"})
    assert done.headers["Location"] == "/akun/"
    cookie = done.cookies["sessionid"]
    assert cookie.value != fixed
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (30 * 24 * 60 * 60, True, "Lax")
    thief = Client()
    thief.cookies["sessionid"] = fixed
    assert thief.get("/akun/").headers["Location"].startswith("/masuk/")


def test_card_errors_say_what_to_do_and_never_repeat_the_pin(client: Client) -> None:
    code, pin = actions.issue_card(user=make_user(), region="", pin="482915", by=make_actor("facilitator"), at=AT)
    assert errors(client.post("/masuk/kartu/", {}).text) == ["Tulis kode yang ada di kartu.", "Tulis PIN 6 angka."]
    assert errors(client.post("/masuk/kartu/", {"code": "7K2", "pin": pin}).text) == [
        "Kode kartu ini keliru tulis. Periksa 7 huruf dan angka di kartu."
    ]
    page = client.post("/masuk/kartu/", {"code": code, "pin": "482916"})
    assert errors(page.text) == ["Kode kartu atau PIN tidak cocok. Periksa lalu tulis lagi. Bisa dicoba 4 kali lagi."]
    assert "482916" not in page.text
    assert f'value="{code}"' in page.text
    for _ in range(4):
        page = client.post("/masuk/kartu/", {"code": code, "pin": "482916"})
    assert errors(page.text) == ["Sudah 5 kali salah. Tunggu 15 menit, atau minta kartu baru ke petugas."]
    WrongTries.objects.update(locked_until=timezone.now() + timedelta(minutes=3, seconds=30))
    page = client.post("/masuk/kartu/", {"code": code, "pin": pin})
    assert errors(page.text) == ["Sudah 5 kali salah. Tunggu 4 menit, atau minta kartu baru ke petugas."]
    assert client.post("/masuk/kartu/", {"code": code, "pin": pin}).status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)", "\\\\example.com"]
)
def test_card_never_leads_off_the_site(client: Client, elsewhere: str) -> None:
    code, pin = actions.issue_card(user=make_user(), region="", by=make_actor("facilitator"), at=AT)
    done = client.post("/masuk/kartu/", {"code": code, "pin": pin, "next": elsewhere})
    assert done.headers["Location"] == "/"


def test_too_many_tries_from_one_place_are_told_to_wait(client: Client, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "vendor_sign_in": "2/m/ip"}
    for _ in range(2):
        client.post("/masuk/kartu/", {"code": "7K2", "pin": "1"})
    told = "Terlalu banyak percobaan dari sini. Tunggu 1 menit, lalu coba lagi."
    assert told in client.post("/masuk/kartu/", {"code": "7K2", "pin": "1"}).text
    assert told in client.post("/masuk/", {"phone": TYPED}).text
    assert SignInCode.objects.count() == 0


def test_a_vendor_sees_no_page_of_staff() -> None:
    client = sign_in(Client(), make_user())
    for path in ("/orang/", "/kelola-kantor/", "/akun/kode-kedua/", "/akun/kata-sandi/", "/pesan-keluar/"):
        assert client.get(path).status_code == 404
