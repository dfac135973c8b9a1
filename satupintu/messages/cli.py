"""The command that delivers waiting messages once, for cron and for looking; and the check of their texts."""

import json
from pathlib import Path

import click

from satupintu.catalogue.reading.files import Problem


@click.command()
@click.option("--most", default=100, show_default=True, type=click.IntRange(1), help="Paling banyak sekian pesan.")
@click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")
def deliver(most: int, as_json: bool) -> None:
    """Kirim pesan yang sudah waktunya, sekali, lalu selesai. `satupintu worker` melakukannya terus.

    \b
    satupintu deliver
    satupintu deliver --most 10 --json
    """
    import django

    django.setup()
    from satupintu.messages.delivery import deliver_due

    ended = deliver_due(most)
    if as_json:
        click.echo(json.dumps({"tried": ended.total(), "states": dict(sorted(ended.items()))}))
    else:
        words = ", ".join(f"{state} {count}" for state, count in sorted(ended.items()))
        click.echo(f"{ended.total()} pesan dicoba" + (f": {words}." if words else "."))


def check_texts(folder: Path, catalogue: object) -> list[Problem]:
    """What is wrong with the messages of our data and of a folder whose files win."""
    from satupintu.catalogue.reading.files import DataError
    from satupintu.messages import texts

    try:
        texts.read([folder])
    except DataError as error:
        return list(error.problems)
    return []


commands = [deliver]
data_checks = [check_texts]
