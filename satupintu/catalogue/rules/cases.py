"""Running the worked cases that stand beside the data: what a jurist writes, without Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from satupintu.catalogue.rules.entries import Case, Catalogue, Licence, PlanCase
from satupintu.catalogue.rules.facts import UnusableFact
from satupintu.catalogue.rules.plan import BeforeTheCatalogue, Paper, Plan, make_plan

# What a case may expect of a paper, and of a plan.
OF_A_PAPER = ("need", "outcome", "basis", "confidence", "missing")
OF_A_PLAN = ("needs", "missing")


@dataclass(frozen=True)
class Miss:
    """A case that came out differently or cannot be run, or a row no case decides: where, and what is wrong."""

    file: str
    where: str
    what: str


def all_misses(catalogue: Catalogue) -> Iterator[Miss]:
    """Everything wrong with the worked cases of the whole catalogue; none is what must come out."""
    for licence in catalogue.licences.values():
        for case in licence.cases:
            yield from paper_case_misses(catalogue, licence, case)
        yield from undecided_rows(catalogue, licence)
    for plan_case in catalogue.plan_cases:
        yield from plan_case_misses(catalogue, plan_case)


def paper_case_misses(catalogue: Catalogue, licence: Licence, case: Case) -> Iterator[Miss]:
    """What one paper's case expected and did not get."""
    file = f"licences/{licence.code}/cases.yaml"
    plan = _run(catalogue, case)
    if isinstance(plan, str):
        yield Miss(file, case.name, plan)
        return
    yield from _unusable(file, case, case.expect, OF_A_PAPER)
    for name in OF_A_PAPER:
        got, expected = getattr(plan.paper(licence.code), name), case.expect.get(name)
        if expected is not None and got != expected:
            yield Miss(file, case.name, f"{name}: {_say(got)}, bukan {_say(expected)}")


def plan_case_misses(catalogue: Catalogue, case: PlanCase) -> Iterator[Miss]:
    """What one whole-plan case expected and did not get."""
    file = "cases/*.yaml"
    plan = _run(catalogue, case)
    if isinstance(plan, str):
        yield Miss(file, case.name, plan)
        return
    yield from _unusable(file, case, case.expect, OF_A_PLAN)
    named = {code for name in OF_A_PLAN for code in case.expect.get(name, {})}
    for code in sorted(named - set(catalogue.licences)):
        yield Miss(file, case.name, f"surat '{code}' tidak ada. Pilih salah satu: {', '.join(catalogue.licences)}")
    for paper in plan.papers:
        need, missing = (case.expect.get(name, {}).get(paper.code) for name in OF_A_PLAN)
        if need is not None and paper.need != need:
            yield Miss(file, case.name, f"{paper.code}: {paper.need}, bukan {_say(need)}")
        if missing is not None and paper.missing != missing:
            yield Miss(file, case.name, f"{paper.code} kurang: {_say(paper.missing)}, bukan {_say(missing)}")


def undecided_rows(catalogue: Catalogue, licence: Licence) -> Iterator[Miss]:
    """The rows of a paper's tables that no case of its folder decides alone."""
    decided = {key for case in licence.cases for key in _decided(catalogue, licence, case)}
    for version in licence.versions:
        for row in version.table.rows:
            if (version.file, row.line) not in decided:
                yield Miss(version.file, f"baris {row.line}", "tidak ada kasus yang diputus baris ini")


def _run(catalogue: Catalogue, case: Case | PlanCase) -> Plan | str:
    """The plan of a case, or why there is none."""
    try:
        return make_plan(catalogue, case.given, case.on)
    except (UnusableFact, BeforeTheCatalogue) as error:
        return str(error).removesuffix(".")


def _unusable(file: str, case: Case | PlanCase, expect: Iterable[str], allowed: tuple[str, ...]) -> Iterator[Miss]:
    """A case that expects nothing, or something that is not compared, could never fail."""
    for name in expect:
        if name not in allowed:
            yield Miss(file, case.name, f"'{name}' tidak bisa dibandingkan. Pilih salah satu: {', '.join(allowed)}")
    if not list(expect):
        yield Miss(file, case.name, f"tidak mengharapkan apa pun. Isi expect dengan {' atau '.join(allowed)}")


def _decided(catalogue: Catalogue, licence: Licence, case: Case) -> Iterator[tuple[str, int]]:
    plan = _run(catalogue, case)
    if isinstance(plan, str):
        return
    paper: Paper = plan.paper(licence.code)
    if len(paper.lines) == 1:
        yield paper.table_file, paper.lines[0]


def _say(value: object) -> str:
    return ", ".join(value) or "(kosong)" if isinstance(value, tuple) else str(value)
