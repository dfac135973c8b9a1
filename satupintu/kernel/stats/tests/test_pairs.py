"""McNemar, Fisher, Holm and the paired interval: printed references, other people's programs, and what must hold."""

from math import log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from satupintu.kernel.stats.multiplicity import benjamini_hochberg, holm
from satupintu.kernel.stats.pairs import (
    LARGEST_COUNTED,
    SMALLEST_DISCORDANT,
    Pairs,
    fisher_exact,
    mcnemar_chi_square,
    mcnemar_exact,
)
from satupintu.kernel.stats.proportions import newcombe_independent, newcombe_paired, tango

COUNT = st.integers(0, 40)
PAIRS = st.builds(Pairs, COUNT, COUNT, COUNT, COUNT).filter(lambda pairs: pairs.n)
PS = st.lists(st.floats(0, 1), min_size=1, max_size=12)

# Tables of statsmodels' own tests (from VassarStats and R): upper right, lower left, exact p.
EXACT = [
    (121, 59, 0.000004, 4.43445e-06),
    (70, 59, 0.378688, 0.3786877),
    (80, 59, 0.089452, 0.0894523),
    (30, 60, 0.00206, 0.0020603),
    (10, 30, 0.002221, 0.0022214),
    (10, 10, 1.0, 1.0),
]


@pytest.mark.parametrize(("one", "other", "rounded", "longer"), EXACT)
def test_the_exact_test_gives_the_published_values(one, other, rounded, longer):
    assert round(mcnemar_exact(one, other), 6) == rounded
    assert mcnemar_exact(one, other) == pytest.approx(longer, rel=2e-7, abs=5e-8)


@pytest.mark.parametrize(
    ("one", "other", "value", "p"),
    [
        (121, 59, 20.672222, 5.450095e-06),
        (70, 59, 0.7751938, 0.3786151),
        (80, 59, 2.8776978, 0.0898143),
        (30, 60, 9.344444, 0.0022366),
        (10, 30, 9.025, 0.0026631),
        (10, 10, 0.05, 0.8230633),
        (150, 86, 16.8178, 4.115e-05),
        (40, 8, 20.020833, 7.661e-06),
    ],
)
def test_chi_square_with_correction_gives_the_published_values(one, other, value, p):
    found = mcnemar_chi_square(one, other)
    assert found[0] == pytest.approx(value, abs=6e-5)
    assert found[1] == pytest.approx(p, rel=2e-4)


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [(121, 59, 21.35556), (70, 59, 0.9379845), (80, 59, 3.17266187), (150, 86, 17.3559)],
)
def test_chi_square_without_correction_gives_the_published_values(one, other, value):
    assert mcnemar_chi_square(one, other, corrected=False)[0] == pytest.approx(value, abs=6e-5)


def test_the_approval_survey_has_the_published_p():
    assert mcnemar_chi_square(150, 86, corrected=False)[1] == pytest.approx(3.099e-05, rel=2e-4)


def test_the_table_of_pingouin_has_its_exact_p():
    assert round(mcnemar_exact(40, 8), 6) == 0.000003


def test_nobody_changed_is_no_evidence_at_all():
    assert mcnemar_exact(0, 0) == 1.0
    assert mcnemar_chi_square(0, 0) == (0.0, 1.0)


@given(COUNT, COUNT)
def test_the_exact_test_agrees_with_statsmodels(gained, lost):
    theirs = mcnemar([[3, gained], [lost, 5]], exact=True).pvalue if gained + lost else 1.0
    assert mcnemar_exact(gained, lost) == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("lost", [1500, 1900, 2000, 2050])
def test_many_changed_people_are_summed_as_exactly_as_few(lost):
    many = LARGEST_COUNTED + 100
    theirs = stats.binomtest(lost, many).pvalue
    assert mcnemar_exact(many - lost, lost) == pytest.approx(theirs, rel=1e-10)


def test_a_tail_smaller_than_any_number_is_zero_and_not_an_error():
    assert mcnemar_exact(9_000, 3) == 0.0


def test_fewer_than_six_changed_people_cannot_come_below_five_percent():
    assert mcnemar_exact(SMALLEST_DISCORDANT - 1, 0) == 0.0625
    assert mcnemar_exact(SMALLEST_DISCORDANT, 0) == 0.03125


@given(PAIRS)
def test_swapping_before_and_after_mirrors_everything(pairs):
    turned = pairs.turned
    there, back = pairs.difference(), turned.difference()
    assert (turned.before, turned.after, turned.p_exact) == (pairs.after, pairs.before, pairs.p_exact)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low), abs=1e-12)
    assert tango(pairs.lost, pairs.gained, pairs.n).low == pytest.approx(
        -tango(pairs.gained, pairs.lost, pairs.n).high, abs=1e-9
    )


@given(PAIRS)
def test_the_interval_holds_the_difference_and_stays_on_the_scale(pairs):
    interval = pairs.difference()
    assert -1 - 1e-12 <= interval.low <= (pairs.after - pairs.before) / pairs.n <= interval.high <= 1 + 1e-12


@pytest.mark.parametrize(
    ("cells", "ours", "score"),
    [
        ((36, 12, 2, 0), (0.0569, 0.3404), (0.0611, 0.3447)),
        ((20, 14, 0, 16), (0.1441, 0.3966), (0.1747, 0.4167)),
    ],
)
def test_the_paired_intervals_give_the_reference_values(cells, ours, score):
    both, gained, lost, never = cells
    found = newcombe_paired(both, gained, lost, never)
    assert (round(found.low, 4), round(found.high, 4)) == ours
    other = tango(gained, lost, sum(cells))
    assert (round(other.low, 4), round(other.high, 4)) == score


def test_tango_solves_its_own_equation():
    """At a limit the score is the normal quantile; the share of losers is that which fits best at that difference."""
    gained, lost, n = 14, 3, 50
    limit = tango(gained, lost, n).low
    least, most = max(0.0, -limit), (1 - limit) / 2
    fitted = optimize.minimize_scalar(
        lambda q: -(gained * log(q + limit) + lost * log(q) + (n - gained - lost) * log(1 - 2 * q - limit)),
        bounds=(least + 1e-9, most - 1e-9),
        method="bounded",
        options={"xatol": 1e-12},
    ).x
    score = (gained - lost - n * limit) / sqrt(n * (2 * fitted + limit * (1 - limit)))
    assert score == pytest.approx(1.959964, abs=1e-5)


@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_groups_without_pairs_agree_with_other_programs(m, n, data):
    x, y = data.draw(st.integers(0, m)), data.draw(st.integers(0, n))
    assert fisher_exact((x, m), (y, n)) == pytest.approx(stats.fisher_exact([[x, m - x], [y, n - y]]).pvalue, rel=1e-9)
    found = newcombe_independent((x, m), (y, n))
    theirs = confint_proportions_2indep(y, n, x, m, method="newcomb")
    assert (found.low, found.high) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(PS)
def test_holm_and_benjamini_hochberg_agree_with_statsmodels(ps):
    assert holm(ps) == pytest.approx(list(multipletests(ps, method="holm")[1]), abs=1e-12)
    assert benjamini_hochberg(ps) == pytest.approx(list(multipletests(ps, method="fdr_bh")[1]), abs=1e-12)


def test_no_test_is_no_adjustment():
    assert (holm([]), benjamini_hochberg([])) == ([], [])
