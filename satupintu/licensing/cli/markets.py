"""The command that takes an official boundary of a market in; nothing about places is ever made up here."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click


@click.group("markets")
def markets() -> None:
    """Tempat berjualan: batas resmi dari berkas kota.

    \b
    satupintu markets import-area batas.geojson --source "SK Wali Kota, data.bekasikota.go.id"
    """


@markets.command("import-area")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="BERKAS")
@click.option("--source", required=True, help="Siapa menerbitkan berkas ini, dan di mana.")
@click.option("--market", default="", metavar="KODE", help="Kode pasar, untuk berkas dengan satu bidang.")
@click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")
def import_area(file: Path, source: str, market: str, as_json: bool) -> None:
    """Simpan batas resmi pasar dari GeoJSON ke folder data kota.

    \b
    satupintu markets import-area batas.geojson --source "SK Wali Kota 2026"
    satupintu markets import-area satu.geojson --market pasar-kaget --source "Dinas Tata Ruang"

    Tiap bidang menyebut pasarnya di properti "market". Jalankan ulang server sesudahnya.
    """
    import django

    django.setup()
    from satupintu.catalogue import queries as catalogue
    from satupintu.licensing.queries.capturing import markets_in
    from satupintu.licensing.reading_plans import keep_area
    from satupintu.licensing.rules.areas import UnusableArea, read_areas

    if not source.strip():
        raise click.UsageError("Sumbernya kosong. Tulis siapa menerbitkan berkas ini.")
    try:
        found = read_areas(file.read_text(encoding="utf-8-sig"), market)
    except UnicodeDecodeError as error:
        _fail(f"{file}, byte {error.start}: bukan teks UTF-8. Simpan ulang sebagai GeoJSON.")
    except UnusableArea as error:
        _fail(f"{file}: {error}")
    known = dict(markets_in(""))
    if unknown := sorted(set(found) - set(known)):
        _fail(f"{file}: pasar '{unknown[0]}' belum tercatat. Tambah pasarnya dulu, atau betulkan kodenya.")
    day = catalogue.today().isoformat()
    kept = {code: str(keep_area(code, rings, source.strip(), day)) for code, rings in found.items()}
    if as_json:
        click.echo(json.dumps({"areas": kept, "source": source.strip(), "imported_on": day}, ensure_ascii=False))
        return
    for code, path in kept.items():
        click.echo(f"{known[code]}: batas disimpan di {path}.")
    click.echo("Jalankan ulang server supaya batasnya tampil.")


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
