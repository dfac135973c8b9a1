"""`satupintu backup` and `satupintu restore`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from satupintu.config import backup as archives
from satupintu.config import deployment, postgresql


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write database, uploads, keys and the deployment's data to FILE.

    The house may go on serving. FILE holds the keys: keep it where only you can read it.

    \b
    satupintu backup /safe/place/2026-11-24.tar.gz
    """
    try:
        archives.write(file, _here(), datetime.now(UTC), _say)
    except (archives.Refused, postgresql.ToolFailed) as error:
        raise click.ClickException(str(error)) from error


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--force", is_flag=True, help="Replace what this deployment holds now.")
def restore(file: Path, force: bool) -> None:
    """Bring back what `satupintu backup` wrote to FILE; stop the server first.

    FILE is checked whole before anything is touched.

    \b
    satupintu restore /safe/place/2026-11-24.tar.gz
    satupintu restore --force /safe/place/2026-11-24.tar.gz
    """
    try:
        archives.restore(file, _here(), force, _say)
    except (archives.Refused, postgresql.ToolFailed) as error:
        raise click.ClickException(str(error)) from error


def _here() -> archives.Deployment:
    home = deployment.home()
    return archives.Deployment(home, deployment.database(home))


def _say(line: str) -> None:
    click.echo(line, err=True)
