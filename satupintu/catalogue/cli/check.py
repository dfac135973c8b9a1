"""Checking the law files; `satupintu check-data` adds what the other rooms keep in data."""

from __future__ import annotations

from pathlib import Path

from satupintu.catalogue.reading import DataError, read
from satupintu.catalogue.reading.files import Problem
from satupintu.catalogue.rules.cases import all_misses
from satupintu.catalogue.rules.entries import Catalogue


def check_law(folder: Path) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue of our data and of a folder whose files win, and all that is wrong with it and its cases.

    None when the files cannot be used at all.
    """
    try:
        catalogue = read([folder])
    except DataError as error:
        return None, list(error.problems)
    return catalogue, [Problem(miss.file, miss.where, miss.what) for miss in all_misses(catalogue)]


def counted(catalogue: Catalogue) -> str:
    """How much there is, in one line."""
    rows = sum(len(v.table.rows) for licence in catalogue.licences.values() for v in licence.versions)
    cases = sum(len(licence.cases) for licence in catalogue.licences.values()) + len(catalogue.plan_cases)
    return (
        f"{len(catalogue.licences)} surat, {rows} baris keputusan, {cases} kasus, "
        f"{len(catalogue.laws)} peraturan, {len(catalogue.codes)} kode KBLI"
    )
