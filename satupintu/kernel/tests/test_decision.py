"""The decision table engine, checked against a plain re-reading of the rows."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.kernel.decision import UNKNOWN, Enumerated, Input, Row, Table, parse_cell, weakest

PLACE = Input("place", ("cart", "kiosk"))
ZONE = Input("zone", ("green", "red"))
SIGN = Input("sign", ("yes", "no"), default="no")
NEEDS = {"must": "now", "wish": "later", "free": "not_needed", "talk": "ask"}


def row(line, *cells, outcome="must", basis=("law:1",), confidence="sure", inputs=(PLACE, ZONE)):
    when = tuple(parse_cell(cell, i.values) for cell, i in zip(cells, inputs, strict=True))
    return Row(line, when, outcome, basis, confidence)


def table(*rows, inputs=(PLACE, ZONE)):
    return Table("test", inputs, rows, NEEDS)


STALLS = table(
    row(2, "kiosk", "*", outcome="free"),
    row(3, "cart", "red", outcome="talk", confidence="doubtful"),
    row(4, "*", "*", basis=("law:2",)),
)


def test_the_first_fitting_row_decides():
    answer = STALLS.enumerate().look_up({"place": "cart", "zone": "green"})
    assert (answer.need, answer.outcome, answer.basis, answer.rows) == ("now", "must", ("law:2",), (2,))


def test_an_unknown_fact_that_changes_nothing_is_not_missing():
    answer = STALLS.enumerate().look_up({"place": "kiosk"})
    assert (answer.need, answer.missing) == ("not_needed", ())


def test_an_unknown_fact_that_changes_the_need_is_asked_for():
    answer = STALLS.enumerate().look_up({"place": "cart"})
    assert (answer.need, answer.missing, answer.confidence) == ("ask", ("zone",), "doubtful")
    assert answer.basis == ("law:1", "law:2")


def test_an_answer_that_waits_for_a_fact_is_doubtful_even_if_every_row_is_sure():
    sure = table(row(2, "cart", "*", outcome="free"), row(3, "kiosk", "*")).enumerate()
    assert sure.look_up({"place": "cart"}).confidence == "sure"
    assert sure.look_up({}).confidence == "doubtful"


def test_only_the_facts_that_matter_are_named_when_several_are_unknown():
    answer = STALLS.enumerate().look_up({"zone": "green"})
    assert answer.missing == ("place",)
    assert STALLS.enumerate().look_up({}).missing == ("place", "zone")


def test_a_default_stands_for_unknown():
    signs = table(row(2, "yes", inputs=(SIGN,)), row(3, "no", outcome="wish", inputs=(SIGN,)), inputs=(SIGN,))
    worked = signs.enumerate()
    assert len(worked.cells) == 2
    assert worked.look_up({}).need == "later"
    assert worked.look_up({"sign": UNKNOWN}).need == "later"
    assert worked.look_up({"sign": "yes"}).need == "now"


def test_a_table_without_inputs_has_one_cell():
    always = table(row(2, inputs=()), inputs=())
    assert always.faults() == []
    assert always.enumerate().look_up({"place": "cart"}).need == "now"


def test_a_gap_is_refused_with_an_example():
    faults = table(row(2, "cart", "*")).faults()
    assert [(f.line, f.example) for f in faults] == [(0, "place=kiosk, zone=green")]
    assert faults[0].what == "2 kombinasi tidak punya baris"


def test_rows_that_cross_and_disagree_are_refused():
    faults = table(row(2, "cart", "*"), row(3, "*", "red", outcome="free"), row(4, "*", "*")).faults()
    assert [(f.line, f.example) for f in faults] == [(3, "place=cart, zone=red")]


def test_rows_that_cross_but_agree_are_fine():
    assert table(row(2, "cart", "*"), row(3, "*", "red"), row(4, "*", "*", outcome="free")).faults() == []


def test_a_difference_in_article_alone_is_a_disagreement():
    faults = table(row(2, "cart", "*"), row(3, "*", "red", basis=("law:9",)), row(4, "*", "*")).faults()
    assert [f.line for f in faults] == [3]


def test_a_row_that_never_wins_is_refused():
    faults = table(row(2, "*", "*"), row(3, "cart", "red")).faults()
    assert [(f.line, f.what) for f in faults] == [(3, "baris ini tidak pernah terpakai")]


def test_a_table_too_large_for_a_phone_is_refused():
    wide = tuple(Input(f"f{n}", ("a", "b", "c")) for n in range(8))
    faults = Table("wide", wide, (row(2, *"*" * 8, inputs=wide),), NEEDS).faults()
    assert faults[0].what == "tabel melebihi 20000 kombinasi"


def test_a_value_outside_the_list_is_an_error():
    with pytest.raises(ValueError, match="moon"):
        parse_cell("cart|moon", PLACE.values)
    with pytest.raises(ValueError, match=r"tuple.index"):
        STALLS.enumerate().look_up({"place": "moon"})


def test_the_weakest_confidence_wins():
    assert weakest(["sure", "likely"]) == "likely"
    assert weakest([]) == "sure"


@st.composite
def tables(draw):
    inputs = tuple(
        Input(f"f{n}", tuple("abc"[: draw(st.integers(2, 3))]), default=draw(st.sampled_from([None, "a"])))
        for n in range(draw(st.integers(0, 3)))
    )
    rows = [
        Row(
            line,
            tuple(frozenset(draw(st.sets(st.sampled_from(i.values), min_size=1))) for i in inputs),
            draw(st.sampled_from(sorted(NEEDS))),
            (f"law:{line}",),
            "sure",
        )
        for line in range(2, 2 + draw(st.integers(0, 4)))
    ]
    rest = Row(99, tuple(frozenset(i.values) for i in inputs), "free", ("law:99",), "sure")
    return Table("drawn", inputs, (*rows, rest), NEEDS)


def needs_by_trying(drawn: Table, facts: dict[str, str]) -> set[str]:
    tried = [i.values if facts[i.name] == UNKNOWN else (facts[i.name],) for i in drawn.inputs]
    first = [next(r for r in drawn.rows if r.fits(values)) for values in product(*tried)]
    return {NEEDS[r.outcome] for r in first}


@settings(max_examples=200, deadline=None)
@given(tables())
def test_every_cell_equals_trying_all_values_of_what_is_unknown(drawn):
    worked: Enumerated = drawn.enumerate()
    for values in product(*(i.options for i in drawn.inputs)):
        facts = {i.name: v for i, v in zip(drawn.inputs, values, strict=True)}
        needs = needs_by_trying(drawn, facts)
        answer = worked.look_up(facts)
        assert answer.need == (needs.pop() if len(needs) == 1 else "ask")


@settings(max_examples=200, deadline=None)
@given(tables())
def test_giving_a_missing_fact_can_change_the_need_and_others_cannot(drawn):
    worked = drawn.enumerate()
    for values in product(*(i.options for i in drawn.inputs)):
        facts = {i.name: v for i, v in zip(drawn.inputs, values, strict=True)}
        answer = worked.look_up(facts)
        assert set(answer.missing) <= {name for name, value in facts.items() if value == UNKNOWN}
        assert bool(answer.missing) <= (answer.need == "ask")
        if not answer.missing:
            assert len(needs_by_trying(drawn, facts)) == 1
