"""Groups that are hidden, and that nothing about them follows from what is shown."""

from hypothesis import given
from hypothesis import strategies as st

from satupintu.kernel.stats.small_cells import Cell, hidden_groups

CELL = st.integers(0, 12).flatmap(lambda n: st.builds(Cell, st.just(n), st.integers(0, n)))


@st.composite
def tables(draw):
    questions = draw(st.integers(1, 3))
    names = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=6, unique=True))
    return {name: draw(st.lists(CELL, min_size=questions, max_size=questions)) for name in names}


def test_groups_of_five_and_more_are_all_shown():
    assert hidden_groups({"a": [Cell(5, 1)], "b": [Cell(15, 9)]}) == frozenset()


def test_a_single_small_group_takes_the_next_smallest_with_it():
    table = {"a": [Cell(3, 1)], "b": [Cell(8, 5)], "c": [Cell(9, 5)]}
    assert hidden_groups(table) == {"a", "b"}


def test_two_small_groups_of_together_four_take_a_third():
    table = {"a": [Cell(2, 1)], "b": [Cell(2, 1)], "c": [Cell(6, 3)], "d": [Cell(10, 5)]}
    assert hidden_groups(table) == {"a", "b", "c"}


def test_hidden_people_who_all_say_no_take_a_group_with_a_yes():
    table = {"a": [Cell(3, 0)], "b": [Cell(6, 0)], "c": [Cell(7, 4)], "d": [Cell(9, 4)]}
    assert hidden_groups(table) == {"a", "b", "c"}


def test_a_group_small_in_one_question_is_hidden_in_all():
    table = {"a": [Cell(4, 2), Cell(6, 2)], "b": [Cell(5, 2), Cell(5, 3)], "c": [Cell(9, 1), Cell(9, 1)]}
    assert hidden_groups(table) == {"a", "b"}


@given(tables())
def test_no_count_of_a_hidden_group_follows_from_the_whole_and_what_is_shown(table):
    hidden = hidden_groups(table)
    small = {group for group, cells in table.items() if any(cell.n < 5 for cell in cells)}
    assert small <= hidden
    if hidden == {*table}:
        return  # only the whole is shown
    for place in range(len(next(iter(table.values())))):
        shown = [table[group][place] for group in table if group not in hidden]
        unseen = [table[group][place] for group in hidden]
        n, yes = sum(cell.n for cell in unseen), sum(cell.yes for cell in unseen)
        if not hidden:
            continue
        whole = (n + sum(cell.n for cell in shown), yes + sum(cell.yes for cell in shown))
        assert n >= 5
        for cell in unseen:
            # Even to who knows how large each hidden group is, another count is possible.
            possible = range(max(0, yes - (n - cell.n)), min(cell.n, yes) + 1)
            assert len(possible) > 1 or cell.n == 0 or whole[1] in (0, whole[0])


@given(tables())
def test_the_order_of_groups_changes_nothing(table):
    assert hidden_groups(dict(reversed(table.items()))) == hidden_groups(table)
