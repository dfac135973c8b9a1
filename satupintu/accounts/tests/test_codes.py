"""One-time codes: sent to whom we know, tried alike by everybody, used once."""

from datetime import timedelta

import pytest

from satupintu.accounts import actions
from satupintu.accounts.models import SignInCode
from satupintu.accounts.rules import VISITOR, NotSignedIn
from satupintu.accounts.tests.factories import AT, make_actor, make_user
from satupintu.audit.models import Record
from satupintu.messages.models import Message

pytestmark = pytest.mark.django_db
PHONE, STRANGER = "+6281234567890", "+6281234567891"


def ask(phone: str = PHONE, after: timedelta = timedelta()) -> None:
    actions.request_code(phone=phone, by=VISITOR, at=AT + after)


def sent() -> list[str]:
    """The codes that left, the oldest first."""
    texts = Message.objects.order_by("pk")
    return ["".join(sign for sign in message.text if sign.isdigit())[:6] for message in texts]


def attempt(code: str, phone: str = PHONE, after: timedelta = timedelta()) -> object:
    """The vendor who got in, or the reason why nobody did."""
    try:
        return actions.sign_in_with_code(phone=phone, code=code, by=VISITOR, at=AT + after)
    except NotSignedIn as refused:
        return str(refused)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_goes_to_the_vendor_by_whatsapp_and_lets_them_in() -> None:
    vendor = make_user(phone=PHONE)
    ask()
    message = Message.objects.get()
    assert (message.channel, message.receiver, message.template) == ("whatsapp", PHONE, "sign_in_code")
    [code] = sent()
    assert attempt(f"{code[:3]} {code[3:]}") == vendor


def test_a_code_is_used_once() -> None:
    make_user(phone=PHONE)
    ask()
    [code] = sent()
    attempt(code)
    assert attempt(code) == "closed"


def test_a_code_lasts_ten_minutes() -> None:
    vendor = make_user(phone=PHONE)
    ask()
    [code] = sent()
    assert attempt(code, after=timedelta(minutes=10)) == "closed"
    assert attempt(code, after=timedelta(minutes=9, seconds=59)) == vendor


def test_five_wrong_tries_close_a_code_also_for_the_right_one() -> None:
    make_user(phone=PHONE)
    ask()
    [code] = sent()
    assert [attempt(wrong(code)) for _ in range(6)] == ["wrong"] * 4 + ["closed"] * 2
    assert attempt(code) == "closed"


def test_a_number_nobody_has_answers_like_one_that_somebody_has() -> None:
    make_user(phone=PHONE)
    for phone in (PHONE, STRANGER):
        ask(phone)
    assert Message.objects.count() == 1
    [code] = sent()
    for phone in (PHONE, STRANGER):
        assert [attempt(wrong(code), phone) for _ in range(6)] == ["wrong"] * 4 + ["closed"] * 2


def test_a_code_works_only_for_its_own_number() -> None:
    make_user(phone=PHONE)
    make_user(phone=STRANGER)
    ask(PHONE)
    ask(STRANGER)
    first, second = sent()
    assert first == second or attempt(first, STRANGER) == "wrong"


def test_only_the_newest_code_works() -> None:
    vendor = make_user(phone=PHONE)
    ask()
    ask(after=timedelta(seconds=61))
    first, second = sent()
    assert first == second or attempt(first, after=timedelta(seconds=62)) == "wrong"
    assert attempt(second, after=timedelta(seconds=62)) == vendor


def test_a_new_code_goes_out_after_a_minute_and_five_times_an_hour() -> None:
    make_user(phone=PHONE)
    ask()
    ask(after=timedelta(seconds=59))
    assert len(sent()) == 1
    for minute in range(1, 20):
        ask(after=timedelta(minutes=minute))
    assert len(sent()) == 5
    ask(after=timedelta(minutes=61))
    assert len(sent()) == 6


@pytest.mark.parametrize("role", ["facilitator", "verifier", "administrator"])
def test_staff_do_not_sign_in_by_phone(role: str) -> None:
    make_user(role, phone=PHONE)
    ask()
    assert Message.objects.count() == 0


def test_a_closed_account_gets_no_code() -> None:
    actions.deactivate_user(user=make_user(phone=PHONE), why="ganda", by=make_actor("administrator"), at=AT)
    ask()
    assert Message.objects.count() == 0


def test_neither_code_nor_number_stand_in_our_tables_or_in_the_witness() -> None:
    make_user(phone=PHONE)
    ask()
    [code] = sent()
    attempt(code)
    rows = [*SignInCode.objects.values(), *Record.objects.values()]
    told = " ".join(str(value) for row in rows for value in row.values())
    assert code not in told
    assert PHONE.removeprefix("+62") not in told


def test_codes_of_yesterday_are_forgotten() -> None:
    ask(STRANGER)
    ask(PHONE, after=timedelta(days=1, seconds=1))
    assert SignInCode.objects.count() == 1


def test_codes_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from satupintu.accounts.actions import codes

    compared: list[tuple[str, str]] = []
    real = codes.compare_digest
    monkeypatch.setattr(codes, "compare_digest", lambda a, b: compared.append((a, b)) or real(a, b))
    make_user(phone=PHONE)
    ask()
    attempt("000000")
    assert [len(a) == len(b) == 64 for a, b in compared] == [True]
