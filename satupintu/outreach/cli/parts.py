"""What the commands of this room share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Tulis JSON saja ke keluaran standar.")
INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def or_refused() -> Iterator[None]:
    """Say on standard error in one sentence why a file cannot be used, and end with exit code 1."""
    from satupintu.outreach.reading import UnusableFile

    try:
        yield
    except UnusableFile as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def as_text(answer: dict[str, Any]) -> str:
    """JSON on one line; not a number is refused rather than written."""
    return json.dumps(answer, ensure_ascii=False, allow_nan=False)
