"""The pure rules of a programme, of attendance and of coverage."""

from hypothesis import given
from hypothesis import strategies as st

from satupintu.outreach.rules.attendance import Presence, Turnout, presence, turnout
from satupintu.outreach.rules.coverage import Taught, coverage
from satupintu.outreach.rules.programme import Line, Warned, current, forecast, minutes_left, times, warnings

A, B, C = Line(1, "A", 510, 520), Line(2, "B", 520, 530), Line(3, "C", 530, 560)


def test_a_programme_without_gap_or_clash_has_no_warning() -> None:
    assert warnings([A, B, C]) == []


def test_two_sessions_at_once_are_named_with_the_minutes_they_share() -> None:
    assert warnings([A, Line(2, "B", 515, 530)]) == [Warned("clash", "A", "B", 5)]


def test_a_long_session_clashes_with_every_one_inside_it() -> None:
    found = warnings([Line(1, "panjang", 500, 560), Line(2, "B", 510, 520), Line(3, "C", 530, 560)])
    assert [(w.kind, w.second, w.minutes) for w in found] == [("clash", "B", 10), ("clash", "C", 30)]


def test_time_that_nobody_planned_is_named() -> None:
    assert warnings([A, C]) == [Warned("gap", "A", "C", 10)]


def test_a_session_listed_before_an_earlier_one_is_named() -> None:
    assert warnings([A, C, B]) == [Warned("order", "C", "B", 10)]


def test_the_first_start_and_the_last_stop_count() -> None:
    assert times([("started", 512), ("stopped", 525), ("started", 510), ("stopped", 523)]) == (510, 525)
    assert times([("started", 510), ("stopped", 520), ("started", 522)]) == (510, None)
    assert times([("stopped", 520)]) == (None, None)


@given(st.permutations([("started", 510), ("started", 514), ("stopped", 519), ("stopped", 525), ("started", 516)]))
def test_taps_in_any_order_say_the_same(taps: list[tuple[str, int]]) -> None:
    assert times(taps) == (510, 525)


def test_a_delay_is_carried_forward_until_a_gap_takes_it_up() -> None:
    late = Line(1, "A", 510, 520, 517, 529)
    after_gap = Line(4, "D", 600, 610)
    found = forecast([late, B, C, after_gap])
    assert [(e.begins, e.ends, e.delay) for e in found] == [(517, 529, 7), (529, 539, 9), (539, 569, 9), (600, 610, 0)]


def test_a_session_that_runs_over_pushes_what_follows() -> None:
    found = forecast([Line(1, "A", 510, 520, 510), B], now=526)
    assert [(e.begins, e.ends) for e in found] == [(510, 526), (526, 536)]


def test_before_anything_began_the_plan_stands() -> None:
    assert [e.delay for e in forecast([A, B, C])] == [0, 0, 0]


def test_the_session_that_runs_is_current_then_the_next_then_none() -> None:
    over = Line(1, "A", 510, 520, 510, 520)
    running = Line(2, "B", 520, 530, 520)
    assert current([over, running, C]) == running
    assert current([over, B, C]) == B
    assert current([over]) is None


def test_minutes_left_go_below_zero_when_it_runs_over() -> None:
    running = Line(1, "A", 510, 520, 512)
    assert minutes_left(running, 515) == 7
    assert minutes_left(running, 525) == -3
    assert minutes_left(A, 515) is None


def test_who_comes_after_the_grace_is_late_and_who_goes_before_it_is_early() -> None:
    assert presence([("arrived", 515)], 510, 690) == Presence(515, None, 0, 0)
    assert presence([("arrived", 516), ("left", 684)], 510, 690) == Presence(516, 684, 6, 6)
    assert presence([("left", 600)], 510, 690) == Presence(None, None)


def test_who_comes_back_has_not_left() -> None:
    assert presence([("arrived", 510), ("left", 600), ("arrived", 610)], 510, 690).left is None


def test_the_turnout_sets_invited_against_attended() -> None:
    came, late, absent = Presence(510, None), Presence(520, 600, 10, 90), Presence(None, None)
    found = turnout([(True, came), (True, absent), (False, late), (False, absent)])
    assert found == Turnout(invited=2, came=2, uninvited=1, absent=1, late=1, early=1)


def test_statements_nobody_teaches_and_sessions_nothing_measures_are_both_named() -> None:
    teaching, stock, opening = Taught("a", "Izin", ("nib",)), Taught("b", "Stok", ("stock",)), Taught("c", "Doa", ())
    nib, loan = Taught("s5", "NIB", ("nib",)), Taught("s8", "Pinjam", ("loan",))
    found = coverage([teaching, stock, opening], [nib, loan])
    assert found.rows == ((teaching, (True, False)), (stock, (False, False)))
    assert found.untaught == (loan,)
    assert found.unmeasured == (stock,)
