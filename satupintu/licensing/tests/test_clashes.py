"""When two uses of a place clash: exact cases, then what must hold for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.licensing.rules.answers import WEEK
from satupintu.licensing.rules.clashes import (
    WEEK_LONG,
    Use,
    by_day,
    clash,
    clashes,
    metres_apart,
    most_at_once,
    nearest,
    shared_spans,
    week_spans,
)

MORNING = Use("a", "pasar", "A01", ("sat", "sun"), time(6), time(10))


def moments() -> st.SearchStrategy[time]:
    """Any minute of a day."""
    return st.builds(time, st.integers(0, 23), st.integers(0, 59))


def uses(key: str) -> st.SearchStrategy[Use]:
    """Any use of one of two stalls, with or without days and hours."""
    days = st.lists(st.sampled_from(WEEK), unique=True, max_size=7).map(tuple)
    hours = st.one_of(st.just((None, None)), st.tuples(moments(), moments()).filter(lambda pair: pair[0] != pair[1]))
    return st.builds(
        lambda stall, days, hours: Use(key, "pasar", stall, days, *hours), st.sampled_from(["A01", "A02"]), days, hours
    )


def minutes_of(use: Use) -> set[int]:
    """The minutes of the week, counted one by one from what the fields say."""
    if use.opens is None or use.closes is None:
        return set()
    opens, closes = (one.hour * 60 + one.minute for one in (use.opens, use.closes))
    length = (closes - opens) % 1440
    return {(WEEK.index(day) * 1440 + opens + n) % WEEK_LONG for day in use.days for n in range(length)}


@given(uses("a"), uses("b"))
def test_a_clash_is_the_same_from_both_sides(one: Use, other: Use) -> None:
    here, there = clash(one, other), clash(other, one)
    assert (here is None) == (there is None)
    if here and there:
        assert here.spans == there.spans


@given(uses("a"), uses("b"))
def test_shared_spans_are_the_minutes_that_both_are_there(one: Use, other: Use) -> None:
    both = minutes_of(one) & minutes_of(other)
    spans = shared_spans(one, other)
    assert {minute for start, end in spans for minute in range(start, end)} == both
    assert sum(end - start for start, end in spans) == len(both)
    assert all(0 <= start < end <= WEEK_LONG for start, end in spans)


@given(uses("a"), uses("b"))
def test_without_a_common_minute_there_is_no_sure_clash(one: Use, other: Use) -> None:
    found = clash(one, other)
    if not minutes_of(one) & minutes_of(other):
        assert found is None or not found.sure
        if minutes_of(one) and minutes_of(other):
            assert found is None
    elif one.stall == other.stall:
        assert found is not None
        assert found.sure


@given(uses("own"), st.lists(uses("x"), max_size=5))
def test_most_at_once_is_what_counting_every_minute_gives(own: Use, others: list[Use]) -> None:
    others = [replace(other, key=f"b{n}") for n, other in enumerate(others)]
    mine = minutes_of(own)
    there = [minutes_of(other) for other in others]
    counted = max((1 + sum(minute in one for one in there) for minute in mine), default=1)
    assert most_at_once(own, others) == counted


@pytest.mark.parametrize(
    ("days", "opens", "closes", "said"),
    [
        (("sun",), time(9), time(12), [("sun", time(9), time(10))]),
        (("sat", "sun"), time(5), time(7), [("sat", time(6), time(7)), ("sun", time(6), time(7))]),
        (("fri",), time(22), time(7), [("sat", time(6), time(7))]),
        (("sat",), time(10), time(12), None),
        (("mon",), time(6), time(10), None),
    ],
)
def test_clash_says_from_when_until_when(
    days: tuple[str, ...], opens: time, closes: time, said: list[tuple[str, time, time]] | None
) -> None:
    found = clash(MORNING, Use("b", "pasar", "a 01", days, opens, closes))
    assert (by_day(found.spans) if found else None) == said


def test_sunday_night_goes_on_into_monday() -> None:
    night = Use("n", "pasar", "A01", ("sun",), time(22), time(2))
    assert by_day(week_spans(night)) == [("mon", time(0), time(2)), ("sun", time(22), time(0))]
    assert by_day(shared_spans(night, Use("m", "pasar", "A01", ("mon",), time(1), time(5)))) == [
        ("mon", time(1), time(2))
    ]


def test_a_time_that_is_not_known_is_one_to_look_at_and_comes_last() -> None:
    others = [
        Use("b", "pasar", "A01"),
        Use("c", "pasar", "A01", ("sat",), time(6), time(8)),
        Use("d", "pasar", "A02"),
        Use("e", "pasar", ""),
        Use("f", "lain", "A01"),
    ]
    assert [(one.other.key, one.sure) for one in clashes(MORNING, [MORNING, *others])] == [("c", True), ("b", False)]


def test_metres_apart_of_a_known_way() -> None:
    # One thousandth of a degree of latitude is 111 m on the mean sphere.
    assert round(metres_apart((-6.263, 107.027), (-6.264, 107.027))) == 111
    assert metres_apart((-6.263, 107.027), (-6.263, 107.027)) == 0


def test_nearest_is_told_in_metres_only_where_the_times_meet() -> None:
    own = replace(MORNING, position=(-6.263, 107.027))
    near = Use("b", "pasar", "A02", ("sat",), time(7), time(9), (-6.26303, 107.027))
    later = Use("c", "pasar", "A03", ("sat",), time(17), time(21), (-6.26301, 107.027))
    far = Use("d", "pasar", "A09", ("sat",), time(7), time(9), (-6.264, 107.027))
    assert nearest(own, [own, later, far, near]) == (3, near)
    assert nearest(own, [later, far]) is None
    assert nearest(MORNING, [near]) is None
