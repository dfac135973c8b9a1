"""N-gain, answers on a scale, and yes or no over three waves."""

from fractions import Fraction
from itertools import combinations_with_replacement
from statistics import stdev

import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.kernel.stats.gain import MeanGain, band, mean_gain, n_gain
from satupintu.kernel.stats.likert import Likert, sd_bounds
from satupintu.kernel.stats.waves import cochran_q

TABLE = [(7, 20), (8, 20), (4, 20), (2, 13), (10, 20), (6, 20), (5, 16), (6, 20), (4, 15), (4, 14)]
COUNTS = st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(lambda counts: sum(counts) > 1)


def test_the_gain_of_a_class_is_the_published_one():
    assert round(float(n_gain(Fraction("4.916"), Fraction("4.916") + Fraction("11.1"), 20)), 3) == 0.736


def test_statements_and_class_gain_as_the_ten_statements_do():
    gains = [n_gain(x, y, 20) for x, y in TABLE]
    assert [round(float(gain), 4) for gain in gains] == [1, 1, 1, 0.6111, 1, 1, 0.7333, 1, 0.6875, 0.625]
    assert round(float(n_gain(sum(x for x, _ in TABLE), sum(y for _, y in TABLE), 200)), 3) == 0.847
    assert round(float(mean_gain(gains).mean), 3) == 0.866


def test_who_had_nothing_left_to_gain_is_counted_apart():
    assert mean_gain([n_gain(20, 20, 20), n_gain(10, 15, 20), n_gain(10, 5, 20)]) == MeanGain(Fraction(0), 2, 1)
    assert mean_gain([None]) == MeanGain(None, 0, 1)


def test_bands_are_those_of_hake():
    assert [band(Fraction(g, 100)) for g in (29, 30, 69, 70)] == ["low", "medium", "medium", "high"]


@given(COUNTS)
def test_counts_give_the_mean_and_spread_of_the_answers_themselves(counts):
    answers = [step + 1 for step, count in enumerate(counts) for _ in range(count)]
    found = Likert(tuple(counts))
    assert (found.n, found.mean) == (len(answers), Fraction(sum(answers), len(answers)))
    assert found.sd == pytest.approx(stdev(answers), abs=1e-12)


def test_no_answer_has_no_mean_and_one_has_no_spread():
    assert (Likert((0,) * 5).mean, Likert((0, 0, 1, 0, 0)).sd) == (None, None)


def test_a_mean_of_465_hides_spreads_from_049_to_109():
    assert [round(sd, 2) for sd in sd_bounds(20, 93)] == [0.49, 1.09]
    assert sd_bounds(20, 100) == (0, 0)


@given(st.integers(2, 6), st.data())
def test_the_ends_of_the_spread_are_those_of_all_answers(n, data):
    total = data.draw(st.integers(n, 5 * n))
    every = [stdev(a) for a in combinations_with_replacement(range(1, 6), n) if sum(a) == total]
    assert sd_bounds(n, total) == pytest.approx((min(every), max(every)), abs=1e-9)


def test_three_waves_give_the_published_q():
    long = pingouin.read_dataset("cochran")
    rows = long.pivot(index="Subject", columns="Time", values="Energetic").to_numpy().tolist()
    q, freedom, p = cochran_q(rows)
    assert (round(q, 6), freedom, round(p, 6)) == (6.705882, 2, 0.034981)


def test_three_waves_in_which_nobody_changed_say_nothing():
    assert cochran_q([[1, 1, 1], [0, 0, 0]]) == (0.0, 2, 1.0)
