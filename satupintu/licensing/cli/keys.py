"""The commands about the keys that sign certificates and revocation lists."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from satupintu.licensing.keys import StoredKey


@click.group("keys")
def keys() -> None:
    """Kunci yang menandatangani surat dan daftar pencabutan.

    \b
    satupintu keys list
    satupintu keys new
    satupintu keys retire 1a2b3c4d
    """


@keys.command("new")
@click.option(
    "--purpose",
    type=click.Choice(["certificates", "revocations"]),
    default="certificates",
    show_default=True,
    help="Untuk surat, atau untuk daftar pencabutan.",
)
def new(purpose: str) -> None:
    """Buat kunci baru; mulai sekarang kunci ini yang dipakai. Kunci lama tetap diterbitkan.

    \b
    satupintu keys new
    satupintu keys new --purpose revocations
    """
    _start()
    from django.utils import timezone

    from satupintu.audit.rules import SYSTEM
    from satupintu.licensing.actions.keys import make_key

    made = make_key(purpose=purpose, by=SYSTEM, at=timezone.now())
    click.echo(f"{made.name} dibuat untuk {purpose}. Cadangkan sekarang dengan satupintu backup.")


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")
def listed(as_json: bool) -> None:
    """Sebut semua kunci, yang tertua dulu. Bagian rahasianya tidak pernah ditulis.

    \b
    satupintu keys list
    satupintu keys list --json
    """
    _start()
    from satupintu.licensing.keys import stored_keys

    rows = [_row(key) for key in stored_keys()]
    if as_json:
        click.echo(json.dumps({"keys": rows}, ensure_ascii=False))
    elif not rows:
        click.echo("Belum ada kunci. Kunci dibuat sendiri saat surat pertama terbit, atau dengan satupintu keys new.")
    else:
        click.echo("\n".join(_sentence(row) for row in rows))


@keys.command("retire")
@click.argument("key_id", metavar="KUNCI")
@click.option("--stolen", is_flag=True, help="Bagian rahasianya bocor: semua tanda tangannya tidak berlaku lagi.")
def retire(key_id: str, stolen: bool) -> None:
    """Hentikan kunci. Surat yang sudah ditandatanganinya tetap sah, kecuali dengan --stolen.

    \b
    satupintu keys retire 1a2b3c4d
    satupintu keys retire 1a2b3c4d --stolen
    """
    _start()
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils import timezone

    from satupintu.audit.rules import SYSTEM
    from satupintu.licensing.actions.keys import retire_key
    from satupintu.licensing.actions.publishing import publish_revocations

    at = timezone.now()
    try:
        with transaction.atomic():
            retired = retire_key(key_id=key_id, stolen=stolen, by=SYSTEM, at=at)
            publish_revocations(by=SYSTEM, at=at)  # under a key that is still good
    except ValidationError as error:
        click.echo(" ".join(error.messages), err=True)
        sys.exit(1)
    click.echo(f"{retired.name} dihentikan. Kunci berikutnya dibuat sendiri saat diperlukan.")
    if stolen and "certificates" in retired.published.purposes:
        click.echo("Surat yang ditandatangani kunci ini tidak dipercaya lagi: terbitkan ulang.")


def _start() -> None:
    import django

    django.setup()


def _row(key: StoredKey) -> dict[str, Any]:
    published = key.published
    return {
        "kid": key.name,
        "purposes": sorted(published.purposes),
        "valid_from": published.valid_from.isoformat(),
        "valid_until": published.valid_until.isoformat() if published.valid_until else None,
        "revoked_on": published.revoked_on.isoformat() if published.revoked_on else None,
    }


def _sentence(row: dict[str, Any]) -> str:
    if row["revoked_on"]:
        state = f"bocor, dicabut {row['revoked_on']}"
    elif row["valid_until"]:
        state = f"dihentikan {row['valid_until']}"
    else:
        state = "dipakai"
    return f"{row['kid']}  {', '.join(row['purposes'])}  sejak {row['valid_from']}  {state}"
