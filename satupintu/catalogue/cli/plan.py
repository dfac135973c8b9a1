"""The command that answers: which papers, why, by which article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from satupintu.catalogue.cli.parts import AS_JSON, ON, refuse, usable_catalogue
from satupintu.catalogue.cli.tables import plan_table, table_options
from satupintu.catalogue.rules.as_json import plan_as_json
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.rules.facts import UnusableFact
from satupintu.catalogue.rules.plan import BeforeTheCatalogue, Plan, make_plan
from satupintu.catalogue.rules.wording import notes, why, words

NEED_WORDS = {"now": "PERLU SEKARANG", "ask": "TANYA PETUGAS", "later": "NANTI", "not_needed": "TIDAK PERLU"}


@click.group("plan", invoke_without_command=True)
@click.option("--kbli", help="Kode KBLI 5 angka.")
@click.option("--kbli-version", default="2020", show_default=True, help="2020 atau 2025.")
@click.option("--place", help="cart, street_stall, market_stall, kiosk, home, online atau unknown.")
@click.option("--scale", help="micro, small, medium atau large.")
@click.option("--capital", help="Modal usaha dalam rupiah, tanpa tanah dan bangunan.")
@click.option("--sales", help="Penjualan setahun dalam rupiah.")
@click.option("--region", help="Kode wilayah, misalnya 32.75.11.1004.")
@click.option("--fact", "facts", multiple=True, metavar="NAMA=NILAI", help="Fakta lain, boleh berulang.")
@click.option("--facts", "list_facts", is_flag=True, help="Tampilkan semua fakta dan nilainya.")
@table_options
@ON
@AS_JSON
@click.pass_context
def plan(
    context: click.Context,
    /,
    on: date,
    as_json: bool,
    facts: tuple[str, ...],
    list_facts: bool,
    table: Path | None,
    out: Path | None,
    engine: str,
    engine_url: str | None,
    **given: str | None,
) -> None:
    """Surat apa yang perlu, kenapa, dan menurut pasal mana.

    \b
    satupintu plan --kbli 56104 --place cart
    satupintu plan --kbli 56104 --place cart --on 2022-12-03 --json
    satupintu plan --kbli 10794 --place home --fact product_form=dry_packed
    satupintu plan --facts
    satupintu plan --table usaha.csv --out rencana.parquet --on 2026-11-24
    """
    if context.invoked_subcommand:
        return
    if table is not None:
        plan_table(table, out, on, engine, engine_url)
        return
    catalogue = usable_catalogue()
    if list_facts:
        _say_facts(catalogue, as_json)
        return
    known = {name: value for name, value in given.items() if value is not None} | _pairs(facts)
    try:
        answer = make_plan(catalogue, known, on)
    except (UnusableFact, BeforeTheCatalogue) as error:
        refuse(str(error))
    if as_json:
        click.echo(json.dumps(plan_as_json(catalogue, answer, known), ensure_ascii=False))
    else:
        _say_plan(catalogue, answer, known)


def _pairs(facts: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for fact in facts:
        name, sign, value = fact.partition("=")
        if not sign:
            raise click.UsageError(f"--fact {fact} tanpa tanda sama dengan. Tulis seperti --fact non_halal=yes.")
        pairs[name.strip()] = value.strip()
    return pairs


def _say_facts(catalogue: Catalogue, as_json: bool) -> None:
    listed: list[dict[str, Any]] = [
        {"name": f.name, "values": [*f.values, "unknown"], "default": f.default, "derived": f.derived, "title": f.title}
        for f in catalogue.facts.values()
    ]
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return
    for fact in listed:
        default = f" (bawaan {fact['default']})" if fact["default"] else ""
        click.echo(f"{fact['name']}: {', '.join(fact['values'])}{default}. {fact['title']}")


def _say_plan(catalogue: Catalogue, answer: Plan, given: Mapping[str, str]) -> None:
    for note in notes(answer, given):
        click.echo(note)
    for need, heading in NEED_WORDS.items():
        papers = answer.needing(need)
        if papers:
            click.echo(f"\n{heading}")
        for paper in papers:
            click.echo(f"  {words(paper.licence.header, 'title', 'id')} [{', '.join(paper.basis)}; {paper.confidence}]")
            click.echo(f"    {' '.join(why(catalogue, paper).text.split())}")
    if answer.documents:
        click.echo("\nBAWA")
        for bring in answer.documents:
            click.echo(f"  {catalogue.documents[bring.code].title} ({', '.join(bring.papers)})")
