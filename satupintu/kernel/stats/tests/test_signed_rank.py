"""The signed rank test with ties and zeros, against printed values, whole enumeration and other programs."""

from fractions import Fraction
from itertools import product

import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from satupintu.kernel.stats.signed_rank import LARGEST_EXACT, common_language, signed_rank

WITHOUT_TIES = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
X = [20, 22, 19, 20, 22, 18, 24, 20, 19, 24, 26, 13]
Y = [38, 37, 33, 29, 14, 12, 20, 22, 17, 25, 26, 16]
SMALL = st.lists(st.integers(-4, 4), max_size=9)


def test_differences_without_ties_give_the_value_in_the_manual_of_scipy():
    found = signed_rank(WITHOUT_TIES)
    assert (found.w, found.plus, found.p_exact) == (24, 96, 0.041259765625)
    assert found.p_greater == 0.02062988281250


def test_ties_and_a_zero_give_the_exact_conditional_value():
    found = signed_rank(x - y for x, y in zip(X, Y, strict=True))
    assert (found.people, found.zeros) == (11, 1)
    assert (found.w, found.p_exact) == (Fraction(41, 2), 0.2880859375)
    assert round(float(found.rank_biserial), 6) == -0.378788
    assert round(float(common_language(X, Y)), 6) == 0.395833


def test_pingouin_sees_the_same_effect():
    theirs = pingouin.wilcoxon(X, Y).iloc[0]
    found = signed_rank(x - y for x, y in zip(X, Y, strict=True))
    assert theirs["W_val"] == float(found.w)
    assert theirs["RBC"] == pytest.approx(float(found.rank_biserial))
    assert theirs["CLES"] == pytest.approx(float(common_language(X, Y)))


def enumerated(differences):
    """Both one-sided p by trying every sign."""
    left = [d for d in differences if d]
    ranks = stats.rankdata([abs(d) for d in left])
    seen = sum(r for r, d in zip(ranks, left, strict=True) if d > 0)
    sums = [sum(r for r, up in zip(ranks, signs, strict=True) if up) for signs in product((0, 1), repeat=len(left))]
    return sum(s <= seen for s in sums) / len(sums), sum(s >= seen for s in sums) / len(sums)


@given(SMALL)
def test_it_is_what_trying_every_sign_gives(differences):
    found = signed_rank(differences)
    less, greater = enumerated(differences)
    assert (found.p_less, found.p_greater) == (less, greater)
    assert found.p_exact == min(1.0, 2 * min(less, greater))
    assert found.people + found.zeros == len(differences)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=40, unique=True), st.data())
def test_without_ties_it_agrees_with_scipy(sizes, data):
    differences = [size * data.draw(st.sampled_from([-1, 1])) for size in sizes]
    assert signed_rank(differences).p_exact == pytest.approx(stats.wilcoxon(differences, method="exact").pvalue)


@given(SMALL, st.randoms())
def test_the_order_of_people_changes_nothing_and_swapping_the_times_mirrors(differences, chance):
    shuffled = list(differences)
    chance.shuffle(shuffled)
    found, turned = signed_rank(differences), signed_rank([-d for d in differences])
    assert signed_rank(shuffled) == found
    assert (turned.plus, turned.minus, turned.p_exact) == (found.minus, found.plus, found.p_exact)
    assert (turned.p_less, turned.p_greater) == (found.p_greater, found.p_less)


@given(st.lists(st.integers(-10, 10), min_size=30, max_size=60).filter(any))
def test_the_approximation_is_that_of_scipy(differences):
    theirs = stats.wilcoxon(differences, correction=False, method="asymptotic").pvalue
    assert signed_rank(differences).p_normal == pytest.approx(theirs, rel=1e-9)


def test_too_many_people_to_count_have_the_approximation_and_no_exact_value():
    found = signed_rank([1] * 200 + [-2] * (LARGEST_EXACT - 199))
    assert (found.people, found.p_exact, found.p_greater) == (LARGEST_EXACT + 1, None, None)
    assert 0 < found.p_normal < 1


def test_nobody_changed_is_no_evidence():
    found = signed_rank([0, 0, 0])
    assert (found.people, found.zeros, found.w, found.p_exact, found.rank_biserial) == (0, 3, 0, 1.0, None)
    assert found.p_normal is None


def test_three_hundred_tied_people_are_still_counted():
    found = signed_rank([2] * 170 + [-2] * 130)
    theirs = stats.binomtest(130, 300).pvalue
    assert found.p_exact == pytest.approx(theirs, rel=1e-9)
