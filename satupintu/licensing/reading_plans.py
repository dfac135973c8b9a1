"""Reading plans of markets from ``data/markets/``, ours and a deployment's, whose file wins; and official boundaries.

A boundary is only there where a deployment imported an official file (``satupintu markets import-area``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files, Problem
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.licensing.rules.areas import Ring
from satupintu.licensing.rules.stall_plan import StallPlan, plan_flaws

PLANS, AREA = "markets/*/plan.yaml", "area.json"


@dataclass(frozen=True, slots=True)
class Area:
    """An official boundary: its rings, where it was published, and the day it was imported (ISO)."""

    rings: tuple[Ring, ...]
    source: str
    imported_on: str


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


@lru_cache(maxsize=1)
def areas() -> Mapping[str, Area]:
    """The official boundaries that this deployment imported, by market code."""
    found = {}
    for path in sorted((catalogue.deployment_folder() / "markets").glob(f"*/{AREA}")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        rings = tuple(tuple((lon, lat) for lon, lat in ring) for ring in kept["rings"])
        found[path.parent.name] = Area(rings, kept["source"], kept["imported_on"])
    return found


def keep_area(code: str, rings: Iterable[Ring], source: str, imported_on: str) -> Path:
    """Write a boundary into the deployment's own folder; returns the file. A running server reads it at its start."""
    path = catalogue.deployment_folder() / "markets" / code / AREA
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"source": source, "imported_on": imported_on, "rings": [list(map(list, ring)) for ring in rings]}
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(kept), encoding="utf-8")
    beside.replace(path)
    areas.cache_clear()
    return path
