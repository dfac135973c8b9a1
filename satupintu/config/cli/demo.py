"""`satupintu demo`: each room's own demo data.

A room takes part in two ways. Its `actions` may have `demo(*, by, at)`, which fills the database and
may be repeated. Its `cli` may have `demo_parts`, a list of click commands: `satupintu demo --NAME`
runs the part NAME instead, with the part's own options (`satupintu demo --city --seed 1 --out FILE`).
Its `cli` may also have `demo_commands`, commands below `satupintu demo`, and `demo_notes`, a function whose
lines are printed when the database is filled: how to sign in.
"""

from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from satupintu.config.cli.start import start_django


def demo_command(rooms: list[ModuleType]) -> click.Command:
    """The command `demo` with one flag, and the options, of every part the rooms bring."""
    parts = {part.name or "": part for room in rooms for part in getattr(room, "demo_parts", [])}

    @click.group(invoke_without_command=True)
    @click.pass_context
    def demo(context: click.Context, /, **options: Any) -> None:
        """Fill the database with invented demo data; repeating adds nothing twice.

        \b
        satupintu demo
        """
        if context.invoked_subcommand:
            return
        chosen = [name for name in parts if options[f"part_{name}"]]
        if len(chosen) > 1:
            raise click.UsageError(f"choose one of {', '.join('--' + name for name in chosen)}.")
        if not chosen:
            _refuse_part_options(context, parts)
            fill_database()
            for room in rooms:
                for line in getattr(room, "demo_notes", list)():
                    click.echo(line)
            return
        part = parts[chosen[0]]
        wanted = {parameter.name for parameter in part.params}
        context.invoke(part, **{name: value for name, value in options.items() if name in wanted})

    for name, part in parts.items():
        demo.params.append(click.Option([f"--{name}", f"part_{name}"], is_flag=True, help=part.get_short_help_str(90)))
        demo.params.extend(part.params)
    for room in rooms:
        for command in getattr(room, "demo_commands", []):
            demo.add_command(command)
    return demo


def fill_database() -> None:
    """Call `demo` of every room that has it and say on standard error what came new."""
    start_django()
    from satupintu.audit.rules import SYSTEM

    package = Path(__file__).parents[2]
    at = datetime.now(UTC)
    for room in sorted(path.parent.name for path in package.glob("*/actions*")):
        if find_spec(f"satupintu.{room}.actions") is None:
            continue
        actions = import_module(f"satupintu.{room}.actions")
        if hasattr(actions, "demo"):
            new = actions.demo(by=SYSTEM, at=at)
            click.echo(f"{room}: {len(new)} new", err=True)


def _refuse_part_options(context: click.Context, parts: dict[str, click.Command]) -> None:
    from click.core import ParameterSource

    for name, part in parts.items():
        for parameter in part.params:
            if context.get_parameter_source(parameter.name or "") == ParameterSource.COMMANDLINE:
                raise click.UsageError(f"{parameter.opts[0]} goes with --{name}.")
