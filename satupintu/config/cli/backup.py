"""`satupintu backup` and `satupintu restore`."""

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write database, uploads, keys and the deployment's data to FILE.

    \b
    satupintu backup /safe/place/2026-11-24.tar.gz
    """
    raise click.ClickException("not built yet")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--force", is_flag=True, help="Replace what is there.")
def restore(file: Path, force: bool) -> None:
    """Bring back what `satupintu backup` wrote.

    \b
    satupintu restore /safe/place/2026-11-24.tar.gz
    """
    raise click.ClickException("not built yet")
