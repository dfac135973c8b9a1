"""Reading the plans of markets from ``data/markets/``, ours and a deployment's, whose file wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files, Problem
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.licensing.rules.stall_plan import StallPlan, plan_flaws

PLANS = "markets/*/plan.yaml"


@lru_cache(maxsize=1)
def plans() -> Mapping[str, StallPlan]:
    """The checked plan of each market that has one, by the market's code. Raises DataError with every problem."""
    found, problems = checked([catalogue.deployment_folder()], catalogue.catalogue())
    if problems:
        raise DataError(problems)
    return found


def checked(
    folders: Iterable[Path], law: Catalogue | None, own: Path = OWN_FOLDER
) -> tuple[dict[str, StallPlan], list[Problem]]:
    """The plans and what is wrong with them; without a usable law, sources are not looked up."""
    files, found = Files((own, *folders)), {}
    for name in files.names(PLANS):
        plan = files.record(StallPlan, name)
        if plan is None:
            continue
        for flaw in plan_flaws(plan):
            files.complain(name, *flaw)
        for source in plan.source.split(";"):
            if law is not None and source.strip() not in law.sources:
                files.complain(
                    name, "source", f"sumber '{source}' tidak ada di sources.yaml", "kunci dari sources.yaml"
                )
        found[Path(name).parent.name] = plan
    return found, files.problems
