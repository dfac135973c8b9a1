"""`satupintu demo --people`: a made-up crowd to measure with."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

STEPS = 1000


@click.command("people")
@click.option("--count", default=203_000, show_default=True, type=click.IntRange(1), help="Banyaknya orang buatan.")
@click.option("--people-seed", default=1, show_default=True, type=click.IntRange(0), help="Angka awal.")
def people(count: int, people_seed: int) -> None:
    """Isi daftar orang dan usaha buatan untuk mengukur.

    \b
    satupintu demo --people --count 203000
    """
    import django

    django.setup()
    from satupintu.audit.rules import SYSTEM
    from satupintu.registry import actions

    hidden = not sys.stderr.isatty()
    with click.progressbar(length=STEPS, label="Mengisi", file=sys.stderr, hidden=hidden) as bar:
        new = actions.fill(
            people=count,
            seed=people_seed,
            progress=lambda done: bar.update(max(0, round(done * STEPS) - bar.pos)),
            by=SYSTEM,
            at=datetime.now(UTC),
        )
    click.echo(f"{new} orang buatan ditambahkan.", err=True)
