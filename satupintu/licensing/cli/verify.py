"""The command that says whether a certificate is valid: from files alone, or by its typed code from the register."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from satupintu.kernel.seal.revocations import RevocationList
    from satupintu.kernel.seal.verdicts import Verdict

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
    """Apakah surat ini sah: isi QR atau tautannya tanpa jaringan, atau kode 7 tanda dari basis data.

    \b
    satupintu verify https://kota.example/cek/#53892... --keys kunci.json
    satupintu verify 53892... --keys kunci.json --revocations cabut.cose --at 2026-11-24 --json
    satupintu verify 7K2-94HT

    Tanpa --keys tidak ada isi QR yang bisa dipercaya. Tanpa --revocations pencabutan tidak diperiksa.
    Keluar dengan 0 kalau surat aktif, dengan 1 kalau tidak.
    """
    from satupintu.kernel.seal import verdicts
    from satupintu.kernel.seal.typed_codes import number_of, typed_code
    from satupintu.licensing.reading import UnusableFile, read_published_keys, read_revocations

    number = number_of(payload)
    if number is not None:
        _tell_from_register(typed_code(number), at, as_json)
    try:
        known = read_published_keys(keys) if keys else {}
        listed = read_revocations(revocations, known) if revocations else None
    except UnusableFile as error:
        _give_up(str(error))
    verdict = verdicts.verify(payload, known, listed, at=at)
    _tell(verdict, listed, at, as_json)
    if not known:
        click.echo("Belum ada kunci untuk memeriksa. Beri berkas kunci dengan --keys.", err=True)
    sys.exit(0 if verdict.valid else 1)


def _tell_from_register(code: str, at: date, as_json: bool) -> NoReturn:
    """Answer from the register of this deployment and end the command."""
    verdict = _in_register(code, at)
    if verdict is None:
        _give_up(
            f"Kode {code} dicek di basis data, dan di sini tidak ada yang bisa dibaca. "
            "Jalankan di server, atau beri isi QR dengan --keys."
        )
    _tell(verdict, None, at, as_json, from_register=True)
    sys.exit(0 if verdict.valid else 1)


def _in_register(code: str, at: date) -> Verdict | None:
    """What the register says; None where there is none, or one of another release."""
    import django

    django.setup()
    from django.db import Error, connection

    from satupintu.licensing.queries.checking import verdict_on

    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return None
    try:
        return verdict_on(code, at)
    except Error:
        return None


def _tell(
    verdict: Verdict, listed: RevocationList | None, at: date, as_json: bool, *, from_register: bool = False
) -> None:
    from satupintu.kernel.seal.verdicts import verdict_as_json
    from satupintu.licensing.rules.verdict_wording import list_as_json, sentences

    if as_json:
        told = {**verdict_as_json(verdict), "at": at.isoformat(), "revocations": list_as_json(listed, at)}
        click.echo(json.dumps({**told, "register": from_register}, ensure_ascii=False))
    else:
        click.echo("\n".join(sentences(verdict, listed, at, from_register=from_register)))


def _give_up(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
