"""What was measured beside a service standard, against numpy and by hand."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.licensing.rules.measured import FEWEST, Group, Measured, hours_of, measured, percentile


@given(st.lists(st.integers(0, 2_000), min_size=1, max_size=200), st.sampled_from([(1, 2), (9, 10)]))
def test_percentiles_are_those_of_numpy_by_the_inverted_distribution(hours: list[int], share: tuple[int, int]) -> None:
    groups = [Group(value, count) for value, count in sorted(Counter(hours).items())]
    oracle = np.percentile(hours, 100 * share[0] // share[1], method="inverted_cdf")
    assert percentile(groups, Fraction(*share)) == oracle


@given(st.lists(st.integers(0, 500), min_size=FEWEST, max_size=60))
def test_the_order_and_grouping_of_files_change_nothing(hours: list[int]) -> None:
    one_by_one = measured([Group(value, 1) for value in hours])
    assert one_by_one == measured([Group(value, count) for value, count in Counter(hours).items()])
    assert one_by_one.median is not None
    assert one_by_one.slow is not None
    assert one_by_one.median <= one_by_one.slow


def test_ten_files_counted_by_hand() -> None:
    groups = [
        Group(24, 3, timed=3, in_time=3, judged=3, right=2),
        Group(36, 2, timed=2, in_time=2, judged=2, right=2),
        Group(48, 3, timed=3, in_time=2, judged=3, right=1),
        Group(240, 1, timed=1, in_time=0, judged=0),
        Group(336, 1, timed=0, judged=1, right=0),
    ]
    # The 5th of ten took 36 hours, the 9th 240; 7 of 9 in time, 5 of 9 right at once.
    assert measured(groups) == Measured(10, Decimal("1.5"), Decimal("10.0"), Decimal("77.8"), Decimal("55.6"))


@pytest.mark.parametrize("files", [0, 1, FEWEST - 1])
def test_few_files_have_no_figures_but_their_number(files: int) -> None:
    result = measured([Group(24, 1, 1, 1, 1, 1)] * files)
    assert (result, result.enough) == (Measured(files), False)


def test_a_share_is_said_only_where_enough_is_known_of_it() -> None:
    result = measured([Group(24, 5, timed=FEWEST - 1, in_time=FEWEST - 1, judged=FEWEST, right=0)])
    assert (result.in_time, result.right) == (None, Decimal("0.0"))


@pytest.mark.parametrize(
    ("running", "hours"),
    [(timedelta(0), 0), (timedelta(seconds=1), 1), (timedelta(hours=1), 1), (timedelta(hours=1, microseconds=1), 2)],
)
def test_an_hour_begun_counts_whole(running: timedelta, hours: int) -> None:
    assert hours_of(running) == hours
