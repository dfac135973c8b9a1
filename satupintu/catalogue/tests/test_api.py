"""The catalogue as JSON says the same as the rules, and refuses in problem details."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from satupintu.catalogue.queries.core import catalogue as served_catalogue
from satupintu.catalogue.queries.core import plan_for, suggest, today
from satupintu.catalogue.rules.as_json import plan_as_json

OURS = served_catalogue()


def ask(client: Client, path: str, **query: Any) -> Any:
    response = client.get(f"/api/v1/{path}?{urlencode(query, doseq=True)}")
    assert (response.status_code, response["Content-Type"].split(";")[0]) == (200, "application/json")
    return response.json()


def refusal(client: Client, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(f"/api/v1/{path}?{urlencode(query, doseq=True)}")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    return response.json()


@pytest.mark.parametrize("case", OURS.plan_cases[:12], ids=lambda case: case.name)
def test_plan_is_the_plan_of_the_rules_for_every_kind_of_vendor(client: Client, case) -> None:
    named = {k: v for k, v in case.given.items() if k in ("kbli", "kbli_version", "place", "scale", "capital", "sales")}
    others = [f"{name}={value}" for name, value in case.given.items() if name not in named]
    told = ask(client, "plan", **named, fact=others, on=case.on.isoformat())
    expected = plan_as_json(OURS, plan_for(case.given, case.on), case.given)
    assert told["papers"] == expected["papers"]
    assert (told["documents"], told["steps"], told["on"]) == (
        expected["documents"], expected["steps"], case.on.isoformat(),
    )  # fmt: skip


def test_plan_without_anything_known_lists_every_paper_by_the_law_of_today(client: Client) -> None:
    told = ask(client, "plan")
    assert told["on"] == today().isoformat()
    assert sorted(paper["code"] for paper in told["papers"]) == sorted(OURS.licences)


def test_plan_speaks_english_when_asked(client: Client) -> None:
    papers = {paper["code"]: paper for paper in ask(client, "plan", kbli="56104", language="en")["papers"]}
    assert papers["nib"]["title"] == "NIB (business identification number)"
    assert {paper["why_language"] for paper in papers.values()} == {"en"}


def test_plan_of_a_day_before_the_catalogue_is_a_problem_with_the_first_day(client: Client) -> None:
    told = refusal(client, "plan", kbli="56104", on="2021-02-01")["detail"]
    assert told == "Tanggal 2021-02-01 terlalu awal. Katalog ini mulai 2021-02-02. Pilih tanggal sesudahnya."


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ({"place": "bulan"}, "place=bulan tidak dikenal. Pilih salah satu: "
         "cart, street_stall, market_stall, kiosk, home, online, unknown."),
        ({"fact": "zone"}, "fact 'zone' tanpa tanda sama dengan. Tulis seperti fixed_spot=yes."),
        ({"fact": "sales=1.5"}, "sales=1.5 tidak dikenal. Tulis angka rupiah bulat, misalnya 5000000."),
    ],
)  # fmt: skip
def test_a_value_outside_its_list_is_a_problem_in_its_own_sentence(
    client: Client, query: dict[str, str], detail: str
) -> None:
    assert refusal(client, "plan", **query)["detail"] == detail


@pytest.mark.parametrize("query", [{"kbli": "5610"}, {"kbli_version": "2009"}, {"sales": "-1"}, {"on": "kemarin"}])
def test_a_malformed_value_names_its_place(client: Client, query: dict[str, str]) -> None:
    assert [fault["where"] for fault in refusal(client, "plan", **query)["errors"]] == [f"query.{next(iter(query))}"]


def test_suggestions_are_those_of_the_word_search(client: Client) -> None:
    told = ask(client, "kbli/suggest", q="pecel lele tenda", limit=3)
    expected = [(s.version, s.code, s.because) for s in suggest("pecel lele tenda", limit=3)]
    assert told["query"] == "pecel lele tenda"
    assert [(s["version"], s["code"], s["because"]) for s in told["suggestions"]] == expected
    assert expected[0][:2] == ("2020", "56103")


@pytest.mark.parametrize("query", [{"q": ""}, {}, {"q": "cilok", "limit": 0}, {"q": "cilok", "version": "2009"}])
def test_a_search_that_cannot_be_made_is_a_problem(client: Client, query: dict[str, Any]) -> None:
    assert refusal(client, "kbli/suggest", **query)["status"] == 422


def test_facts_are_the_closed_lists(client: Client) -> None:
    told = {fact["name"]: fact for fact in ask(client, "facts")}
    assert list(told) == list(OURS.facts)
    assert told["zone"]["values"] == ["binaan", "green", "red"]
