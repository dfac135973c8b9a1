"""The command `satupintu`: mounts the commands of every room.

A room that has commands keeps them in its `cli` module, in a list called `commands`. What it adds to
`satupintu demo` it keeps in a list called `demo_parts`; see `satupintu.config.cli.demo`. What it keeps in data it
checks in a list called `data_checks`; see `satupintu.config.cli.check`.
Importing a room's `cli` must stay cheap: heavy imports belong inside the command.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from satupintu.config.cli.backup import backup, restore
from satupintu.config.cli.check import check_command
from satupintu.config.cli.demo import demo_command
from satupintu.config.cli.serve import migrate, serve, worker
from satupintu.config.cli.start import known_problem


def room_modules() -> list[ModuleType]:
    """The `cli` module of every room that has one, in the order of the rooms' names."""
    package = Path(__file__).parents[2]
    files = [*package.glob("*/cli.py"), *package.glob("*/cli/__init__.py")]
    rooms = sorted({path.relative_to(package).parts[0] for path in files} - {"config"})
    return [import_module(f"satupintu.{room}.cli") for room in rooms]


def build() -> click.Group:
    """The whole command with what the rooms bring."""

    @click.group(epilog="Each command shows examples: satupintu COMMAND --help")
    @click.version_option(package_name="satupintu")
    def satupintu() -> None:
        """SatuPintu: one door to a business licence.

        \b
        satupintu migrate && satupintu serve
        satupintu plan --kbli 56104 --place cart --json
        satupintu backup /safe/place/today.tar.gz
        """

    rooms = room_modules()
    for command in (serve, worker, migrate, demo_command(rooms), check_command(rooms), backup, restore):
        satupintu.add_command(command)
    for room in rooms:
        for command in getattr(room, "commands", []):
            satupintu.add_command(command)
    return satupintu


def main() -> None:
    """Run the command line; a problem we know is one sentence and exit 1, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satupintu.config.settings")  # for the rooms' commands
    try:
        build().main(prog_name="satupintu")
    except Exception as error:
        sentence = known_problem(error)
        if sentence is None:
            raise
        click.echo(f"Error: {sentence}", err=True)
        sys.exit(1)
