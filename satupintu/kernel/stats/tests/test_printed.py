"""Which counts and which n can stand behind printed percents and means."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.kernel.stats.printed import (
    PERCENT_RULES,
    ROUNDING,
    Printed,
    PrintedMean,
    cut_off,
    fitting_n,
    half_even,
    half_up,
    percent_counts,
)

PAPER_MEANS = ["4.63", "4.62", "4.65", "4.77", "5.00", "4.54"]
# outreach-evaluation: n up to 60 that fit each mean, rounding half up.
FITTING = {
    "4.63": "8 16 19 24 27 30 32 35 38 40 41 43 46 48 49 51 52 54 56 57 59 60",
    "4.62": "13 21 26 29 34 37 39 42 45 47 50 52 53 55 58 60",
    "4.65": "17 20 23 26 31 34 37 40 43 46 48 49 51 52 54 55 57 60",
    "4.77": "13 22 26 30 31 35 39 43 44 47 48 52 53 56 57 60",
    "4.54": "13 24 26 28 35 37 39 41 46 48 50 52 54 56 57 59",
}
PAPER_PERCENTS = [35, 40, 20, 10, 50, 30, 25, 30, 20, 20, 100, 100, 100, 65, 100, 100, 80, 100, 75, 70]


def printed(text, **more):
    return PrintedMean(Printed(Fraction(text), len(text.partition(".")[2])), **more)


@pytest.mark.parametrize(
    ("text", "n", "items", "possible"),
    [
        ("4.71", 20, 1, False),
        ("5.30", 20, 1, True),
        ("4.71", 17, 1, True),
        ("5.30", 23, 1, True),
        ("5.27", 43, 1, False),
        *((text, 40, 3, True) for text in ("5.90", "5.71", "3.50", "3.82", "4.61", "5.24")),
        *((text, 40, 1, text in ("5.90", "3.50", "3.82")) for text in ("5.90", "5.71", "3.50", "3.82", "4.61", "5.24")),
    ],
)
def test_published_means_are_judged_as_published(text, n, items, possible):
    assert printed(text, items=items).is_possible(n) is possible


def test_of_the_six_means_two_can_come_from_twenty_whole_answers():
    assert [printed(text).is_possible(20) for text in PAPER_MEANS] == [False, False, True, False, True, False]
    nearest = [tuple(map(float, printed(text).nearest(20))) for text in PAPER_MEANS]
    assert nearest == [(4.6, 4.65), (4.6, 4.65), (4.65, 4.65), (4.75, 4.8), (5, 5), (4.5, 4.55)]


@pytest.mark.parametrize("text", FITTING)
def test_each_mean_fits_the_listed_n(text):
    assert " ".join(map(str, fitting_n([printed(text)], half_up))) == FITTING[text]


def test_a_mean_at_the_end_of_the_scale_fits_every_n():
    assert fitting_n([printed("5.00")], half_up) == list(range(1, 61))


def test_only_52_people_fit_all_six_means_under_one_rule():
    means = [printed(text) for text in PAPER_MEANS]
    assert {name: fitting_n(means, rule) for name, rule in ROUNDING.items()} == {"half_up": [52], "half_even": [52]}
    assert fitting_n(means, cut_off) == []
    sums = [[s for s in range(261) if mean.printed.is_from(Fraction(s, 52), half_up)] for mean in means]
    assert sums == [[241], [240], [242], [248], [260], [236]]


def test_48_people_fit_only_if_one_sum_is_rounded_both_ways():
    means = [printed(text) for text in PAPER_MEANS]
    assert all(mean.is_possible(48) for mean in means)
    assert [half_up(Fraction(222, 48) * 100), half_even(Fraction(222, 48) * 100)] == [463, 462]


def test_13_people_fit_four_means_and_26_five():
    fits = {n: sum(printed(text).is_possible(n, [half_up]) for text in PAPER_MEANS) for n in (13, 26)}
    assert fits == {13: 4, 26: 5}


def test_missing_answers_do_not_explain_the_means():
    up_to_20 = {text: fitting_n([printed(text)], half_up, range(1, 21)) for text in PAPER_MEANS}
    assert up_to_20["4.77"] == up_to_20["4.54"] == [13]
    assert up_to_20["4.65"] == [17, 20]


def test_halves_and_up_to_four_parts_do_not_explain_them_but_five_parts_do():
    fitting = {k: all(printed(text, items=k).is_possible(20) for text in PAPER_MEANS) for k in (2, 3, 4, 5)}
    assert fitting == {2: False, 3: False, 4: False, 5: True}
    assert [text for text in PAPER_MEANS if not printed(text, items=4).is_possible(20)] == ["4.77"]


def test_a_mean_off_its_scale_is_impossible():
    assert not printed("5.20", low=1, high=5).is_possible(20)
    assert printed("5.20").is_possible(20)
    assert printed("0.50").is_possible(20) and not printed("0.50", low=1, high=5).is_possible(20)
    assert printed("5.20", low=1, high=5).nearest(20) == (5, 5)


def test_under_any_one_rule_the_percents_fit_20_40_and_60_people_only():
    percents = [Printed(Fraction(p), 0) for p in PAPER_PERCENTS]
    for rule in PERCENT_RULES.values():
        assert [n for n in range(1, 61) if all(percent_counts(p, n, [rule]) for p in percents)] == [20, 40, 60]
    assert all(percent_counts(p, 55) for p in percents)  # only if some are rounded and others cut off


def test_a_percent_is_read_in_three_ways():
    assert list(percent_counts(Printed(Fraction(67), 0), 3)) == [2]  # 66.67 rounded
    assert list(percent_counts(Printed(Fraction(66), 0), 3)) == [2]  # cut off
    assert list(percent_counts(Printed(Fraction(62), 0), 8)) == [5]  # 62.5 to the even one
    assert list(percent_counts(Printed(Fraction(63), 0), 8)) == [5]
    assert list(percent_counts(Printed(Fraction(64), 0), 8)) == []
    assert list(percent_counts(Printed(Fraction(35), 0), 300)) == [104, 105, 106, 107]
    assert list(percent_counts(Printed(Fraction(120), 0), 20)) == []


@given(st.integers(1, 400), st.integers(0, 3), st.sampled_from(sorted(PERCENT_RULES)), st.data())
def test_the_true_count_is_always_among_those_found(n, decimals, rule, data):
    count = data.draw(st.integers(0, n))
    value = Fraction(PERCENT_RULES[rule](Fraction(100 * count, n) * 10**decimals), 10**decimals)
    assert count in percent_counts(Printed(value, decimals), n)


@given(st.integers(1, 400), st.integers(0, 3), st.sampled_from(sorted(ROUNDING)), st.data())
def test_a_mean_that_was_really_had_is_always_possible(n, decimals, rule, data):
    total = data.draw(st.integers(n, 5 * n))
    value = Fraction(ROUNDING[rule](Fraction(total, n) * 10**decimals), 10**decimals)
    mean = PrintedMean(Printed(value, decimals), low=1, high=5)
    assert mean.is_possible(n, [ROUNDING[rule]])


@given(st.integers(-2000, 2000))
def test_the_three_ways_differ_by_at_most_one_and_agree_on_whole_numbers(hundredths):
    value = Fraction(hundredths, 100)
    ways = [half_up(value), half_even(value), cut_off(value)]
    assert max(ways) - min(ways) <= 1
    assert half_up(-value) == -half_up(value)
    if hundredths % 100 == 0:
        assert ways == [hundredths // 100] * 3
