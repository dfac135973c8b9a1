"""Every read of the catalogue that other rooms, pages and commands may use."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno

from satupintu.catalogue.reading import read
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.rules.plan import Plan, make_plan

CITY_TIME = ZoneInfo("Asia/Jakarta")


def deployment_folder() -> Path:
    """The folder of a deployment whose files win over ours: ``SATUPINTU_DATA``, else ``data`` in its home."""
    home = Path(os.environ.get("SATUPINTU_HOME", "var"))
    return Path(os.environ.get("SATUPINTU_DATA", home / "data"))


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


def suggest(text: str, version: str = "2020", limit: int = 5) -> list[Any]:
    """Codes for market words, best first, each with the words that decided; an empty list if nothing fits."""
    from satupintu.catalogue.rules.search import suggest as suggest_codes

    return suggest_codes(_word_index(version), text, limit)


def qr_svg(address: str) -> str:
    """A QR code as SVG markup without inline style, for pages and print (quiet zone of 4 modules)."""
    code = segno.make_qr(address, error="m")
    return str(code.svg_inline(scale=4, border=4, svgclass="qr", lineclass=None, omitsize=True))


@lru_cache(maxsize=2)
def _word_index(version: str) -> Any:
    from satupintu.catalogue.rules.search import build

    known = catalogue()
    files = known.words.files
    titles = [(code.version, code.code, code.title) for code in known.codes.values() if code.version == version]
    return build(
        files.get("goods", ()),
        files.get("classes", ()),
        files.get("verbs", ()),
        files.get("places", ()),
        files.get("spellings", ()),
        titles,
    )
