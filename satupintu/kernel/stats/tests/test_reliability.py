"""Alpha and KR-20 against printed values, Moodle's PHP and pingouin; and when there is none."""

from fractions import Fraction

import pandas
import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.kernel.stats.reliability import (
    Alpha,
    Refused,
    alpha,
    alpha_pairwise,
    facility,
    item_rest,
)
from satupintu.kernel.stats.spread import kurtosis, mean, paired_t, skewness, variance

# pingouin's `cronbach_wide_missing`: 12 people, 11 items, a dot is missing.
WIDE = [
    [None if sign == "." else int(sign) for sign in row]
    for row in (
        "11111111111",
        "11111111010",
        ".011.111100",
        "11101101100",
        "11111000100",
        "01.01111000",
        "11110010000",
        "11111000000",
        "01011000010",
        "10010100.00",
        "11100000000",
        "10010000000",
    )
]
# Marks of 25 people in 7 questions, as Moodle's own test of its statistics has them.
MARKS = [
    [Fraction(mark) for mark in row.split()]
    for row in (
        "1 1 1 1 1 0 1",
        "1 1 1 1 .5 1 0",
        "1 1 1 1 .5 0 1",
        "0 0 1 1 1 0 0",
        "1 0 1 0 0 1 .5",
        "1 1 1 1 .5 0 .5",
        "0 1 1 1 .5 1 .5",
        "1 1 1 0 .5 1 .5",
        "1 0 1 1 1 1 1",
        "0 1 1 0 .5 1 .5",
        ".8 0 1 1 .5 1 .5",
        "1 1 1 0 .5 1 1",
        "1 0 1 1 .5 1 .5",
        "1 0 1 1 1 0 .5",
        "0 0 1 1 0 1 1",
        "1 0 1 0 .5 1 1",
        ".8 0 1 1 .5 0 1",
        "1 0 1 1 0 1 .5",
        "1 0 1 1 .5 0 .5",
        "0 1 1 0 .5 1 0",
        "1 1 .3333333 1 .5 0 .5",
        "1 1 1 0 .5 0 .5",
        "1 1 1 1 0 1 .5",
        "0 0 1 0 .5 1 1",
        "0 0 1 1 1 1 1",
    )
]


def rounded(found, digits=3):
    interval = found.interval()
    return round(interval.low, digits), round(interval.high, digits)


def test_the_wide_table_is_the_one_pingouin_ships():
    theirs = pingouin.read_dataset("cronbach_wide_missing")
    assert [[None if pandas.isna(v) else v for v in row] for row in theirs.to_numpy()] == WIDE


def test_pairwise_covariances_give_the_published_alpha_and_interval():
    found = alpha_pairwise(WIDE)
    assert round(float(found.value), 6) == 0.732661
    assert rounded(found) == (0.435, 0.909)


def test_complete_people_only_give_the_published_alpha_with_the_interval_of_those_nine():
    found = alpha(WIDE)
    assert (found.people, found.items, round(float(found.value), 6)) == (9, 11, 0.801695)
    assert rounded(found) == (0.533, 0.947)


def test_pingouin_takes_all_twelve_for_its_interval():
    value, printed = pingouin.cronbach_alpha(data=pandas.DataFrame(WIDE, dtype=float), nan_policy="listwise")
    assert float(alpha(WIDE).value) == pytest.approx(value)
    assert rounded(Alpha(alpha(WIDE).value, 12, 11)) == (0.581, 0.933) == tuple(printed)


def test_missing_answers_filled_with_the_median_give_the_published_alpha():
    filled = pandas.DataFrame(WIDE, dtype=float)
    rows = filled.fillna(filled.median()).map(Fraction).to_numpy().tolist()
    assert round(float(alpha(rows).value), 6) == 0.738019


def test_a_likert_table_gives_the_published_alpha():
    long = pingouin.read_dataset("cronbach_alpha")
    rows = long.pivot(index="Subj", columns="Items", values="Scores").to_numpy().tolist()
    found = alpha([[int(value) for value in row] for row in rows])
    assert round(float(found.value), 5) == 0.59172
    assert rounded(found) == (0.195, 0.84)


def test_the_interval_of_feldt_gives_the_published_check():
    assert rounded(Alpha(Fraction(85, 100), 89, 7), 4) == (0.7971, 0.8932)


def test_negative_alpha_is_told_as_moodle_tells_it():
    found = alpha(MARKS)
    assert 100 * float(found.value) == pytest.approx(-87.2230935542, abs=2e-6)
    assert found.interval().low < found.value < found.interval().high < 1


def test_totals_have_the_spread_and_shape_moodle_gives():
    totals = [sum(row) for row in MARKS]
    assert float(variance(totals)) ** 0.5 == pytest.approx(0.8117265554, abs=1e-8)
    assert skewness(totals) == pytest.approx(-0.092502502, abs=1e-7)
    assert kurtosis(totals) == pytest.approx(-0.7073968557, abs=1e-7)


def test_items_have_the_facility_and_discrimination_moodle_gives():
    assert facility([row[0] for row in MARKS]) == Fraction(704, 1000)
    assert 100 * item_rest(MARKS, 0) == pytest.approx(-7.0650767526, abs=1e-5)
    assert 100 * item_rest(MARKS, 5) == pytest.approx(-45.3785178421, abs=1e-5)


def test_an_item_that_all_answered_alike_is_named_and_no_alpha_is_given():
    assert alpha([[1, 1, 0, 1], [1, 0, 0, 1], [1, 1, 0, 0]]) == Refused("constant_items", (0, 2))
    assert alpha_pairwise([[1, 1], [1, 0], [None, 1]]) == Refused("constant_items", (0,))


def test_equal_totals_too_few_items_or_people_give_a_reason():
    assert alpha([[1, 0], [0, 1]]) == Refused("constant_total")
    assert alpha_pairwise([[1, 0], [0, 1]]) == Refused("constant_total")
    assert alpha([[1], [0]]) == Refused("few_items")
    assert alpha([[1, 0]]) == Refused("few_people")
    assert alpha([[1, None], [None, 0]]) == Refused("few_people")
    assert item_rest([[1, 1], [1, 0]], 0) is None


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=3, max_size=15), st.randoms())
def test_the_order_of_people_changes_nothing_and_pingouin_agrees(rows, chance):
    found = alpha(rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert alpha(shuffled) == found == alpha_pairwise(rows)
    if isinstance(found, Alpha):
        assert float(found.value) == pytest.approx(pingouin.cronbach_alpha(data=pandas.DataFrame(rows))[0])


def test_the_paired_t_of_the_sleep_study_is_the_published_one():
    first = [Fraction(v) for v in ["0.7", "-1.6", "-0.2", "-1.2", "-0.1", "3.4", "3.7", "0.8", "0.0", "2.0"]]
    second = [Fraction(v) for v in ["1.9", "0.8", "1.1", "0.1", "-0.1", "4.4", "5.5", "1.6", "4.6", "3.4"]]
    t, freedom, p = paired_t(second, first)
    assert (round(t, 7), freedom, round(p, 8)) == (-4.0621277, 9, 0.00283289)
    assert mean(first) == Fraction(3, 4)
