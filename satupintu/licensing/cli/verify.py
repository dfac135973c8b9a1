"""The command that says whether a certificate is valid, from files alone."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click

INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)


def a_day(_: click.Context, __: click.Parameter, value: str | None) -> date:
    """An ISO day from the command line; today in the city if none is given."""
    if value is None:
        from satupintu.catalogue.queries import today

        return today()
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError as error:
        raise click.BadParameter(f"'{value}' bukan tanggal. Tulis seperti 2026-11-24.") from error


@click.command("verify")
@click.argument("payload", metavar="PAYLOAD_OR_URL")
@click.option("--keys", type=INPUT, help="Kunci umum yang diterbitkan (JSON).")
@click.option("--revocations", type=INPUT, help="Daftar pencabutan bertanda tangan.")
@click.option("--at", callback=a_day, metavar="TANGGAL", help="Berlaku pada hari itu (bawaan: hari ini).")
@click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")
def verify(payload: str, keys: Path | None, revocations: Path | None, at: date, as_json: bool) -> None:
    """Apakah surat ini sah: isi QR atau tautannya, tanpa jaringan.

    \b
    satupintu verify https://kota.example/cek/#53892... --keys kunci.json
    satupintu verify 53892... --keys kunci.json --revocations cabut.cose --at 2026-11-24 --json

    Tanpa --keys tidak ada surat yang bisa dipercaya. Tanpa --revocations pencabutan tidak diperiksa.
    Keluar dengan 0 kalau surat aktif, dengan 1 kalau tidak.
    """
    from satupintu.kernel.seal import verdicts
    from satupintu.licensing.reading import UnusableFile, read_published_keys, read_revocations
    from satupintu.licensing.rules.verdict_wording import list_as_json, sentences

    try:
        known = read_published_keys(keys) if keys else {}
        listed = read_revocations(revocations, known) if revocations else None
    except UnusableFile as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    verdict = verdicts.verify(payload, known, listed, at=at)
    if as_json:
        told = {**verdicts.verdict_as_json(verdict), "at": at.isoformat(), "revocations": list_as_json(listed, at)}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo("\n".join(sentences(verdict, listed, at)))
    if not known:
        click.echo("Belum ada kunci untuk memeriksa. Beri berkas kunci dengan --keys.", err=True)
    sys.exit(0 if verdict.valid else 1)
