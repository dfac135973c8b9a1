"""docs/reference/commands.md: every command's own help, in one page."""

from collections.abc import Iterator

import click

WIDTH = 100


def reference_page() -> str:
    """The page as text. It changes only when a command or its help changes."""
    from satupintu.config.cli import build

    parts = [
        "# Commands",
        "What each command says of itself. This page is made by `make docs`.",
        *_sections(build(), None),
    ]
    return "\n\n".join(parts) + "\n"


def _sections(command: click.Command, above: click.Context | None) -> Iterator[str]:
    name = "satupintu" if above is None else command.name
    context = click.Context(command, parent=above, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    yield f"## {context.command_path}\n\n```\n{command.get_help(context)}\n```"
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            yield from _sections(command.commands[child], context)
