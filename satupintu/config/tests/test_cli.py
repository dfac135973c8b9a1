"""How rooms take part in the command line."""

from pathlib import Path
from types import ModuleType

import click
from click.testing import CliRunner, Result

from satupintu.config.cli import build, room_modules
from satupintu.config.cli.demo import demo_command


def room(*parts: click.Command) -> ModuleType:
    """A room's `cli` that brings these parts of `demo`."""
    module = ModuleType("satupintu.somewhere.cli")
    module.__dict__["demo_parts"] = list(parts)
    return module


@click.command()
@click.option("--seed", default=1)
@click.option("--out", required=True)
def city(seed: int, out: str) -> None:
    """Write a made-up city."""
    click.echo(f"city {seed} to {out}")


@click.command()
@click.option("--seed", default=9)
def village(seed: int) -> None:
    """Write a made-up village."""
    click.echo(f"village {seed}")


def demo(*arguments: str) -> Result:
    return CliRunner().invoke(demo_command([room(city), room(village)]), arguments)


def test_a_part_of_demo_runs_with_its_own_options() -> None:
    assert demo("--city", "--seed", "7", "--out", "x.csv").output == "city 7 to x.csv\n"
    assert demo("--village").output == "village 9\n"


def test_a_part_still_asks_for_what_it_needs() -> None:
    missing = demo("--city")
    assert (missing.exit_code, "Missing option '--out'" in missing.output) == (2, True)


def test_two_parts_or_an_option_without_its_part_are_wrong_use() -> None:
    both = demo("--city", "--out", "x", "--village")
    assert (both.exit_code, "choose one of --city, --village." in both.output) == (2, True)
    alone = demo("--seed", "7")
    assert (alone.exit_code, "--seed goes with --city." in alone.output) == (2, True)
    unknown = demo("--town")
    assert (unknown.exit_code, "No such option '--town'" in unknown.output) == (2, True)


def test_the_help_of_demo_names_every_part_and_its_options() -> None:
    text = demo("--help").output
    assert "--city" in text
    assert "With --city: Write a made-up city:" in text
    assert "--seed INTEGER" in text


def test_every_room_with_commands_is_mounted() -> None:
    package = Path(__file__).parents[2]
    rooms = {path.parent.name for path in package.glob("*/cli.py")} | {
        path.parent.parent.name for path in package.glob("*/cli/__init__.py")
    }
    assert {module.__name__ for module in room_modules()} == {f"satupintu.{name}.cli" for name in rooms - {"config"}}
    mounted = build().commands
    for module in room_modules():
        assert {command.name for command in getattr(module, "commands", ())} <= {*mounted}


def test_the_commands_of_an_operator_are_there() -> None:
    operator = {"serve", "worker", "migrate", "demo", "check-data", "backup", "restore"}
    assert operator <= {*build().commands}


def leaves(command: click.Command, above: click.Context | None = None) -> list[click.Context]:
    """Every command that does something, with the way to it."""
    context = click.Context(command, parent=above, info_name=command.name)
    if not isinstance(command, click.Group):
        return [context]
    own = [context] if command.invoke_without_command else []
    return own + [leaf for child in command.commands.values() for leaf in leaves(child, context)]


def test_every_command_shows_an_example_before_its_options() -> None:
    """Help is examples first: a line that begins with the command itself."""
    contexts = leaves(build())
    assert len(contexts) >= 12
    without = [
        context.command_path
        for context in contexts
        if not any(
            line.strip().startswith(context.command_path)
            for line in context.get_help().partition("Options:")[0].splitlines()[1:]
        )
    ]
    assert without == []
