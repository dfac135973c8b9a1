"""The command that proves the audit chains."""

import json
import sys

import click


@click.command("verify-audit")
@click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")
def verify_audit(as_json: bool) -> None:
    """Buktikan semua rantai catatan; sebut catatan pertama yang rusak.

    \b
    satupintu verify-audit
    satupintu verify-audit --json
    """
    import django

    django.setup()
    from satupintu.audit import queries

    walk = queries.walk()
    broken, chains = walk.breaks, queries.size()
    if as_json:
        listed = [{"chain": b.chain, "number": b.number, "what": b.what} for b in broken]
        told = {"valid": not broken, "chains": chains, "breaks": listed, "compared": walk.compared}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for b in broken:
            click.echo(f"Rantai {b.chain}, catatan {b.number}: {b.what}.", err=True)
        if not broken:
            click.echo(f"Utuh: {len(chains)} rantai, {sum(chains.values())} catatan.")
            click.echo(f"Dibandingkan dengan pemeriksaan pada {walk.compared} hari sebelumnya.")
    sys.exit(1 if broken else 0)


commands = [verify_audit]
