"""Who understood, what is weak, how far people came: the rules, with exact results."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from satupintu.outreach.rules.ladder import (
    LICENSED,
    RUNGS,
    UNDERSTANDS,
    Count,
    Noted,
    by_day,
    counted,
    curve,
    had_before,
    reached,
)
from satupintu.outreach.rules.understanding import (
    Sheet,
    Statement,
    Understood,
    Wanted,
    in_words,
    topics_of,
    understood,
    wanted,
    weak,
)
from satupintu.web.figures import step_curve

DAY = date(2026, 11, 28)


def said(code: str, licences: bool = True, kind: str = "self", topic: str = "one_door_licensing") -> Statement:
    return Statement(code, f"Saya tahu {code}", f"I know {code}", kind, (topic,), licences)


S1, S2, LOAN = said("s1"), said("s2", topic="preparation"), said("s8", licences=False, topic="loan")
K1, K2 = said("k1", kind="knowledge"), said("k2", kind="knowledge")


def sheet(days: int = 0, *asked: Statement, **yes: bool) -> Sheet:
    return Sheet(days, asked, yes)


def test_a_yes_to_every_licence_statement_is_a_self_rating_whatever_was_said_of_loans() -> None:
    assert understood([sheet(0, S1, S2, LOAN, s1=True, s2=True, s8=False)]) == Understood(0, tested=False)
    assert understood([sheet(0, S1, S2, s1=True, s2=False)]) is None
    assert understood([sheet(0, LOAN, s8=True)]) is None
    assert understood([]) is None


def test_an_unanswered_statement_is_not_a_yes() -> None:
    assert understood([sheet(0, S1, S2, s1=True)]) is None


def test_who_took_the_test_is_judged_by_it_and_not_by_their_own_rating() -> None:
    rated = sheet(0, S1, S2, s1=True, s2=True)
    assert understood([rated, sheet(0, K1, K2, k1=True, k2=False)]) is None
    assert understood([rated, sheet(0, K1, K2, k1=True)]) is None
    failed = sheet(0, S1, S2, s1=False, s2=False)
    assert understood([failed, sheet(0, K1, K2, k1=True, k2=True)]) == Understood(0, tested=True)


def test_the_first_wave_that_says_so_gives_the_day() -> None:
    first, month = sheet(0, S1, s1=False), sheet(30, S1, s1=True)
    assert understood([month, first]) == Understood(30, tested=False)
    assert understood([sheet(90, S1, s1=True), month]) == Understood(30, tested=False)


def test_weak_is_what_was_last_answered_not_yet_or_wrongly() -> None:
    assert weak([sheet(30, S1, s1=True), sheet(0, S1, S2, K1, s1=False, s2=False, k1=False)]) == [S2, K1]
    assert weak([sheet(0, S1, S2, s1=True)]) == []
    assert topics_of([S2, S1, K1]) == ["one_door_licensing", "preparation"]


def test_words_of_a_follow_up_fit_in_250_signs_and_count_the_rest() -> None:
    assert in_words(["a", "b"], "Belum: ", ", dan {n} lagi") == "Belum: a; b"
    told = in_words(["x" * 100, "y" * 100, "z" * 100], "Belum: ", ", dan {n} lagi")
    assert told == f"Belum: {'x' * 100}; {'y' * 100}, dan 1 lagi"
    assert in_words(["x" * 400], "Belum: ", ", dan {n} lagi") == "Belum: , dan 1 lagi"


def test_wanted_topics_are_counted_once_for_each_person_the_most_wanted_first() -> None:
    found, people = wanted(["loan;stock", "stock", "none", "stock;other"], ("loan", "stock", "law"))
    assert found == [Wanted("stock", 3), Wanted("loan", 1)]
    assert people == 4


def noted(code: str, days: int) -> Noted:
    return Noted(code, date.fromordinal(DAY.toordinal() + days))


def test_a_rung_counts_from_the_events_day_on_and_not_who_was_there_before() -> None:
    assert reached([noted("paper_nib", 0)], LICENSED, DAY) == 0
    assert reached([noted("paper_nib", 12), noted("licensed", 9)], LICENSED, DAY) == 9
    assert reached([noted("paper_nib", -1), noted("paper_nib", 9)], LICENSED, DAY) is None
    assert had_before([noted("paper_nib", -1)], LICENSED, DAY)
    assert reached([noted("paper_sku", 3)], LICENSED, DAY) is None


def test_understanding_is_no_milestone_of_the_ladder_but_counted_from_answers() -> None:
    assert reached([noted("understands", 0)], UNDERSTANDS, DAY) is None
    assert not had_before([noted("understands", -9)], UNDERSTANDS, DAY)
    assert [rung.code for rung in RUNGS] == [
        *("understands", "documents_ready", "applied", "licensed", "recording", "borrowed")
    ]


def test_outside_the_team_small_groups_are_hidden_on_either_side() -> None:
    shown = [counted(n, 20, team=False).hidden for n in (0, 1, 4, 5, 15, 16, 19, 20)]
    assert shown == [False, True, True, False, False, True, True, False]
    assert counted(0, 4, team=False).hidden
    assert not counted(3, 4, team=True).hidden
    assert Count(13, 20).percent == 65
    assert Count(1, 8).percent == 13
    assert Count(0, 0).percent is None


def test_a_curve_rises_on_the_days_people_got_there_and_begins_at_five_outside_the_team() -> None:
    days = [2, 2, 5, 9, 9, 9, 40]
    assert curve(days, 30, team=True) == [(2, 2), (5, 3), (9, 6)]
    assert curve(days, 90, team=False) == [(9, 6), (40, 7)]
    assert by_day(days, 9) == 6


@given(st.lists(st.integers(0, 120), max_size=30), st.integers(0, 90))
def test_a_curve_never_falls_and_ends_at_the_count_of_its_last_day(days: list[int], until: int) -> None:
    points = curve(days, until, team=True)
    assert points == sorted(points)
    assert [count for _, count in points] == sorted(count for _, count in points)
    assert (points[-1][1] if points else 0) == by_day(days, until)


def test_a_step_curve_goes_right_and_then_up() -> None:
    drawn = step_curve([(2, 2), (9, 6)], base=20, until=40, across=90)
    assert drawn["path"] == "M0 100H2V90H9V70H40"
    assert [(row["day"], row["count"], row["percent"]) for row in drawn["rows"]] == [(2, 2, 10), (9, 6, 30)]
    assert step_curve([], base=3, until=0, across=90)["path"] == "M0 100H0"
    assert step_curve([(1, 1)], base=3, until=5, across=90)["path"] == "M0 100H1V66.67H5"
