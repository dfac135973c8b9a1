"""What all commands of the catalogue share: a usable catalogue, a day, and saying why something cannot be used."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import date, datetime
from typing import NoReturn

import click

from satupintu.catalogue.reading import DataError
from satupintu.catalogue.rules.entries import Catalogue


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


def operator() -> str:
    """Who runs the command: the name of the account, or its number where it has none, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


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
