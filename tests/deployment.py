"""A whole deployment for one test: its own folder, its own database, run by the real command."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
import pytest


@dataclass(frozen=True)
class Deployment:
    """`database` is the file of SQLite or the URL of PostgreSQL."""

    home: Path
    database: str
    environment: dict[str, str]

    @property
    def on_postgresql(self) -> bool:
        return "://" in self.database

    def run(self, *arguments: str | Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
        """Run `satupintu ARGUMENTS` here; anything but the expected exit code fails with its words."""
        command = [sys.executable, "-m", "satupintu", *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        assert done.returncode == expect, f"satupintu {arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def python(self, source: str) -> str:
        """Run Python with Django started here; returns what it prints."""
        script = f"import django; django.setup()\n{source}"
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "satupintu.config.settings"}
        done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement in the database and commit; returns its rows, if it has any."""
        with closing(psycopg.connect(self.database) if self.on_postgresql else sqlite3.connect(self.database)) as link:
            cursor = link.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
            link.commit()
        return rows

    def tables(self) -> list[str]:
        """The names of all tables of ours."""
        where = (
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            if self.on_postgresql
            else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return sorted(name for (name,) in self.sql(where))

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns, in the order of `SELECT *`."""
        statement = f"SELECT * FROM {table} LIMIT 0"
        with closing(psycopg.connect(self.database) if self.on_postgresql else sqlite3.connect(self.database)) as link:
            return [column[0] for column in link.execute(statement).description or ()]

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything in the database: the rows of every table, sorted."""
        return {table: sorted(self.sql(f"SELECT * FROM {table}"), key=repr) for table in self.tables()}

    def files(self) -> dict[str, bytes]:
        """The bytes of every file a backup must carry, by path."""
        kept = [path for name in ("uploads", "keys", "data") for path in (self.home / name).rglob("*")]
        return {path.relative_to(self.home).as_posix(): path.read_bytes() for path in kept if path.is_file()}


@contextmanager
def fresh_deployment(home: Path, like: Deployment | None = None) -> Iterator[Deployment]:
    """A deployment in `home`, with an empty database of the kind this run uses or with `like`'s and its keys."""
    home.mkdir()
    if like:
        shutil.copytree(like.home / "keys", home / "keys")
    environment = {**os.environ, "SATUPINTU_HOME": str(home)}
    server = os.environ.get("DATABASE_URL")
    if not server:
        if like:
            shutil.copyfile(like.database, home / "db.sqlite3")
        yield Deployment(home, str(home / "db.sqlite3"), environment)
        return
    name = f"deployment_{uuid.uuid4().hex}"
    database = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    template = urlsplit(like.database).path.strip("/") if like else "template1"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield Deployment(home, database, {**environment, "DATABASE_URL": database})
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def serving(house: Deployment) -> Iterator[str]:
    """The address of the house, served by `satupintu serve` on a free port; its log is `server.log`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = house.home / "server.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "satupintu", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=house.environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_served(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_served(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()}")
