"""`satupintu erase-expired`: what was kept long enough is erased; meant to run once a day."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click


@click.command("erase-expired")
@click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")
def erase_expired(as_json: bool) -> None:
    """Hapus berkas yang lewat batas simpan dan tabel yang tidak jadi dimasukkan.

    \b
    satupintu erase-expired
    """
    import django

    django.setup()
    from satupintu.audit.rules import SYSTEM
    from satupintu.registry import actions

    erased = actions.erase_expired(by=SYSTEM, at=datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(asdict(erased)))
        return
    click.echo(f"{erased.documents} berkas dan {erased.tables} tabel dihapus.")
    if erased.people_due:
        click.echo(f"{erased.people_due} orang lewat batas simpan. Putuskan satu per satu di halamannya.")
