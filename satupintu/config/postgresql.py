"""PostgreSQL's own tools, run for a database described as Django does."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any


class ToolFailed(Exception):
    """A PostgreSQL tool is missing or refused; the text says which and in its own words why."""


def tool(name: str) -> str:
    """The path of `pg_dump`, `pg_restore` or `psql`: on PATH, else the newest of Debian's versions."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = shutil.which(name) or (str(versions[-1]) if versions else None)
    if found is None:
        raise ToolFailed(f"{name} is not installed; install postgresql-client of the server's version.")
    return found


def has_tables(database: dict[str, Any]) -> bool:
    """Whether the database holds any table of ours (schema `public`)."""
    import psycopg

    with psycopg.connect(_conninfo(database), password=database.get("PASSWORD") or None) as connection:
        return connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone() is not None


def dump(database: dict[str, Any], target: Path) -> None:
    """Write the database to `target` in PostgreSQL's custom format: one consistent moment."""
    _run(database, "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")


def load(database: dict[str, Any], source: Path) -> None:
    """Replace all tables by those in `source`, in one transaction: all of it or nothing."""
    script = source.with_name(source.name + ".sql")
    _run(None, "pg_restore", "--no-owner", "--no-acl", f"--file={script}", str(source))
    empty = ["--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public"]
    _run(database, "psql", "-X", "-q", "-1", "--set=ON_ERROR_STOP=1", *empty, f"--file={script}")


def _conninfo(database: dict[str, Any]) -> str:
    """How to reach the database, without its password: command lines are public on a machine."""
    from psycopg.conninfo import make_conninfo

    return make_conninfo(
        dbname=database["NAME"],
        user=database.get("USER") or None,
        host=database.get("HOST") or None,
        port=database.get("PORT") or None,
        **database.get("OPTIONS", {}),
    )


def _run(database: dict[str, Any] | None, name: str, *arguments: str) -> None:
    environment = dict(os.environ)
    if database is not None:
        arguments = (f"--dbname={_conninfo(database)}", *arguments)
        environment["PGPASSWORD"] = database.get("PASSWORD") or ""
    done = subprocess.run([tool(name), *arguments], env=environment, capture_output=True, text=True)  # noqa: S603  (no shell, own arguments)
    if done.returncode:
        raise ToolFailed(f"{name} refused: {' '.join(done.stderr.split())[:500]}")
