"""The commands about demo accounts."""

from __future__ import annotations

from collections.abc import Iterator

import click


@click.command("code")
@click.argument("user")
def code(user: str) -> None:
    """Print the current code of a demo account's authenticator app.

    \b
    satupintu demo code admin-01
    """
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satupintu.config.settings")
    django.setup()
    from satupintu.accounts.queries.demo import demo_code

    found = demo_code(user)
    if found is None:
        raise click.ClickException(f"{user} is no demo account with a second factor; `satupintu demo` lists them.")
    click.echo(found)


def demo_notes() -> Iterator[str]:
    """How to sign in as each demo account."""
    from satupintu.accounts.queries.demo import demo_sign_ins

    sign_ins = demo_sign_ins()
    widths = [max(len(cell) for cell in column) for column in zip(*sign_ins, strict=True)]
    for row in sign_ins:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


demo_commands = [code]
