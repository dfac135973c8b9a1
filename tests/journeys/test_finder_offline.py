"""The finder on a phone without a network: the same rules, the same answers, the same pages."""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from satupintu.catalogue.queries import catalogue
from satupintu.catalogue.rules.facts import UnusableFact
from satupintu.catalogue.rules.finder import walk
from satupintu.catalogue.rules.plan import BeforeTheCatalogue, Plan, make_plan

SEED = 2411
Request = tuple[dict[str, str], date]

IN_THE_BROWSER = """async (requests) => {
  const { read, plan } = await import("/static/catalogue/rules.js");
  const data = read(await (await fetch("/cek-izin/tabel.json")).json());
  const term = (one) => one && [one.rupiah, one.text];
  return requests.map(([given, on]) => {
    let made;
    try { made = plan(data, given, on); } catch (error) { return error.name; }
    const { facts } = made;
    return {
      values: facts.values, assumed: facts.assumed, confidence: facts.confidence,
      scale_from: facts.scaleFrom, code: facts.code ? facts.code.title : null,
      papers: made.papers.map((one) => [one.code, one.need, one.outcome, one.basis, one.confidence, one.missing,
        one.file, one.lines, term(one.cost), term(one.time), term(one.validity)]),
      documents: made.documents.map((one) => [one.code, one.papers]),
      steps: made.steps.map((one) => [one.code, one.after]),
    };
  });
}"""


def in_python(request: Request) -> Any:
    """What the server's rules say, in the shape of the browser's answer."""
    try:
        plan = make_plan(catalogue(), *request)
    except (UnusableFact, BeforeTheCatalogue):
        return "RangeError"
    return json.loads(json.dumps(_shape(plan)))


def _shape(plan: Plan) -> dict[str, Any]:
    def term(one: Any) -> Any:
        return one and [one.rupiah, one.text]

    facts = plan.facts
    return {
        "values": facts.values,
        "assumed": facts.assumed,
        "confidence": facts.confidence,
        "scale_from": facts.scale_from,
        "code": facts.code and facts.code.title,
        "papers": [
            (p.code, p.need, p.outcome, p.basis, p.confidence, p.missing, p.table_file, p.lines)
            + (term(p.cost), term(p.time), term(p.validity))
            for p in plan.papers
        ],
        "documents": [(bring.code, bring.papers) for bring in plan.documents],
        "steps": [(step.paper.code, step.after) for step in plan.steps],
    }


def worked_cases() -> list[Request]:
    """Every worked case of every paper and of whole plans."""
    known = catalogue()
    papers = [case for licence in known.licences.values() for case in licence.cases]
    return [(case.given, case.on) for case in (*papers, *known.plan_cases)]


def days() -> list[date]:
    """Every day a table begins and the day before, and the days of the cases."""
    begins = {version.valid_from for licence in catalogue().licences.values() for version in licence.versions}
    return sorted(begins | {date.fromordinal(day.toordinal() - 1) for day in begins} | {on for _, on in worked_cases()})


def random_requests(count: int) -> Iterator[Request]:
    """Given facts of every kind: both versions, known and unknown values, amounts, now and then nonsense."""
    known, dice, possible_days = catalogue(), random.Random(SEED), days()
    codes = [*known.codes, ("2020", "99999"), ("2025", "99999"), ("2020", "1234")]
    amounts = ["0", "Rp 500.000.000", "500000001", "5_000_000_000", "25000000000", "unknown", "", "1,5", "-3"]
    for _ in range(count):
        given = {}
        if dice.random() < 0.85:
            given["kbli_version"], given["kbli"] = dice.choice(codes)
        for fact in known.facts.values():
            if dice.random() < (0.1 if fact.derived else 0.6):
                given[fact.name] = dice.choice([*fact.values, "unknown", ""])
        for name in ("capital", "sales"):
            if dice.random() < 0.4:
                given[name] = dice.choice(amounts) if dice.random() < 0.5 else str(dice.randrange(10**11))
        if dice.random() < 0.02:
            given[dice.choice(["place", "warna"])] = "biru"
        yield given, dice.choice(possible_days)


def compare(page: Page, site: str, requests: list[Request]) -> list[tuple[Request, Any, Any]]:
    """The requests for which browser and server differ, with both answers."""
    page.goto(f"{site}/gaya/")
    answers = page.evaluate(IN_THE_BROWSER, [[given, on.isoformat()] for given, on in requests])
    wanted = [in_python(request) for request in requests]
    assert len(answers) == len(requests)
    return [(*triple,) for triple in zip(requests, answers, wanted, strict=True) if triple[1] != triple[2]]


def test_every_worked_case_comes_out_the_same_in_the_browser(page: Page, site: str):
    cases = worked_cases()
    assert len(cases) > 100
    assert compare(page, site, [*cases, *((given, on) for given, _ in cases[::7] for on in days())])[:1] == []


def test_thousands_of_seeded_vendors_come_out_the_same_in_the_browser(page: Page, site: str):
    requests = list(random_requests(3000))
    refused = sum(1 for request in requests if in_python(request) == "RangeError")
    assert 50 < refused < 2000
    assert compare(page, site, requests)[:1] == []
