"""Tokens, clocks, hashes and masks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.sync import rules

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_a_token_counts_until_its_last_moment_and_never_once_revoked() -> None:
    until = NOON + rules.VALID_FOR
    token = {"issued_at": NOON, "valid_until": until, "reset_at": None}
    assert rules.counts(**token, revoked_at=None, at=until - timedelta(seconds=1))
    assert not rules.counts(**token, revoked_at=None, at=until)
    assert not rules.counts(**token, revoked_at=NOON, at=NOON)


def test_a_token_counts_only_if_its_owner_got_no_new_ways_of_signing_in_since() -> None:
    token = {"issued_at": NOON, "valid_until": NOON + rules.VALID_FOR, "revoked_at": None, "at": NOON}
    assert rules.counts(**token, reset_at=NOON - timedelta(seconds=1))
    assert not rules.counts(**token, reset_at=NOON)
    assert not rules.counts(**token, reset_at=NOON + timedelta(seconds=1))


def test_a_clock_that_is_right_is_believed() -> None:
    assert rules.seen_at(NOON, NOON + timedelta(hours=3), NOON + timedelta(hours=3, seconds=20)) == NOON


@pytest.mark.parametrize("wrong", [timedelta(days=1), timedelta(days=-1), timedelta(days=-20_000)])
def test_a_clock_that_is_wrong_by_a_day_or_by_decades_is_put_right(wrong: timedelta) -> None:
    sent, seen = NOON + timedelta(hours=3), NOON
    assert rules.seen_at(seen + wrong, sent + wrong, sent) == seen


@given(made=moments, sent=moments, received=moments)
def test_nothing_was_seen_after_it_arrived(made: datetime, sent: datetime, received: datetime) -> None:
    assert rules.seen_at(made, sent, received) <= received


def test_a_content_that_lost_its_end_does_not_fit_its_hash() -> None:
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert rules.fits("abc", digest)
    assert not rules.fits("ab", digest)


def test_of_long_numbers_only_the_end_is_shown() -> None:
    assert rules.masked("NIK 3275111201800001, HP 0812-3456-7890 atau 0812.3456.7890, KBLI 56104, 32.75.11.1004") == (
        "NIK ******0001, HP ******7890 atau ******7890, KBLI 56104, 32.75.11.1004"
    )
