"""The commands for whole tables: every business of a file, what a change of law does, and a city to try with."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from satupintu.catalogue.cli.parts import AS_JSON, a_day, refuse, usable_catalogue
from satupintu.catalogue.reading import DataError, read
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.rules.plan import BeforeTheCatalogue

INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ENGINES = click.Choice(["numpy", "duckdb", "polars", "postgresql", "spark"])
STEPS = 1000


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which `satupintu plan` answers for a whole table."""
    for option in (
        click.option("--engine-url", metavar="ALAMAT", help="Basis data PostgreSQL, atau master Spark."),
        click.option("--engine", default="numpy", show_default=True, type=ENGINES, help="Mesin hitung."),
        click.option("--out", type=OUTPUT, help="Berkas hasil, .csv atau .parquet."),
        click.option("--table", type=INPUT, help="Tabel usaha, .csv atau .parquet."),
    ):
        command = option(command)
    return command


def plan_table(table: Path, out: Path | None, on: date, engine: str, url: str | None) -> None:
    """Answer for every business of a table and write the file; one sentence and exit 1 for a bad row."""
    from satupintu.catalogue.rules.bulk import DayTables
    from satupintu.catalogue.tables import TableFile
    from satupintu.catalogue.tables.plans import write_plans

    if out is None:
        raise click.UsageError("--table butuh --out. Tulis seperti --out rencana.parquet.")
    catalogue = usable_catalogue()
    with _or_refused():
        businesses, tables = TableFile(table, catalogue), DayTables(catalogue, on)
        with _progress("Menghitung") as progress:
            rows = write_plans(businesses, tables, out, engine=engine, url=url, progress=progress)
    click.echo(f"{rows} usaha, {len(tables.papers)} surat, menurut hukum {on}: {out}", err=True)


@click.command("diff")
@click.option("--table", required=True, type=INPUT, help="Tabel usaha, .csv atau .parquet.")
@click.option("--from", "day_from", metavar="TANGGAL", help="Hari sebelum perubahan.")
@click.option("--to", "day_to", metavar="TANGGAL", help="Hari sesudah perubahan.")
@click.option("--data-from", type=FOLDER, help="Folder data hukum sebelum perubahan.")
@click.option("--data-to", type=FOLDER, help="Folder data hukum sesudah perubahan.")
@click.option("--out", type=OUTPUT, help="Daftar perubahan, .csv atau .parquet.")
@click.option("--summary", type=OUTPUT, multiple=True, help="Ringkasan untuk dibaca, .md atau .pdf; boleh berulang.")
@click.option("--title", default="Apa yang berubah", show_default=True, help="Judul ringkasan.")
@click.option("--note", "notes", multiple=True, help="Kalimat tentang tabelnya, untuk ringkasan; boleh berulang.")
@AS_JSON
@click.pass_context
def diff(
    context: click.Context,
    table: Path,
    day_from: str | None,
    day_to: str | None,
    data_from: Path | None,
    data_to: Path | None,
    out: Path | None,
    summary: tuple[Path, ...],
    title: str,
    notes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Apa yang berubah kalau hukum berubah: siapa, surat apa, di mana.

    \b
    satupintu plan diff --table usaha.csv --from 2025-06-04 --to 2025-06-05 --out berubah.csv --json
    satupintu plan diff --table usaha.csv --data-from lama --data-to baru --out berubah.csv
    satupintu plan diff --table usaha.csv --from 2026-10-17 --to 2026-10-18 --summary halal.pdf

    Yang perlu dihubungi: baris daftar dengan change selain basis_only.
    """
    if not (day_from or day_to or data_from or data_to):
        raise click.UsageError("sebut dua hari (--from, --to) atau dua folder (--data-from, --data-to).")
    if not (out or as_json or summary):
        raise click.UsageError("sebut --out untuk daftarnya, --json untuk jumlahnya, atau --summary untuk ringkasan.")
    if any(path.suffix not in (".md", ".pdf") for path in summary):
        raise click.UsageError("--summary berakhir .md atau .pdf.")
    from satupintu.catalogue.rules.bulk import DayTables
    from satupintu.catalogue.tables import TableFile
    from satupintu.catalogue.tables.comparing import tally_as_json, write_changes
    from satupintu.catalogue.tables.summary import Told, write_summary
    from satupintu.catalogue.tables.summary import summary as summarise

    # A day left out is the other one: two folders are compared on one day.
    first, last = (a_day(context, context.command.params[0], day) for day in (day_from or day_to, day_to or day_from))
    with _or_refused():
        before = DayTables(_catalogue(data_from), first)
        after = DayTables(_catalogue(data_to), last)
        businesses = TableFile(table, before.catalogue)
        with _progress("Membandingkan") as progress:
            tally = write_changes(businesses, before, after, out, progress)
    for path in summary:
        write_summary(path, summarise(tally, before, after, Told(title, notes)))
    if as_json:
        sides = {"from": _side(first, data_from), "to": _side(last, data_to)}
        click.echo(json.dumps(sides | tally_as_json(tally), ensure_ascii=False))
    else:
        written = ", ".join(str(path) for path in (out, *summary) if path)
        click.echo(f"{tally.contact} dari {tally.businesses} usaha perlu dihubungi: {written}", err=True)


def _side(day: date, folder: Path | None) -> dict[str, str | None]:
    return {"on": day.isoformat(), "data": str(folder) if folder else None}


def _catalogue(folder: Path | None) -> Catalogue:
    return usable_catalogue() if folder is None else read([folder])


@click.command("city")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Angka awal: sama, hasil sama.")
@click.option("--rows", type=click.IntRange(1), help="Banyaknya usaha (bawaan: 203000).")
@click.option("--out", type=OUTPUT, help="Berkas hasil, .csv atau .parquet.")
def city(seed: int, rows: int | None, out: Path | None) -> None:
    """Tulis kota buatan untuk mencoba; bukan data orang.

    \b
    satupintu demo --city --seed 1 --out kota.parquet
    """
    from satupintu.catalogue import queries
    from satupintu.catalogue.rules.city import City
    from satupintu.catalogue.tables.city import city_shape, write_city

    if out is None:
        raise click.UsageError("--city butuh --out. Tulis seperti --out kota.parquet.")
    catalogue = usable_catalogue()
    with _or_refused():
        shape = city_shape([queries.deployment_folder()])
        count = rows or shape.known.enterprises.value
        with _progress("Menulis kota") as progress:
            write_city(City(shape, catalogue, seed), count, out, progress)
    click.echo(f"{count} usaha buatan: {out}", err=True)


@contextmanager
def _or_refused() -> Iterator[None]:
    """Say what cannot be used in one sentence and end with exit code 1."""
    from satupintu.catalogue.tables import UnusableTable

    try:
        yield
    except DataError as error:
        refuse(*map(str, error.problems))
    except (UnusableTable, BeforeTheCatalogue) as error:
        refuse(str(error))


@contextmanager
def _progress(label: str) -> Iterator[Callable[[float], None]]:
    """A bar on standard error while somebody watches; calls say how much is done (0..1)."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=STEPS, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield lambda done: bar.update(max(0, round(done * STEPS) - bar.pos))
