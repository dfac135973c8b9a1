"""The command that checks the law files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from satupintu.catalogue.cli.parts import AS_JSON
from satupintu.catalogue.reading import DataError, read
from satupintu.catalogue.reading.files import Problem
from satupintu.catalogue.rules.cases import all_misses
from satupintu.catalogue.rules.entries import Catalogue


@click.command("check-data")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@AS_JSON
def check_data(folder: Path | None, as_json: bool) -> None:
    """Periksa semua berkas hukum dan semua kasusnya.

    \b
    satupintu check-data                    (bawaan dan folder data kota ini)
    satupintu check-data /srv/kota/data     (berkas di situ menang atas bawaan)
    """
    from satupintu.catalogue import queries

    try:
        catalogue = read([folder or queries.deployment_folder()])
        problems = [{"file": m.file, "where": m.where, "what": m.what, "expected": ""} for m in all_misses(catalogue)]
    except DataError as error:
        catalogue = None
        problems = [{"file": p.file, "where": p.where, "what": p.what, "expected": p.expected} for p in error.problems]
    if as_json:
        click.echo(json.dumps({"valid": not problems, "problems": problems}, ensure_ascii=False))
    else:
        _say_problems(catalogue, problems)
    sys.exit(1 if problems else 0)


def _say_problems(catalogue: Catalogue | None, problems: list[dict[str, str]]) -> None:
    for problem in problems:
        click.echo(str(Problem(**problem)), err=True)
    if problems:
        click.echo(f"{len(problems)} masalah. Perbaiki, lalu jalankan lagi.", err=True)
    elif catalogue:
        rows = sum(len(v.table.rows) for licence in catalogue.licences.values() for v in licence.versions)
        cases = sum(len(licence.cases) for licence in catalogue.licences.values()) + len(catalogue.plan_cases)
        click.echo(
            f"Baik: {len(catalogue.licences)} surat, {rows} baris keputusan, {cases} kasus, "
            f"{len(catalogue.laws)} peraturan, {len(catalogue.codes)} kode KBLI."
        )
