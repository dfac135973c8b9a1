"""Running the worked cases that stand beside the data: what a jurist writes, without Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from satupintu.catalogue.rules.entries import Case, Catalogue, Licence, PlanCase
from satupintu.catalogue.rules.plan import Paper, make_plan


@dataclass(frozen=True)
class Miss:
    """A case that came out differently, or a row no case decides: where, and what is wrong."""

    file: str
    where: str
    what: str


def paper_case_misses(catalogue: Catalogue, licence: Licence, case: Case) -> Iterator[Miss]:
    """What one paper's case expected and did not get."""
    paper = make_plan(catalogue, case.given, case.on).paper(licence.code)
    for name, expected in case.expect.items():
        got = getattr(paper, name)
        if got != expected:
            yield Miss(f"licences/{licence.code}/cases.yaml", case.name, f"{name}: {_say(got)}, bukan {_say(expected)}")


def plan_case_misses(catalogue: Catalogue, case: PlanCase) -> Iterator[Miss]:
    """What one whole-plan case expected and did not get."""
    plan = make_plan(catalogue, case.given, case.on)
    for code, need in case.expect.get("needs", {}).items():
        if plan.paper(code).need != need:
            yield Miss("cases", case.name, f"{code}: {plan.paper(code).need}, bukan {need}")
    for code, missing in case.expect.get("missing", {}).items():
        if plan.paper(code).missing != missing:
            yield Miss("cases", case.name, f"{code} kurang: {_say(plan.paper(code).missing)}, bukan {_say(missing)}")


def undecided_rows(catalogue: Catalogue, licence: Licence) -> Iterator[Miss]:
    """The rows of a paper's tables that no case of its folder decides alone."""
    decided = {key for case in licence.cases for key in _decided(catalogue, licence, case)}
    for version in licence.versions:
        for row in version.table.rows:
            if (version.file, row.line) not in decided:
                yield Miss(version.file, f"baris {row.line}", "tidak ada kasus yang diputus baris ini")


def _decided(catalogue: Catalogue, licence: Licence, case: Case) -> Iterator[tuple[str, int]]:
    paper: Paper = make_plan(catalogue, case.given, case.on).paper(licence.code)
    if len(paper.lines) == 1:
        yield paper.table_file, paper.lines[0]


def all_misses(catalogue: Catalogue) -> Iterator[Miss]:
    """Everything wrong with the worked cases of the whole catalogue; none is what must come out."""
    for licence in catalogue.licences.values():
        for case in licence.cases:
            yield from paper_case_misses(catalogue, licence, case)
        yield from undecided_rows(catalogue, licence)
    for plan_case in catalogue.plan_cases:
        yield from plan_case_misses(catalogue, plan_case)


def _say(value: object) -> str:
    return ", ".join(value) or "(kosong)" if isinstance(value, tuple) else str(value)
