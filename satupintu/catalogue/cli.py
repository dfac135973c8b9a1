"""Commands about the law as data. None of them needs a database or a server."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from satupintu.catalogue.reading import DataError, read
from satupintu.catalogue.rules.as_json import plan_as_json
from satupintu.catalogue.rules.cases import all_misses
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.rules.facts import UnusableFact
from satupintu.catalogue.rules.plan import BeforeTheCatalogue, Plan, make_plan
from satupintu.catalogue.rules.wording import why, words

NEED_WORDS = {"now": "PERLU SEKARANG", "ask": "TANYA PETUGAS", "later": "NANTI", "not_needed": "TIDAK PERLU"}


def usable_catalogue() -> Catalogue:
    """The catalogue, or an end with every problem on standard error and exit code 1."""
    from satupintu.catalogue import queries

    try:
        return queries.catalogue()
    except DataError as error:
        refuse(*map(str, error.problems))


def refuse(*sentences: str) -> NoReturn:
    """Say on standard error why the input cannot be used and end with exit code 1."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(1)


def a_day(_: click.Context, __: click.Parameter, value: str | None) -> date:
    """An ISO day from the command line; today in the city if none is given."""
    from satupintu.catalogue import queries

    if value is None:
        return queries.today()
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError as error:
        raise click.BadParameter(f"'{value}' bukan tanggal. Tulis seperti 2026-11-24.") from error


ON = click.option("--on", callback=a_day, metavar="TANGGAL", help="Menurut hukum hari itu (bawaan: hari ini).")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")


@click.command("check-data")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@AS_JSON
def check_data(folder: Path | None, as_json: bool) -> None:
    """Periksa semua berkas hukum dan semua kasusnya.

    \b
    satupintu check-data
    satupintu check-data /srv/kota/data     (berkas di situ menang atas bawaan)
    """
    try:
        catalogue = read([folder] if folder else [])
        problems = [{"file": m.file, "where": m.where, "what": m.what, "expected": ""} for m in all_misses(catalogue)]
    except DataError as error:
        catalogue = None
        problems = [{"file": p.file, "where": p.where, "what": p.what, "expected": p.expected} for p in error.problems]
    if as_json:
        click.echo(json.dumps({"valid": not problems, "problems": problems}, ensure_ascii=False))
    else:
        _say_problems(catalogue, problems)
    sys.exit(1 if problems else 0)


def _say_problems(catalogue: Catalogue | None, problems: list[dict[str, str]]) -> None:
    for problem in problems:
        expected = f" Seharusnya: {problem['expected']}." if problem["expected"] else ""
        click.echo(f"{problem['file']}, {problem['where']}: {problem['what']}.{expected}", err=True)
    if problems:
        click.echo(f"{len(problems)} masalah. Perbaiki, lalu jalankan lagi.", err=True)
    elif catalogue:
        rows = sum(len(v.table.rows) for licence in catalogue.licences.values() for v in licence.versions)
        cases = sum(len(licence.cases) for licence in catalogue.licences.values()) + len(catalogue.plan_cases)
        click.echo(
            f"Baik: {len(catalogue.licences)} surat, {rows} baris keputusan, {cases} kasus, "
            f"{len(catalogue.laws)} peraturan, {len(catalogue.codes)} kode KBLI."
        )


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
@ON
@AS_JSON
@click.pass_context
def plan(
    context: click.Context, on: date, as_json: bool, facts: tuple[str, ...], list_facts: bool, **given: str | None
) -> None:
    """Surat apa yang perlu, kenapa, dan menurut pasal mana.

    \b
    satupintu plan --kbli 56104 --place cart
    satupintu plan --kbli 56104 --place cart --on 2022-12-03 --json
    satupintu plan --kbli 10794 --place home --fact product_form=dry_packed
    satupintu plan --facts
    """
    if context.invoked_subcommand:
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
        _say_plan(catalogue, answer)


def _pairs(facts: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for fact in facts:
        name, sign, value = fact.partition("=")
        if not sign:
            raise click.UsageError(f"--fact {fact} tanpa tanda sama dengan. Tulis seperti --fact non_halal=yes.")
        pairs[name.strip()] = value.strip()
    return pairs


def _say_facts(catalogue: Catalogue, as_json: bool) -> None:
    listed = [
        {"name": f.name, "values": [*f.values, "unknown"], "default": f.default, "derived": f.derived, "title": f.title}
        for f in catalogue.facts.values()
    ]
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return
    for fact in listed:
        default = f" (bawaan {fact['default']})" if fact["default"] else ""
        click.echo(f"{fact['name']}: {', '.join(fact['values'])}{default}. {fact['title']}")


def _say_plan(catalogue: Catalogue, answer: Plan) -> None:
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


commands = [plan, check_data]
