"""The shell's commands: the icon sprite and the translations."""

from pathlib import Path

import click


@click.command()
def icons() -> None:
    """Write the icon sprite from the lucide package and our pictograms.

    \b
    satupintu icons
    """
    from satupintu.web import sprite

    try:
        count = sprite.write()
    except sprite.UnknownIcon as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"{count} icons in {sprite.SPRITE.name}", err=True)


@click.command("compile-messages")
def compile_messages() -> None:
    """Compile the translations (.po) to what the pages read (.mo).

    \b
    satupintu compile-messages
    """
    from satupintu.web import translations

    for target in translations.compile_all():
        click.echo(f"wrote {target.name} of {target.parents[1].name}", err=True)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; list what is missing and exit 1.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
def messages(check: bool, to: Path | None) -> None:
    """Collect the texts to translate into locale/en (needs xgettext).

    \b
    satupintu messages
    satupintu messages --check
    """
    from satupintu.web import translations

    try:
        fresh = translations.extract()
        if check:
            problems = translations.problems(translations.catalogue(), fresh)
            if problems:
                raise click.ClickException("\n".join(problems))
            return
        target = to or translations.PO
        translations.update(target, fresh)
    except translations.CannotExtract as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"wrote {target}", err=True)


commands = [icons, compile_messages, messages]
