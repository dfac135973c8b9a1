"""Which names, cards, PINs, phone numbers and codes are usable, and who may what."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.accounts import rules
from satupintu.accounts.rules import DEMO_VENDORS, Permission, username_problem

AT = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
bodies = st.text(alphabet=rules.CARD_SIGNS, min_size=rules.CARD_LENGTH - 1, max_size=rules.CARD_LENGTH - 1)


@pytest.mark.parametrize("username", ["abc", "pedagang-01", "a.b_c-9", "0812", "x" * 150, *DEMO_VENDORS])
def test_a_plain_name_is_fine(username: str) -> None:
    assert username_problem(username) is None


@pytest.mark.parametrize("username", ["", "ab", "x" * 151, "-ab", "Pedagang", "pedagang 1", "é" * 3, "abc\n"])
def test_a_name_that_cannot_be_typed_everywhere_is_explained(username: str) -> None:
    assert username_problem(username) == (
        "Nama akun berisi 3 sampai 150 huruf kecil, angka, titik, atau tanda hubung. Periksa lalu isi lagi."
    )


@given(st.text())
def test_every_accepted_name_is_safe_in_a_path_and_equal_to_its_lower_case(username: str) -> None:
    if username_problem(username) is None:
        assert username == username.lower()
        assert username.isascii()
        assert not set(username) & set("/\\ \n\t%?#&<>\"'")


@given(bodies)
def test_a_card_code_is_read_in_any_spelling(body: str) -> None:
    code = body + rules.check_sign(body)
    shown = rules.shown_card_code(code)
    for typed in (code, shown, shown.lower(), f" {code[:3]} - {code[3:]} ", " ".join(code)):
        assert rules.read_card_code(typed) == code


@given(bodies, st.integers(0, rules.CARD_LENGTH - 1), st.sampled_from(rules.CARD_SIGNS))
def test_one_wrong_sign_of_seven_in_a_card_code_is_mostly_noticed(body: str, place: int, sign: str) -> None:
    """The weighted sum misses a sign only where weight and distance multiply to a whole number of alphabets."""
    code = body + rules.check_sign(body)
    wrong = code[:place] + sign + code[place + 1 :]
    distance = rules.CARD_SIGNS.index(sign) - rules.CARD_SIGNS.index(code[place])
    weight = place + 2 if place < rules.CARD_LENGTH - 1 else 1
    noticed = (weight * distance) % len(rules.CARD_SIGNS) != 0
    assert (rules.read_card_code(wrong) is None) == noticed


@pytest.mark.parametrize("typed", ["", "7K2", "7K2-94QXX", "0K2-94QX", "7K2-94Q!", "７K2-94QX"])
def test_what_is_no_card_code_is_not_read(typed: str) -> None:
    assert rules.read_card_code(typed) is None


@pytest.mark.parametrize("pin", ["111111", "123456", "987654", "345678"])
def test_a_pin_that_is_guessed_first_is_refused(pin: str) -> None:
    assert rules.pin_problem(pin) == "PIN ini mudah ditebak. Pilih angka yang lain."


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12a456", "１２３４５７"])
def test_a_pin_of_other_than_six_digits_is_refused(pin: str) -> None:
    assert rules.pin_problem(pin) == "PIN harus 6 angka. Isi lagi."


def test_what_is_made_by_chance_is_usable() -> None:
    for _ in range(200):
        assert rules.pin_problem(rules.new_pin(secrets.choice)) is None
        code = rules.new_card_code((), secrets.choice)
        assert rules.read_card_code(code) == code
        assert rules.read_digits(rules.new_sign_in_code(secrets.choice)).isdigit()


def test_a_card_code_that_is_taken_is_not_made_again() -> None:
    signs = iter("222222" + "333333")
    taken = {"222222" + rules.check_sign("222222")}
    assert rules.new_card_code(taken, lambda _: next(signs)) == "333333" + rules.check_sign("333333")


@pytest.mark.parametrize(
    "typed", ["0812 3456 7890", "0812-3456-7890", "+62 812 3456 7890", "62812.3456.7890", "+6281234567890"]
)
def test_a_phone_number_is_the_same_however_it_is_written(typed: str) -> None:
    assert rules.read_phone(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["", "abc", "0812", "021 88960250", "081234567890123456"])
def test_what_cannot_get_a_message_is_no_phone_number(typed: str) -> None:
    assert rules.read_phone(typed) is None


def test_a_phone_number_shows_its_last_four_digits_only() -> None:
    assert (rules.shown_phone("+6281234567890"), rules.shown_phone("")) == ("••••7890", "")


@pytest.mark.parametrize(
    ("made", "used", "wrong", "is_open"),
    [
        (timedelta(minutes=0), False, 0, True),
        (timedelta(minutes=9, seconds=59), False, 4, True),
        (timedelta(minutes=10), False, 0, False),
        (timedelta(minutes=1), True, 0, False),
        (timedelta(minutes=1), False, 5, False),
    ],
)
def test_a_code_is_open_for_ten_minutes_five_tries_and_one_use(
    made: timedelta, used: bool, wrong: int, is_open: bool
) -> None:
    assert rules.code_is_open(AT - made, AT if used else None, wrong, AT) is is_open


@pytest.mark.parametrize(
    ("roles", "role", "allowed"),
    [
        ({"public"}, None, True),
        ({"public"}, "vendor", True),
        ({"signed_in"}, None, False),
        ({"signed_in"}, "partner", True),
        ({"signed_in"}, "visitor", False),
        ({"verifier"}, "partner", False),
        ({"verifier"}, "verifier", True),
        ({"verifier"}, None, False),
        ({"system"}, "administrator", False),
        ({"system"}, "system", True),
        ({"verifier"}, "system", True),
    ],
)
def test_a_row_allows_whom_it_names(roles: set[str], role: str | None, allowed: bool) -> None:
    assert Permission("page", "x", frozenset(roles)).allows(role) is allowed


def test_what_has_no_row_is_for_nobody() -> None:
    assert not rules.may({}, "page", "desk:home", "administrator")


@pytest.mark.parametrize(
    ("area", "region", "seen"),
    [
        ("", "32.75.11", True),
        ("32.75.11", "32.75.11.1004", True),
        ("32.75.11", "32.75.11", True),
        ("32.75.1", "32.75.11", False),
        ("32.75.11", "32.75.12", False),
        (None, "32.75.11", False),
    ],
)
def test_an_area_covers_what_lies_in_it(area: str | None, region: str, seen: bool) -> None:
    assert rules.sees_region(area, region) is seen


def test_all_but_vendors_need_a_second_factor() -> None:
    assert [role for role in rules.ROLES if not rules.needs_second_factor(role)] == ["vendor"]


@pytest.mark.parametrize(
    ("ago", "wait"),
    [
        ([], 0),
        ([59], 1),
        ([60], 0),
        ([0], 60),
        ([600, 1200, 1800, 2400], 0),
        ([600, 1200, 1800, 2400, 3000], 600),
        ([600, 1200, 1800, 2400, 3600], 0),
        ([30, 1200, 1800, 2400, 3590], 30),
    ],
)
def test_another_code_waits_a_minute_and_after_five_for_the_hour(ago: list[int], wait: int) -> None:
    made = [AT - timedelta(seconds=seconds) for seconds in ago]
    assert rules.wait_for_code(made, AT) == timedelta(seconds=wait)


@pytest.mark.parametrize(("seconds", "told"), [(-5, 1), (0, 1), (1, 1), (60, 1), (61, 2), (900, 15)])
def test_minutes_are_rounded_up(seconds: int, told: int) -> None:
    assert rules.minutes(timedelta(seconds=seconds)) == told
