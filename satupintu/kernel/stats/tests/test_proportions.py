"""Intervals of one share and the tails below them."""

from math import asin, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from satupintu.kernel.stats.proportions import clopper_pearson, wilson
from satupintu.kernel.stats.tails import (
    beta_share,
    chi_square_tail,
    f_quantile,
    normal_quantile,
    normal_two_sided,
    t_two_sided,
)


@pytest.mark.parametrize(
    ("yes", "n", "score", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_one_share_has_the_published_intervals(yes, n, score, exact):
    for found, expected in ((wilson(yes, n), score), (clopper_pearson(yes, n), exact)):
        assert (round(found.low, 4), round(found.high, 4)) == expected


def test_all_of_twenty_and_two_of_twenty_are_far_from_certain():
    everybody, two = clopper_pearson(20, 20), clopper_pearson(2, 20)
    assert [round(100 * value, 1) for value in (everybody.low, everybody.high)] == [83.2, 100.0]
    assert [round(100 * value, 1) for value in (two.low, two.high)] == [1.2, 31.7]


@given(st.integers(1, 400), st.data())
def test_one_share_agrees_with_statsmodels(n, data):
    yes = data.draw(st.integers(0, n))
    for found, method in ((wilson(yes, n), "wilson"), (clopper_pearson(yes, n), "beta")):
        low, high = proportion_confint(yes, n, method=method)
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


# Next to 1 scipy itself is off by a few of 1e-9; the test below knows the answer there.
@given(st.floats(0, 0.999999), st.floats(0.5, 300), st.floats(0.5, 300))
def test_the_beta_function_agrees_with_scipy(x, a, b):
    assert beta_share(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), rel=1e-9, abs=1e-12)


@given(st.floats(1e-15, 1))
def test_next_to_its_ends_the_beta_function_is_the_arc_sine_it_should_be(rest):
    x = 1 - rest
    assert 1 - beta_share(x, 0.5, 0.5) == pytest.approx(2 / pi * asin(sqrt(1 - x)), rel=1e-7, abs=1e-15)


@given(st.floats(0.001, 0.999), st.integers(1, 200), st.integers(1, 2000))
def test_quantiles_of_f_agree_with_scipy(share, above, below):
    assert f_quantile(share, above, below) == pytest.approx(stats.f.ppf(share, above, below), rel=1e-7)


@given(st.floats(-30, 30), st.integers(1, 200))
def test_the_tails_of_t_agree_with_scipy(t, freedom):
    assert t_two_sided(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-8)


@given(st.floats(0, 80), st.integers(1, 12))
def test_the_tail_of_chi_square_agrees_with_scipy(value, freedom):
    assert chi_square_tail(value, freedom) == pytest.approx(stats.chi2.sf(value, freedom), rel=1e-9)


def test_the_normal_quantile_and_its_tail_are_each_others_end():
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054)
    assert normal_two_sided(normal_quantile(0.95)) == pytest.approx(0.05)
