"""The command that reads a published table against its own number of people."""

from __future__ import annotations

from pathlib import Path

import click

from satupintu.outreach.cli.parts import AS_JSON, INPUT, as_text, or_refused


@click.command("check-table")
@click.argument("table", type=INPUT)
@click.option("--n", required=True, type=click.IntRange(1, 1_000_000), help="Banyaknya orang menurut laporan.")
@AS_JSON
def check_table(table: Path, n: int, as_json: bool) -> None:
    """Apa yang pasti dan apa yang tidak dari tabel tercetak, kalau N orang menjawab.

    \b
    satupintu check-table tabel.csv --n 20
    satupintu check-table tabel.csv --n 20 --json

    Kolom: kind (percent atau mean), label, before, after, value, decimals, scale_min, scale_max. Kolom items boleh ada:
    banyaknya butir yang dirata-rata per orang. Angka yang mustahil adalah hasil, bukan kesalahan.
    """
    from satupintu.outreach.reading.printed_tables import read_table
    from satupintu.outreach.rules.printed_tables import check_table as checked
    from satupintu.outreach.rules.table_wording import sentences
    from satupintu.outreach.rules.tables_as_json import table_as_json

    with or_refused():
        percents, means = read_table(table)
    found = checked(percents, means, n)
    click.echo(as_text(table_as_json(found)) if as_json else "\n".join(sentences(found)))
