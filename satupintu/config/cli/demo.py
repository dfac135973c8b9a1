"""`satupintu demo`: each room's own demo data.

A room takes part in two ways. Its `actions` may have `demo(*, by, at)`, which fills the database and
may be repeated. Its `cli` may have `demo_parts`, a list of click commands: `satupintu demo --NAME`
runs the part NAME instead, with the part's own options (`satupintu demo --city --seed 1 --out FILE`).
Its `cli` may also have `demo_commands`, commands below `satupintu demo`, and `demo_notes`, a function whose
lines are printed when the database is filled: how to sign in.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import click

from satupintu.config.cli.start import start_django

ABOUT_OTHERS = ("licensing",)  # their demo is about the vendors and accounts of other rooms, so it comes last
Notes: TypeAlias = Callable[[], Iterable[str]]


class Demo(click.Group):
    """`demo` with a flag for each part, read by the part itself, and the small commands that rooms add."""

    def __init__(self, parts: dict[str, click.Command], commands: list[click.Command], notes: list[Notes]) -> None:
        self.parts, self.notes = parts, notes
        super().__init__(
            name="demo",
            commands=commands,
            callback=self.fill,
            invoke_without_command=True,
            help="Fill the database with invented demo data; repeating adds nothing twice.\n\n\b\nsatupintu demo"
            + "".join(f"\nsatupintu demo --{name} ..." for name in parts),
        )

    def fill(self) -> None:
        """Fill the database and print what the rooms have to tell, unless a command was named."""
        if click.get_current_context().invoked_subcommand:
            return
        fill_database()
        for notes in self.notes:
            for line in notes():
                click.echo(line)

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        chosen = [name for name in self.parts if f"--{name}" in args]
        if len(chosen) > 1:
            raise click.UsageError(f"choose one of {', '.join('--' + name for name in chosen)}.", context)
        if not chosen:
            for name, part in self.parts.items():
                if misplaced := {opt for parameter in part.params for opt in parameter.opts} & {*args}:
                    raise click.UsageError(f"{min(misplaced)} goes with --{name}.", context)
            return super().parse_args(context, args)
        part = self.parts[chosen[0]]
        rest = [word for word in args if word != f"--{chosen[0]}"]
        inner = part.make_context(f"demo --{chosen[0]}", rest, parent=context.parent)
        context.call_on_close(inner.close)
        context.meta["satupintu.demo.part"] = inner
        return []

    def invoke(self, context: click.Context) -> object:
        inner = context.meta.get("satupintu.demo.part")
        return inner.command.invoke(inner) if inner else super().invoke(context)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(context, formatter)
        for name, part in self.parts.items():
            inner = click.Context(part, parent=context, info_name=f"--{name}")
            records = [record for parameter in part.params if (record := parameter.get_help_record(inner))]
            with formatter.section(f"With --{name}: {part.get_short_help_str(80).rstrip('.')}"):
                formatter.write_dl(records)


def demo_command(rooms: list[ModuleType]) -> click.Command:
    """The command `demo` with what the rooms bring: `demo_parts`, `demo_commands` and `demo_notes`."""
    parts = {part.name or "": part for room in rooms for part in getattr(room, "demo_parts", [])}
    commands = [command for room in rooms for command in getattr(room, "demo_commands", [])]
    notes = [room.demo_notes for room in rooms if hasattr(room, "demo_notes")]
    return Demo(parts, commands, notes)


def fill_database() -> None:
    """Call `demo` of every room that has it and say on standard error what came new."""
    start_django()
    from satupintu.audit.rules import SYSTEM

    package = Path(__file__).parents[2]
    at = datetime.now(UTC)
    rooms = {path.parent.name for path in package.glob("*/actions*")} - {*ABOUT_OTHERS}
    for room in (*sorted(rooms), *ABOUT_OTHERS):
        if find_spec(f"satupintu.{room}.actions") is None:
            continue
        actions = import_module(f"satupintu.{room}.actions")
        if hasattr(actions, "demo"):
            new = actions.demo(by=SYSTEM, at=at)
            click.echo(f"{room}: {len(new)} new", err=True)
