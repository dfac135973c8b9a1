"""Every read of the catalogue that other rooms, pages and commands may use."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from satupintu.catalogue.reading import read
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.rules.plan import Plan, make_plan
from satupintu.catalogue.rules.search import Index, Suggestion, build
from satupintu.catalogue.rules.search import suggest as suggest_codes

CITY_TIME = ZoneInfo("Asia/Jakarta")


def deployment_folder() -> Path:
    """The folder of a deployment whose files win over ours: ``SATUPINTU_DATA``, else ``data`` in its home."""
    home = Path(os.environ.get("SATUPINTU_HOME") or "var")
    return Path(os.environ.get("SATUPINTU_DATA") or home / "data")


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The checked catalogue, read once per process. Raises DataError with every problem found."""
    return read([deployment_folder()])


def ready() -> int:
    """How many papers the catalogue knows; raises DataError while it may not be used."""
    return len(catalogue().licences)


def today() -> date:
    """The day in the city's time zone, by whose law a question is answered unless another day is named."""
    return datetime.now(CITY_TIME).date()


def plan_for(given: Mapping[str, str], on: date | None = None) -> Plan:
    """The plan of papers for a business. Raises UnusableFact or BeforeTheCatalogue with a sentence to show."""
    return make_plan(catalogue(), given, on or today())


def suggest(text: str, version: str = "2020", limit: int = 5) -> list[Suggestion]:
    """Codes for market words, best first, each with the words that decided; an empty list if nothing fits."""
    return suggest_codes(word_index(), text, limit, version)


@lru_cache(maxsize=1)
def word_index() -> Index:
    """The market words, the official titles and our pairing of both versions, ready to be searched."""
    known = catalogue()
    titles = [(code.version, code.code, code.title) for code in known.codes.values()]
    pairing = [(p.code_2020, p.code_2025) for p in known.pairings if p.code_2025]
    return build(known.words.files, titles, pairing)
