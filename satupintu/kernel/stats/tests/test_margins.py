"""From printed sums to what is known and what is an interval."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.kernel.stats.margins import Balance, Margin, balances, kr20_bounds
from satupintu.kernel.stats.multiplicity import benjamini_hochberg, holm
from satupintu.kernel.stats.pairs import fisher_exact
from satupintu.kernel.stats.reliability import Alpha, alpha
from satupintu.kernel.stats.signed_rank import signed_rank
from satupintu.kernel.stats.spread import paired_t

BEFORE = [7, 8, 4, 2, 10, 6, 5, 6, 4, 4]
AFTER = [20, 20, 20, 13, 20, 20, 16, 20, 15, 14]
PAPER = [Margin(x, y, 20) for x, y in zip(BEFORE, AFTER, strict=True)]
# most who can have lost, p with the fewest and the most, and the interval in percent points for both.
ROWS = [
    (0, "0.000244", "0.000244", (38.0, 81.9), None),
    (0, "0.000488", "0.000488", (33.3, 78.1), None),
    (0, "0.0000305", "0.0000305", (53.1, 91.9), None),
    (2, "0.000977", "0.00739", (26.5, 72.9), (19.3, 76.2)),
    (0, "0.00195", "0.00195", (24.3, 70.1), None),
    (0, "0.000122", "0.000122", (42.8, 85.5), None),
    (4, "0.000977", "0.0192", (26.6, 71.9), (13.0, 79.9)),
    (0, "0.000122", "0.000122", (42.8, 85.5), None),
    (4, "0.000977", "0.0192", (26.6, 71.9), (13.0, 79.9)),
    (4, "0.00195", "0.0309", (22.3, 67.6), (9.2, 75.7)),
]
HOLM_BEST = [0.0017, 0.0029, 0.0003, 0.0049, 0.0049, 0.0011, 0.0049, 0.0011, 0.0049, 0.0049]
HOLM_WORST = [0.0017, 0.0029, 0.0003, 0.0295, 0.0098, 0.0011, 0.0576, 0.0011, 0.0576, 0.0576]


def in_points(pairs):
    interval = pairs.difference()
    return round(100 * interval.low, 1), round(100 * interval.high, 1)


@pytest.mark.parametrize(("margin", "row"), list(zip(PAPER, ROWS, strict=True)), ids=range(1, 11))
def test_each_statement_of_the_paper_has_the_computed_figures(margin, row):
    most, least_p, greatest_p, best, worst = row
    assert (margin.fewest_lost, margin.most_lost, margin.identified) == (0, most, most == 0)
    assert [f"{p:.3g}" for p in margin.p_exact] == [f"{float(p):.3g}" for p in (least_p, greatest_p)]
    first, last = margin.ends
    assert (in_points(first), in_points(last)) == (best, worst or best)


def test_after_holm_ten_statements_pass_at_best_and_seven_at_worst():
    best, worst = zip(*(margin.p_exact for margin in PAPER), strict=True)
    assert [round(p, 4) for p in holm(best)] == HOLM_BEST
    assert [round(p, 4) for p in holm(worst)] == HOLM_WORST
    assert sum(p < 0.05 for p in worst) == 10
    assert sum(p < 0.05 for p in benjamini_hochberg(worst)) == 10


def test_under_bonferroni_four_statements_depend_on_who_lost():
    depends = [i + 1 for i, m in enumerate(PAPER) if m.p_exact[0] < 0.005 <= m.p_exact[1]]
    assert depends == [4, 7, 9, 10]


def test_the_wrong_test_for_the_same_people_has_the_stated_range():
    ps = [fisher_exact((m.before, 20), (m.after, 20)) for m in PAPER]
    assert (f"{min(ps):.1e}", f"{max(ps):.4f}") == ("1.5e-07", "0.0036")


def test_statements_taken_for_people_would_look_certain_which_is_why_no_command_does_it():
    changes = [after - before for before, after in zip(BEFORE, AFTER, strict=True)]
    t, freedom, p = paired_t(BEFORE, AFTER)
    assert (round(signed_rank(changes).p_exact, 5), round(t, 1), freedom, f"{p:.1e}") == (0.00195, 19.4, 9, "1.2e-08")


def test_people_may_all_have_risen_or_six_of_twenty_have_fallen():
    found = balances(BEFORE, AFTER, 20)
    best, worst = min(found, key=lambda b: b.p_exact), max(found, key=lambda b: b.p_exact)
    assert (best.up, best.down, f"{best.p_exact:.1e}") == (20, 0, "1.9e-06")
    assert (worst.up, worst.down, f"{worst.p_exact:.3f}") == (14, 6, "0.115")


def test_reliability_from_sums_is_almost_anything():
    ends = [[float(end) for end in kr20_bounds(sums, 20)] for sums in (BEFORE, AFTER)]
    assert [(round(least, 1), round(greatest, 3)) for least, greatest in ends] == [(-12.0, 0.961), (-8.6, 0.787)]


# --- bounds hold for every table and are reached by one ------------------------------------------------------


@given(st.integers(1, 30), st.data())
def test_every_table_lies_within_the_bounds_and_both_ends_are_tables(n, data):
    margin = Margin(data.draw(st.integers(0, n)), data.draw(st.integers(0, n)), n)
    tables = [margin.pairs(lost) for lost in range(n + 1)]
    real = [t for t in tables if min(t.kept, t.gained, t.lost, t.never) >= 0]
    assert {(t.before, t.after, t.n) for t in real} == {(margin.before, margin.after, n)}
    assert [t.lost for t in real] == list(range(margin.fewest_lost, margin.most_lost + 1))
    ps = [t.p_exact for t in real]
    assert margin.p_exact == (min(ps), max(ps)) == (ps[0], ps[-1])
    assert margin.identified == (len(real) == 1)


@given(st.integers(1, 30), st.data())
def test_swapping_the_times_swaps_gained_and_lost(n, data):
    margin = Margin(data.draw(st.integers(0, n)), data.draw(st.integers(0, n)), n)
    back = Margin(margin.after, margin.before, n)
    assert back.p_exact == margin.p_exact
    assert [pairs.turned for pairs in back.ends] == list(margin.ends)


def answers(sums, n):
    """Every way in which n people can give these sums."""
    columns = [[{*yes} for yes in combinations(range(n), x)] for x in sums]
    for chosen in product(*columns):
        yield [[int(person in yes) for yes in chosen] for person in range(n)]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4), st.integers(1, 3), st.data())
def test_rises_and_falls_are_exactly_those_of_all_answers(n, items, data):
    sums = st.lists(st.integers(0, n), min_size=items, max_size=items)
    before, after = data.draw(sums), data.draw(sums)
    firsts = {tuple(sum(row) for row in table) for table in answers(before, n)}
    seconds = {tuple(sum(row) for row in table) for table in answers(after, n)}
    every = {
        Balance(sum(b > a for a, b in zip(x, y, strict=True)), sum(b < a for a, b in zip(x, y, strict=True)))
        for x in firsts
        for y in seconds
    }
    assert {*balances(before, after, n)} == every


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4), st.integers(2, 3), st.data())
def test_reliability_lies_within_its_ends_and_reaches_them(n, items, data):
    sums = data.draw(st.lists(st.integers(1, n - 1), min_size=items, max_size=items))
    found = [alpha(table) for table in answers(sums, n)]
    values = [one.value for one in found if isinstance(one, Alpha)]
    least, greatest = kr20_bounds(sums, n)
    assert max(values) == greatest
    if least is None:
        assert len(values) < len(found)
    else:
        assert (min(values), len(values)) == (least, len(found))


def test_sums_that_never_vary_have_no_reliability():
    assert kr20_bounds([20, 0], 20) is None
    assert kr20_bounds([5], 20) is None
    assert kr20_bounds([1, 1], 2) == (None, Fraction(1))
