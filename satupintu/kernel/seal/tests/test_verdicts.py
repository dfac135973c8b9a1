"""Is it valid? Every status, every day around its edge, and every way to change a certificate."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.kernel.seal.certificates import Claims, claims_as_json, initials, issue
from satupintu.kernel.seal.keys import by_id
from satupintu.kernel.seal.links import as_digits, link
from satupintu.kernel.seal.tests.given import (
    CODE,
    FIRST,
    KEYS,
    LAST,
    LIST_KEY,
    PAYLOAD,
    SECRET,
    TODAY,
    claims,
    key,
    listing,
)
from satupintu.kernel.seal.typed_codes import typed_code
from satupintu.kernel.seal.verdicts import STATUSES, verdict_as_json, verify

DAY = timedelta(days=1)
LATER, EARLIER = TODAY + DAY, TODAY - DAY


def status(data=PAYLOAD, keys=KEYS, revocations=None, at=TODAY) -> str:
    verdict = verify(data, keys, revocations, at=at)
    assert verdict.valid == (verdict.status == "active")
    assert verdict.reason is None if verdict.valid else verdict.reason
    return verdict.status


def test_a_certificate_is_known_by_its_bytes_its_digits_and_its_link():
    for text in (PAYLOAD, as_digits(PAYLOAD), link("satupintu.example", PAYLOAD)):
        assert verdict_as_json(verify(text, KEYS, None, at=TODAY)) == {
            "valid": True,
            "status": "active",
            "reason": None,
            "claims": {
                "number": "503/0001/TDU-PKL/2026",
                "kind": "tdu_pkl",
                "issuer": "diskopukm",
                "issued": "2026-11-20",
                "valid_from": "2026-11-20",
                "valid_until": "2027-11-19",
                "code": CODE,
                "holder": "S.A.",
            },
        }


def test_both_ends_of_its_time_belong_to_it():
    last = date(2027, 11, 19)
    days = [date(2026, 11, 19), date(2026, 11, 20), last, last + DAY]
    assert [status(at=day) for day in days] == ["not_yet_valid", "active", "active", "expired"]


def test_without_an_end_it_does_not_expire():
    assert status(issue(claims(valid_until=None), SECRET), at=date(9999, 12, 31)) == "active"


@pytest.mark.parametrize("word", ["suspended", "revoked", "superseded"])
def test_what_is_on_the_list_counts_from_its_day(word):
    assert [status(revocations=listing((CODE, word, TODAY)), at=day) for day in (EARLIER, TODAY, LATER)] == [
        "active",
        word,
        word,
    ]
    assert status(revocations=listing((typed_code(1), word, TODAY))) == "active"


def test_the_gravest_is_said():
    late, early = date(2027, 12, 1), date(2026, 11, 1)
    since = date(2026, 10, 1)
    for word, said in {"revoked": ["revoked"] * 2, "superseded": ["superseded"] * 2}.items():
        assert [status(revocations=listing((CODE, word, since)), at=day) for day in (early, late)] == said
    paused = listing((CODE, "suspended", since))
    assert [status(revocations=paused, at=day) for day in (early, late)] == ["not_yet_valid", "expired"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (key(begins=date(2026, 11, 21)), "key_outside_its_time"),
        (key(ends=date(2026, 11, 19)), "key_outside_its_time"),
        (key(revoked_on=date(2027, 1, 1)), "key_revoked"),
        (key(purpose="revocations"), "key_not_for_this"),
        (LIST_KEY, "unknown_key"),
    ],
)
def test_a_key_that_may_not_have_signed_it_makes_it_unknown(changed, reason):
    verdict = verify(PAYLOAD, by_id([changed]), None, at=TODAY)
    assert (verdict.status, verdict.reason, verdict.claims) == ("unknown", reason, None)


def test_a_key_that_was_replaced_still_vouches_for_what_it_signed_in_its_time():
    assert status(issue(claims(issued=LAST, valid_until=None), SECRET), at=LAST + 400 * DAY) == "active"
    assert status(issue(claims(issued=LAST + DAY, valid_until=None), SECRET), at=LAST + 400 * DAY) == "unknown"
    assert status(issue(claims(issued=FIRST), SECRET)) == "active"


def test_no_flipped_bit_of_any_byte_passes():
    for place in range(len(PAYLOAD)):
        for bit in range(8):
            changed = bytearray(PAYLOAD)
            changed[place] ^= 1 << bit
            assert status(bytes(changed)) == "unknown", (place, bit)


def test_no_changed_digit_passes():
    digits = as_digits(PAYLOAD)
    for place, right in enumerate(digits):
        for wrong in {*"0123456789"} - {right}:
            assert status(digits[:place] + wrong + digits[place + 1 :]) == "unknown", (place, wrong)


def test_no_part_of_a_certificate_passes():
    digits = as_digits(PAYLOAD)
    assert {status(PAYLOAD[:n]) for n in range(len(PAYLOAD))} == {"unknown"}
    assert {status(digits[:n]) for n in range(len(digits))} == {"unknown"}
    assert {status(PAYLOAD[n:]) for n in range(1, len(PAYLOAD))} == {"unknown"}


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.binary(max_size=60), st.text(max_size=60), st.binary(max_size=60).map(lambda end: b"\xd2\x84" + end))
)
def test_no_bytes_and_no_text_raise(anything):
    assert status(anything) == "unknown"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PAYLOAD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_several_changed_bytes_are_refused_or_leave_the_claims(changes):
    changed = bytearray(PAYLOAD)
    for place, byte in changes:
        changed[place] = byte
    verdict = verify(bytes(changed), KEYS, None, at=TODAY)
    assert verdict.claims in (None, claims())
    assert verdict.valid == (bytes(changed) == PAYLOAD)


NAMES = st.text(st.characters(categories=["L", "Nd", "Zs"]), max_size=30)


@settings(max_examples=100, deadline=None)
@given(NAMES.filter(lambda name: any(map(str.isalnum, name))), st.integers(0, 9_999_999), st.dates(FIRST, LAST))
def test_whoever_holds_it_only_initials_are_signed(name, number, day):
    said = claims(holder=initials(name), code=typed_code(number), issued=day, valid_from=day, valid_until=None)
    verdict = verify(issue(said, SECRET), KEYS, None, at=day)
    assert (verdict.status, verdict.claims) == ("active", said)
    assert len(said.holder) <= 8


def test_initials_are_those_of_four_words_at_most():
    names = ["siti aminah", "Hj. Sri", "Al-Amin", "a b c d e", "'Abdul"]
    assert [initials(name) for name in names] == ["S.A.", "H.S.", "A.", "A.B.C.D.", "A."]
    for name in ("", "  ", "- -"):
        with pytest.raises(ValueError, match="letter"):
            initials(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("holder", "Siti Aminah"),
        ("holder", "SITI"),
        ("holder", "A.B.C.D.E."),
        ("number", "TDU-3275010101800001"),
        ("number", ""),
        ("number", "1\n2"),
        ("number", "1" * 49),
        ("kind", "TDU PKL"),
        ("issuer", "3275010101800001"),
        ("code", CODE.lower()),
        ("code", "2222223"),
        ("issued", date(1969, 12, 31)),
        ("valid_from", date(1969, 12, 31)),
        ("valid_until", date(2026, 11, 19)),
    ],
)
def test_a_name_an_identity_number_or_a_wrong_claim_cannot_be_signed(name, value):
    with pytest.raises(ValueError, match=f"certificate: .*{name}"):
        claims(**{name: value})


def test_every_claim_is_in_the_json_and_every_status_has_a_word():
    assert [*claims_as_json(claims())] == [*Claims.__dataclass_fields__]
    assert len({*STATUSES}) == 7
