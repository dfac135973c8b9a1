"""The list of what no longer holds: signed, numbered, never backwards."""

from datetime import date, timedelta

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.kernel.seal.envelope import sign
from satupintu.kernel.seal.keys import by_id
from satupintu.kernel.seal.refusals import Refused
from satupintu.kernel.seal.revocations import Entry, RevocationList, issue_list, read_list
from satupintu.kernel.seal.tests.given import CODE, KEYS, LIST_SECRET, PAYLOAD, SECRET, STRANGER, TODAY, key, listing
from satupintu.kernel.seal.typed_codes import CODES, typed_code

LIST = listing((CODE, "revoked", TODAY), (typed_code(5), "suspended", date(2026, 3, 1)))
SIGNED = issue_list(LIST, LIST_SECRET)
BODY = cbor2.loads(cbor2.loads(SIGNED).value[2])
ENTRIES = st.dictionaries(
    st.integers(0, CODES - 1).map(typed_code),
    st.builds(
        Entry, st.sampled_from(["suspended", "revoked", "superseded"]), st.dates(date(2020, 1, 1), date(2099, 1, 1))
    ),
    max_size=20,
)


def reason(data: bytes, keys=KEYS, **other) -> str:
    with pytest.raises(Refused) as refused:
        read_list(data, keys, **other)
    return refused.value.reason


@settings(max_examples=50, deadline=None)
@given(ENTRIES, st.integers(1, 2**40))
def test_a_list_comes_back_as_it_was_signed(entries, sequence):
    made = RevocationList(sequence, TODAY, TODAY + timedelta(days=7), entries)
    assert read_list(issue_list(made, LIST_SECRET), KEYS) == made


def test_a_list_is_small():
    many = {typed_code(n * 700): Entry("revoked", TODAY) for n in range(1000)}
    assert len(issue_list(RevocationList(1, TODAY, TODAY, many), LIST_SECRET)) < 10_200


def test_an_older_list_than_seen_before_is_refused_and_the_same_one_is_not():
    assert read_list(SIGNED, KEYS, newest_seen=7) == LIST
    assert reason(SIGNED, newest_seen=8) == "rollback"


def test_a_list_past_its_day_still_counts_and_says_so():
    found = read_list(SIGNED, KEYS)
    last = date(2026, 11, 30)
    assert [found.is_stale(day) for day in (last, last + timedelta(days=1))] == [False, True]
    assert found.status_of(CODE, date(2030, 1, 1)) == "revoked"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (issue_list(LIST, STRANGER), "unknown_key"),
        (issue_list(LIST, SECRET), "key_not_for_this"),  # a key for certificates only
        (PAYLOAD, "key_not_for_this"),
        (SIGNED + b"\x00", "not_canonical"),
        (b"", "not_canonical"),
        (bytes(2_000_001), "too_long"),
        *(
            (sign(BODY | change, LIST_SECRET), "claims")
            for change in ({0: 1}, {1: 0}, {3: 1}, {5: 0}, {4: []}, {1: "7"})
        ),
        *((sign(BODY | {4: entry}, LIST_SECRET), "claims") for entry in ({5: 1}, {5: [1]}, {5: [4, 1]}, {-5: [1, 1]})),
        *(
            (sign(BODY | {4: entry}, LIST_SECRET), "claims")
            for entry in ({CODES: [1, 1]}, {"5": [1, 1]}, {5: [1, 2**60]})
        ),
        (sign([], LIST_SECRET), "claims"),
    ],
)
def test_a_list_that_is_not_ours_is_refused(data, why):
    assert reason(data) == why


def test_a_list_of_a_key_that_could_not_sign_that_day_is_refused():
    late, stolen = key(LIST_SECRET, "revocations", begins=TODAY), key(LIST_SECRET, "revocations", revoked_on=TODAY)
    assert [reason(SIGNED, by_id([found])) for found in (late, stolen)] == ["key_outside_its_time", "key_revoked"]


def test_no_changed_byte_and_no_part_of_a_list_passes():
    for place in range(len(SIGNED)):
        for bit in range(8):
            changed = bytearray(SIGNED)
            changed[place] ^= 1 << bit
            reason(bytes(changed))
        reason(SIGNED[:place])


@pytest.mark.parametrize(
    "wrong",
    [
        RevocationList(0, TODAY, TODAY, {}),
        RevocationList(1, TODAY, TODAY - timedelta(days=1), {}),
        RevocationList(1, TODAY, TODAY, {"2222223": Entry("revoked", TODAY)}),
    ],
)
def test_a_list_without_number_or_time_or_with_a_wrong_code_is_not_signed(wrong):
    with pytest.raises(ValueError, match=r"a list needs|no typed code"):
        issue_list(wrong, LIST_SECRET)
