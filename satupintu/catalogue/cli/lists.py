"""Commands about codes and regions: suggest, import."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from satupintu.catalogue.cli.parts import AS_JSON, operator, refuse, usable_catalogue
from satupintu.catalogue.reading import DataError

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("kbli")
def kbli() -> None:
    """Kode jenis usaha: cari dengan kata pasar, atau impor daftar resmi.

    \b
    satupintu kbli suggest "jual cilok keliling" --json
    satupintu kbli import kbli2020.csv --version 2020
    """


@kbli.command("suggest")
@click.argument("query")
@click.option("--version", default="2020", show_default=True, type=click.Choice(["2020", "2025"]), help="Versi KBLI.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 50), help="Paling banyak berapa saran.")
@AS_JSON
def suggest(query: str, version: str, limit: int, as_json: bool) -> None:
    """Kode yang cocok untuk kata sehari-hari.

    \b
    satupintu kbli suggest "pecel lele tenda"
    satupintu kbli suggest "baju anak" --version 2025 --limit 3 --json
    """
    from satupintu.catalogue import queries

    usable_catalogue()
    found = queries.suggest(query, version=version, limit=limit)
    listed = [
        {"version": s.version, "code": s.code, "title": s.title, "score": s.score, "because": s.because} for s in found
    ]
    if as_json:
        click.echo(json.dumps({"query": query, "suggestions": listed}, ensure_ascii=False))
        return
    for s in listed:
        click.echo(f"KBLI {s['version']} {s['code']}  {s['title']}  (karena {s['because']}; {s['score']:.2f})")
    if not listed:
        click.echo("Tidak ada kode yang cocok. Coba kata lain, misalnya nama barangnya saja.", err=True)


@kbli.command("import")
@FILE
@click.option("--version", required=True, help="Versi KBLI daftar itu: 2020 atau 2025.")
@click.option("--code-column", default="", help="Nama kolom kode, kalau bukan 'code' atau 'kode'.")
@click.option("--title-column", default="", help="Nama kolom judul, kalau bukan 'title' atau 'judul'.")
@AS_JSON
def import_(file: Path, version: str, code_column: str, title_column: str, as_json: bool) -> None:
    """Impor daftar KBLI resmi (CSV, XLSX, JSON) ke folder data kota ini.

    \b
    satupintu kbli import kbli2020.csv --version 2020
    satupintu kbli import kbli.xlsx --version 2025 --code-column "Kode KBLI" --title-column Judul
    """
    from satupintu.catalogue import actions, queries

    columns = {"code": code_column, "title": title_column}
    now = datetime.now(queries.CITY_TIME)
    try:
        rows = actions.import_kbli(file=file, version=version, columns=columns, by=operator(), at=now)
    except DataError as error:
        refuse(*map(str, error.problems))
    _say_imported(rows, f"kode KBLI {version}", as_json)


@click.group("regions")
def regions() -> None:
    """Wilayah: impor daftar resmi kecamatan dan kelurahan."""


@regions.command("import")
@FILE
@click.option("--code-column", default="", help="Nama kolom kode wilayah.")
@click.option("--name-column", default="", help="Nama kolom nama wilayah.")
@AS_JSON
def import_regions(file: Path, code_column: str, name_column: str, as_json: bool) -> None:
    """Impor daftar wilayah dengan kode Kepmendagri ke folder data kota ini.

    \b
    satupintu regions import wilayah.csv
    """
    from satupintu.catalogue import actions, queries

    columns = {"code": code_column, "title": name_column}
    now = datetime.now(queries.CITY_TIME)
    try:
        rows = actions.import_regions(file=file, columns=columns, by=operator(), at=now)
    except DataError as error:
        refuse(*map(str, error.problems))
    _say_imported(rows, "wilayah", as_json)


def _say_imported(rows: int, what: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"imported": rows}))
    else:
        click.echo(f"{rows} {what} diimpor.")
