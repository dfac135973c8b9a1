"""A task for the worker's test; it must be importable by the worker's own process."""

from pathlib import Path

from django_tasks import task


@task()
def write_down(path: str, text: str) -> int:
    """Write `text` to `path`; returns how many characters."""
    return Path(path).write_text(text)
