"""Hashes and chains, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.audit.rules import FIRST_HASH, Break, Entry, SealOfDay, differences, first_break

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def chain(length):
    entries, previous = [], FIRST_HASH
    for number in range(1, length + 1):
        entry = Entry(
            "kec", number, NOON, "user:1", "verifier", "a", f"thing:{number}", "", "", {"n": number}, b"", previous
        )
        previous = entry.hash()
        entries.append((entry, previous))
    return entries, (length, previous)


def test_a_whole_chain_has_no_break():
    entries, last = chain(5)
    seal = SealOfDay("kec", "2026-11-24", 3, entries[2][1])
    assert first_break("kec", entries, [seal], last) is None


def test_every_seal_of_a_chain_that_stood_still_is_looked_at():
    entries, last = chain(2)
    seals = [SealOfDay("kec", "2026-11-23", 2, "f" * 64), SealOfDay("kec", "2026-11-24", 2, entries[1][1])]
    assert first_break("kec", entries, seals, last) == Break("kec", 2, "segel hari 2026-11-23 tidak cocok")
    assert first_break("kec", entries, seals[1:], last) is None


def test_an_empty_chain_is_whole():
    assert first_break("kec", [], [], (0, FIRST_HASH)) is None


def test_the_hash_does_not_depend_on_the_time_zone_it_is_read_in():
    entry = chain(1)[0][0][0]
    jakarta = NOON.astimezone(timezone(timedelta(hours=7)))
    assert replace(entry, at=jakarta).hash() == entry.hash()


CHANGES = {
    "at": NOON + timedelta(microseconds=1),
    "actor": "user:2",
    "role": "vendor",
    "action": "b",
    "object": "thing:9",
    "person": "p",
    "why": "because",
    "values": {"n": 0},
    "sealed": b"x",
    "chain": "kel",
}


@pytest.mark.parametrize("field", sorted(CHANGES))
def test_a_changed_field_is_named_at_its_record(field):
    entries, last = chain(4)
    entry, stored = entries[2]
    entries[2] = (replace(entry, **{field: CHANGES[field]}), stored)
    assert first_break("kec", entries, [], last) == Break("kec", 3, "isi catatan berubah")


def test_a_changed_record_with_a_new_hash_breaks_the_next_link():
    entries, last = chain(4)
    changed = replace(entries[1][0], why="other")
    entries[1] = (changed, changed.hash())
    assert first_break("kec", entries, [], last) == Break("kec", 3, "sambungan ke catatan sebelumnya putus")


def test_a_missing_record_is_named():
    entries, last = chain(4)
    del entries[1]
    assert first_break("kec", entries, [], last) == Break("kec", 3, "nomor 2 hilang")


def test_a_cut_off_end_is_noticed_by_the_head_and_by_the_seal():
    entries, last = chain(4)
    assert first_break("kec", entries[:3], [], last) == Break("kec", 3, "rantai berakhir di 3, seharusnya 4")
    seal = SealOfDay("kec", "2026-11-24", 4, last[1])
    short = (3, entries[2][1])
    assert first_break("kec", entries[:3], [seal], short) == Break(
        "kec", 4, "catatan yang disegel pada 2026-11-24 hilang"
    )


def test_a_rewritten_chain_does_not_fit_its_seal():
    entries, last = chain(2)
    assert first_break("kec", entries, [SealOfDay("kec", "2026-11-24", 2, "f" * 64)], last) == Break(
        "kec", 2, "segel hari 2026-11-24 tidak cocok"
    )


@given(st.integers(2, 12), st.data())
def test_any_swap_of_two_records_is_noticed(length, data):
    entries, last = chain(length)
    one = data.draw(st.integers(0, length - 2))
    entries[one], entries[one + 1] = entries[one + 1], entries[one]
    found = first_break("kec", entries, [], last)
    assert found is not None
    assert found.what == f"nomor {one + 1} hilang"


def test_differences_name_only_what_changed():
    assert list(differences({"a": 1, "b": 2}, {"b": 3, "c": 4})) == [("a", 1, None), ("b", 2, 3), ("c", None, 4)]
