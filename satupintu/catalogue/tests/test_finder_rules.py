"""The way through the finder: never more than 7 questions, an end for everybody, no harm from stale answers."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.catalogue.queries.core import catalogue as served_catalogue
from satupintu.catalogue.queries.plans import what_if
from satupintu.catalogue.rules.entries import FinderQuestion
from satupintu.catalogue.rules.finder import (
    MOST_QUESTIONS,
    allowed_answers,
    answer_name,
    possible_changes,
    shown_options,
    walk,
)
from satupintu.catalogue.rules.plan import make_plan
from satupintu.kernel.decision import UNKNOWN

OURS = served_catalogue()
TODAY = date(2026, 11, 24)
# One code for every way a code can steer the questions: activity, food, both unknown, the other version.
CODES = {
    (code.activity, code.food): f"{code.version}-{code.code}" for code in OURS.codes.values() if code.version == "2020"
}
KINDS_OF_CODE = (*CODES.values(), "2025-56102", "2025-47811", UNKNOWN)
NAMES = [answer_name(question) for question in OURS.finder]
TICKS = [option.fact for question in OURS.finder for option in question.options if option.fact]


def choices(question: FinderQuestion) -> tuple[str, ...]:
    if question.kind == "search":
        return KINDS_OF_CODE
    return ("1", UNKNOWN) if question.kind == "ticks" else allowed_answers(question)


def every_path(answers: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """All ways to answer from here to the end, ticks left out."""
    question = walk(OURS, answers, TODAY).current
    if question is None:
        yield dict(answers)
        return
    for choice in choices(question):
        yield from every_path({**answers, answer_name(question): choice})


def asked(answers: Mapping[str, str]) -> list[str]:
    return [question.id for question in walk(OURS, answers, TODAY).answered]


@pytest.fixture(scope="module")
def paths() -> list[dict[str, str]]:
    # The size in rupiah steers no question, so two sizes stand for all.
    return [path for path in every_path({}) if path["sales"] in ("250000000", UNKNOWN)]


def test_no_path_asks_more_than_7_questions_and_one_asks_7(paths: list[dict[str, str]]) -> None:
    assert len(paths) > 500
    assert max(len(asked(path)) for path in paths) == MOST_QUESTIONS == 7


def test_every_path_begins_with_what_is_sold_and_ends_with_the_ticks(paths: list[dict[str, str]]) -> None:
    assert {(asked(path)[0], asked(path)[1], asked(path)[-1]) for path in paths} == {("jual", "place", "extras")}


def test_every_path_ends_in_a_plan_with_every_paper(paths: list[dict[str, str]]) -> None:
    for path in paths:
        made = make_plan(OURS, walk(OURS, path, TODAY).given, TODAY)
        assert len(made.papers) == len(OURS.licences)
        assert made.paper("nib").need == "now"


def test_not_knowing_anything_still_ends_in_a_plan() -> None:
    answers: dict[str, str] = {}
    for _ in range(MOST_QUESTIONS):
        question = walk(OURS, answers, TODAY).current
        if question is None:
            break
        assert question.unknown, question.id
        answers[answer_name(question)] = UNKNOWN
    here = walk(OURS, answers, TODAY)
    assert here.current is None
    assert here.given == {}
    assert make_plan(OURS, here.given, TODAY).paper("nib").need == "now"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"kbli": "2020-56104", "place": "cart", "fixed_spot": "yes"}, "zone"),
        ({"kbli": "2020-56104", "place": "cart", "fixed_spot": "no"}, "sales"),
        ({"kbli": "2020-47832", "place": "market_stall", "managed": "yes"}, "sales"),
        ({"kbli": "2020-47832", "place": "market_stall", "managed": "no"}, "zone"),
        ({"kbli": "2020-47832", "place": "kiosk", "managed": "no"}, "sales"),
        ({"kbli": "2020-10794", "place": "home"}, "product_form"),
        ({"kbli": "2020-14120", "place": "home"}, "sales"),
        ({"kbli": "2020-47912", "place": "online"}, "sales"),
        ({"kbli": "2020-56104", "place": "unknown"}, "sales"),
        ({}, "jual"),
    ],
)
def test_the_next_question_is_the_one_that_matters(answers: dict[str, str], expected: str) -> None:
    current = walk(OURS, answers, TODAY).current
    assert current is not None
    assert current.id == expected


def test_a_stale_answer_does_no_harm() -> None:
    moved = {"kbli": "2020-56104", "place": "home", "fixed_spot": "yes", "zone": "red", "managed": "yes",
             "product_form": "chilled_frozen", "sales": UNKNOWN, "extras": "1"}  # fmt: skip
    fresh = {name: moved[name] for name in ("kbli", "place", "sales", "extras")}
    stale, clean = walk(OURS, moved, TODAY), walk(OURS, fresh, TODAY)
    assert (stale.given, stale.answered, stale.current) == (clean.given, clean.answered, None)


def test_a_tick_that_is_not_shown_cannot_be_set() -> None:
    answers = {"kbli": "2020-47832", "place": "online", "sales": UNKNOWN, "extras": "1", "non_halal": "yes"}
    assert "non_halal" not in walk(OURS, answers, TODAY).given


def test_an_empty_tick_list_means_no_and_not_knowing_means_the_assumption() -> None:
    answers = {"kbli": "2020-56104", "place": "home", "sales": UNKNOWN}
    sent = walk(OURS, {**answers, "extras": "1", "loan": "yes"}, TODAY).given
    assert {name: sent[name] for name in TICKS} == {**dict.fromkeys(TICKS, "no"), "loan": "yes"}
    assert not set(walk(OURS, {**answers, "extras": UNKNOWN}, TODAY).given) & set(TICKS)


def test_changing_an_answer_asks_that_question_again_with_those_before_it_kept() -> None:
    answers = {"kbli": "2020-56104", "place": "cart", "fixed_spot": "no", "sales": UNKNOWN, "extras": "1"}
    here = walk(OURS, answers, TODAY, change="place")
    assert here.current is not None and here.previous is not None
    assert (here.current.id, here.previous.id, here.number) == ("place", "jual", 2)
    assert here.given == {"kbli_version": "2020", "kbli": "56104"}


def test_a_change_to_a_question_that_is_not_on_the_path_changes_nothing() -> None:
    answers = {"kbli": "2020-56104", "place": "home", "sales": UNKNOWN, "extras": "1"}
    assert walk(OURS, answers, TODAY, change="zone").current is None


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*NAMES, *TICKS]), st.text(max_size=6) | st.sampled_from(["yes", UNKNOWN])))
def test_only_answers_on_the_path_are_given(said: dict[str, str]) -> None:
    allowed = {q.id: set(choices(q)) for q in OURS.finder}
    kept = {name: value for name, value in said.items() if name in TICKS or value in allowed[_id_of(name)]}
    here = walk(OURS, kept, TODAY)
    names = {q.fact or "" for q in here.answered} | {"kbli_version"} | set(TICKS)
    assert set(here.given) <= names
    make_plan(OURS, here.given, TODAY)


def _id_of(name: str) -> str:
    return next(q.id for q in OURS.finder if answer_name(q) == name)


def test_what_if_offers_no_change_that_is_already_so_and_shows_what_would_differ() -> None:
    said = {"kbli": "56104", "place": "cart", "fixed_spot": "yes", "zone": "green", "sales": "250000000"}
    made = make_plan(OURS, said, TODAY)
    entries = {entry["change"].id: entry["papers"] for entry in what_if(said, made)}
    assert list(entries) == ["kiosk", "market", "binaan", "catering", "packed", "bigger", "loan", "sign", "hire"]
    moved = {paper["view"]["paper"].code: (paper["before"], paper["after"]) for paper in entries["kiosk"]}
    assert moved == {"tdu_pkl": ("now", "not_needed"), "skb": ("now", "not_needed"), "sku": ("now", "not_needed"),
                     "kkpr": ("now", "ask")}  # fmt: skip
    assert entries["hire"] == []
    market = {"kbli": "47832", "place": "market_stall", "managed": "yes"}
    [kiosk] = [e for e in what_if(market, make_plan(OURS, market, TODAY)) if e["change"].id == "kiosk"]
    moved = {paper["view"]["paper"].code: (paper["before"], paper["after"]) for paper in kiosk["papers"]}
    assert moved == {"kkpr": ("not_needed", "ask")}, "the manager of the market does not come along"
    ids = {change.id for change in possible_changes(OURS, {**made.facts.values, "place": "kiosk", "sign": "yes"})}
    assert not ids & {"kiosk", "sign"}


def test_the_non_halal_tick_is_shown_for_food_only() -> None:
    ticks = next(question for question in OURS.finder if question.kind == "ticks")
    shown = {food: [o.fact for o in shown_options(ticks, {"food": food})] for food in ("yes", "no", UNKNOWN)}
    assert "non_halal" in shown["yes"]
    assert "non_halal" not in shown["no"] + shown[UNKNOWN]
