"""`satupintu check-data`: every data file of the house, ours and the city's.

The law is the catalogue's. A room that keeps other files in data has in its `cli` a list `data_checks`: functions
that take the folder whose files win and the catalogue (None while the law itself cannot be used) and return what is
wrong.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import click

from satupintu.catalogue.reading.files import Problem
from satupintu.catalogue.rules.entries import Catalogue

Check: TypeAlias = Callable[[Path, Catalogue | None], list[Problem]]


def check_command(rooms: list[ModuleType]) -> click.Command:
    """The command `check-data` with the checks that the rooms bring."""
    checks: list[Check] = [check for room in rooms for check in getattr(room, "data_checks", [])]

    @click.command("check-data")
    @click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
    @click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")
    def check_data(folder: Path | None, as_json: bool) -> None:
        """Periksa semua berkas data: hukum dengan kasusnya, layanan, pesan, persetujuan, hambatan, dan batas simpan.

        \b
        satupintu check-data                    (bawaan dan folder data kota ini)
        satupintu check-data /srv/kota/data     (berkas di situ menang atas bawaan)
        """
        from satupintu.catalogue import queries
        from satupintu.catalogue.cli.check import check_law, counted

        folder = folder or queries.deployment_folder()
        catalogue, problems = check_law(folder)
        problems += [problem for check in checks for problem in check(folder, catalogue)]
        if as_json:
            told = {"valid": not problems, "problems": [asdict(problem) for problem in problems]}
            click.echo(json.dumps(told, ensure_ascii=False))
        elif problems or catalogue is None:
            _say(problems)
        else:
            click.echo(f"Baik: {counted(catalogue)}.")
        sys.exit(1 if problems else 0)

    return check_data


def _say(problems: list[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"{len(problems)} masalah. Perbaiki, lalu jalankan lagi.", err=True)
