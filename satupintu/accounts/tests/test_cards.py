"""Cards and PINs: made once, tried five times, alike for those that do not exist."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from satupintu.accounts import actions, rules
from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.models import Card
from satupintu.accounts.rules import VISITOR, NotSignedIn
from satupintu.accounts.tests.factories import AT, make_actor, make_office, make_user
from satupintu.audit.models import Record
from satupintu.audit.rules import Actor

pytestmark = pytest.mark.django_db
UNKNOWN = "222222" + rules.check_sign("222222")


def try_card(code: str, pin: str, after: timedelta = timedelta()) -> object:
    """The vendor who got in, or the reason why nobody did."""
    try:
        return actions.sign_in_with_card(code=code, pin=pin, by=VISITOR, at=AT + after)
    except NotSignedIn as refused:
        return str(refused)


def other(pin: str) -> str:
    """A wrong PIN."""
    return f"{(int(pin) + 1) % 1_000_000:06}"


def test_a_card_and_its_pin_let_the_vendor_in_however_they_are_typed() -> None:
    vendor = make_user()
    code, pin = actions.issue_card(user=vendor, region="", by=make_actor("facilitator"), at=AT)
    assert try_card(code, pin) == vendor
    assert try_card(code.lower().replace("-", " "), f"{pin[:3]} {pin[3:]}") == vendor


def test_neither_pin_nor_code_stand_in_the_table_of_cards_or_in_the_witness() -> None:
    _, pin = actions.issue_card(user=make_user(), region="", pin="482915", by=make_actor("facilitator"), at=AT)
    card = Card.objects.get()
    assert (pin, card.made_at) == ("482915", AT)
    assert pin not in card.pin
    told = " ".join(str(value) for row in Record.objects.values() for value in row.values())
    assert pin not in told
    assert card.code not in told


def test_five_wrong_pins_lock_a_card_for_fifteen_minutes_also_for_the_right_one() -> None:
    vendor = make_user()
    code, pin = actions.issue_card(user=vendor, region="", by=make_actor("facilitator"), at=AT)
    assert [try_card(code, other(pin)) for _ in range(6)] == ["wrong"] * 4 + ["locked"] * 2
    assert try_card(code, pin, timedelta(minutes=14, seconds=59)) == "locked"
    assert try_card(code, pin, timedelta(minutes=15)) == vendor
    assert list(Record.objects.filter(action="accounts.card_locked").values_list("actor", flat=True)) == ["visitor"]


def test_after_the_lock_there_are_five_tries_again() -> None:
    code, pin = actions.issue_card(user=make_user(), region="", by=make_actor("facilitator"), at=AT)
    for _ in range(5):
        try_card(code, other(pin))
    later = timedelta(minutes=16)
    assert [try_card(code, other(pin), later) for _ in range(5)] == ["wrong"] * 4 + ["locked"]


def test_a_right_pin_forgets_the_wrong_ones_before() -> None:
    code, pin = actions.issue_card(user=make_user(), region="", by=make_actor("facilitator"), at=AT)
    for _ in range(4):
        try_card(code, other(pin))
    try_card(code, pin)
    assert [try_card(code, other(pin)) for _ in range(4)] == ["wrong"] * 4


def test_a_card_that_does_not_exist_answers_like_one_that_does() -> None:
    assert [try_card(UNKNOWN, "482915") for _ in range(6)] == ["wrong"] * 4 + ["locked"] * 2
    assert try_card(UNKNOWN, "482915", timedelta(minutes=15)) == "wrong"


def test_a_pin_is_hashed_also_for_a_card_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the time of the answer would tell which cards exist."""
    code, pin = actions.issue_card(user=make_user(), region="", by=make_actor("facilitator"), at=AT)
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    rounds: list[int] = []
    real = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(
        PBKDF2PasswordHasher, "encode", lambda self, *given: rounds.append(self.iterations) or real(self, *given)
    )
    try_card(UNKNOWN, pin)
    unknown = list(rounds)
    try_card(code, other(pin))
    assert unknown == rounds[len(unknown) :]
    assert len(unknown) == 1


@pytest.mark.usefixtures("real_rounds")
def test_a_pin_is_hashed_slowly_and_only_with_the_key_that_is_not_in_the_database() -> None:
    from django.contrib.auth.hashers import check_password

    code, pin = actions.issue_card(user=make_user(), region="", by=make_actor("facilitator"), at=AT)
    stored = Card.objects.get().pin
    kind, rounds, *_ = stored.split("$")
    assert (kind, int(rounds) >= 600_000) == ("pbkdf2_sha256", True)
    bare = code.replace("-", "")
    assert not any(check_password(guess, stored) for guess in (pin, f"{bare}:{pin}", f"{bare}{pin}"))


def test_a_new_card_ends_the_old_one() -> None:
    vendor, facilitator = make_user(), make_actor("facilitator")
    old = actions.issue_card(user=vendor, region="", by=facilitator, at=AT)
    new = actions.issue_card(user=vendor, region="", by=facilitator, at=AT)
    assert (try_card(*old), try_card(*new)) == ("wrong", vendor)


def test_a_new_pin_opens_a_locked_card_and_the_old_one_is_gone() -> None:
    vendor, facilitator = make_user(), make_actor("facilitator")
    code, pin = actions.issue_card(user=vendor, region="", pin="482915", by=facilitator, at=AT)
    for _ in range(5):
        try_card(code, "482916")
    fresh = actions.reset_pin(card=Card.objects.get(), region="", by=facilitator, at=AT)
    assert try_card(code, fresh) == vendor
    assert fresh == pin or try_card(code, pin) == "wrong"


def test_a_revoked_card_and_a_closed_account_let_nobody_in() -> None:
    vendor, facilitator = make_user(), make_actor("facilitator")
    card = actions.issue_card(user=vendor, region="", by=facilitator, at=AT)
    actions.revoke_card(card=Card.objects.get(), region="", why="hilang", by=facilitator, at=AT)
    assert try_card(*card) == "wrong"
    card = actions.issue_card(user=vendor, region="", by=facilitator, at=AT)
    actions.deactivate_user(user=vendor, why="ganda", by=make_actor("administrator"), at=AT)
    assert try_card(*card) == "wrong"


def test_staff_get_no_card_and_an_easy_pin_is_refused() -> None:
    facilitator = make_actor("facilitator")
    with pytest.raises(ValidationError):
        actions.issue_card(user=make_user("verifier"), region="", by=facilitator, at=AT)
    with pytest.raises(ValidationError):
        actions.issue_card(user=make_user(), region="", pin="123456", by=facilitator, at=AT)
    assert Card.objects.count() == 0


@pytest.mark.parametrize("role", ["vendor", "verifier", "signing_official", "partner", "leadership"])
def test_a_role_that_helps_no_vendor_makes_no_card(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.issue_card(user=make_user(), region="", by=make_actor(role), at=AT)
    assert Card.objects.count() == 0


MUSTIKAJAYA, MUSTIKASARI, BEKASIJAYA = "32.75.11", "32.75.11.1004", "32.75.01.1001"


def facilitator_of(area: str) -> Actor:
    """A facilitator of a kecamatan's office."""
    return make_actor("facilitator", office=make_office(f"kecamatan-{area.replace('.', '-')}", "kecamatan", area))


def test_a_card_is_made_within_ones_area_and_refused_outside_it() -> None:
    facilitator, vendor = facilitator_of(MUSTIKAJAYA), make_user()
    code, pin = actions.issue_card(user=vendor, region=MUSTIKASARI, by=facilitator, at=AT)
    for region in (BEKASIJAYA, "32.75", "32.75.1", ""):
        with pytest.raises(NotAllowed):
            actions.issue_card(user=vendor, region=region, by=facilitator, at=AT)
    assert try_card(code, pin) == vendor  # a refusal takes nobody's card away


def test_an_office_elsewhere_gives_no_pin_and_takes_no_card_away() -> None:
    vendor = make_user()
    code, pin = actions.issue_card(user=vendor, region=MUSTIKASARI, by=facilitator_of(MUSTIKAJAYA), at=AT)
    card, elsewhere = Card.objects.get(), facilitator_of(BEKASIJAYA[:8])
    with pytest.raises(NotAllowed):
        actions.reset_pin(card=card, region=MUSTIKASARI, by=elsewhere, at=AT)
    with pytest.raises(NotAllowed):
        actions.revoke_card(card=card, region=MUSTIKASARI, why="hilang", by=elsewhere, at=AT)
    assert try_card(code, pin) == vendor
    told = Record.objects.filter(action__in=("accounts.pin_reset", "accounts.card_revoked"))
    assert not told.exists()


def test_a_whole_city_office_acts_also_where_no_region_is_known() -> None:
    vendor = make_user()
    for region in ("", BEKASIJAYA):
        assert try_card(*actions.issue_card(user=vendor, region=region, by=make_actor("front_office"), at=AT)) == vendor
