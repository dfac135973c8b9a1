from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.web import figures


def test_positions_are_written_with_a_point_and_without_idle_zeros():
    assert figures.place(65) == "65%"
    assert figures.place(100) == "100%"
    assert figures.place(Decimal("12.50")) == "12.5%"
    assert figures.place(Decimal(100) / 3) == "33.33%"


def test_bar_carries_value_and_target():
    assert figures.bar("NIB", 71, 90) == {"label": "NIB", "percent": 71, "width": "71%", "target": "90%"}
    assert figures.bar("NIB", 71)["target"] is None


def test_weakest_result_stands_first():
    rows = [figures.dumbbell("a", 20, 100), figures.dumbbell("b", 10, 65), figures.dumbbell("c", 5, 65)]
    assert [row["label"] for row in figures.weakest_first(rows)] == ["c", "b", "a"]


def test_agreement_row_is_split_at_the_middle_of_neutral():
    row = figures.likert("x", [0, 0, 4, 6, 10])
    assert [piece["x"] for piece in row["pieces"]] == ["45%", "45%", "45%", "55%", "70%"]
    assert [piece["count"] for piece in row["pieces"]] == ["", "", 4, 6, 10]


def test_narrow_piece_shows_its_count_only_in_the_table():
    row = figures.likert("x", [1, 1, 0, 0, 18])
    assert [piece["count"] for piece in row["pieces"]] == ["", "", "", "", 18]
    assert row["counts"] == [1, 1, 0, 0, 18]


@given(st.lists(st.integers(0, 500), min_size=5, max_size=5).filter(any))
def test_agreement_row_is_half_as_wide_as_the_figure_and_stays_inside(counts: list[int]):
    pieces = figures.likert("x", counts)["pieces"]
    widths = [Decimal(piece["width"].rstrip("%")) for piece in pieces]
    assert abs(sum(widths) - 50) <= Decimal("0.05")
    assert Decimal(pieces[0]["x"].rstrip("%")) >= 0
    assert Decimal(pieces[-1]["x"].rstrip("%")) + widths[-1] <= Decimal("100.02")


@pytest.mark.parametrize("counts", [[0, 0, 0, 0, 0], [1, 2, 3]])
def test_agreement_needs_five_counts_and_an_answer(counts: list[int]):
    with pytest.raises(ValueError, match="five counts"):
        figures.likert("x", counts)
