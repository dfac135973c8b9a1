"""Saving what a deployment owns, and bringing it back.

An archive is a gzipped tar: the database, then the files of `uploads`, `keys` and `data`, then
`manifest.json` with a SHA-256 for each of them. It is unpacked beside the deployment and checked
whole; only then is anything replaced. Django is not needed and not started.
"""

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from satupintu.config import postgresql

FOLDERS = ("uploads", "keys", "data")
DATABASE = "database"
MANIFEST = "manifest.json"
FORMAT = 1

Say = Callable[[str], None]


class Refused(Exception):
    """A backup or restore that is not done; its text says why and what to do."""


@dataclass(frozen=True)
class Deployment:
    """Where a deployment keeps its things. `database` is as in `deployment.database`."""

    home: Path
    database: dict[str, Any]

    @property
    def engine(self) -> str:
        return "sqlite" if self.database["ENGINE"].endswith("sqlite3") else "postgresql"


def write(archive: Path, deployment: Deployment, at: datetime, say: Say) -> None:
    """Write the whole deployment to `archive`, which must not exist; appears only when complete."""
    if archive.exists():
        raise Refused(f"{archive} is already there; choose another name or move it away.")
    draft = archive.with_name(archive.name + ".part")
    sums: dict[str, str] = {}
    try:
        with _private_gzip(draft) as stream, tarfile.open(fileobj=stream, mode="w") as tar:
            say("database")
            with tempfile.TemporaryDirectory() as folder:
                dump = Path(folder) / DATABASE
                _dump_database(deployment, dump)
                sums[DATABASE] = _add(tar, dump, DATABASE)
            for name in FOLDERS:
                say(name)
                for file in _files(deployment.home / name):
                    inside = file.relative_to(deployment.home).as_posix()
                    sums[inside] = _add(tar, file, inside)
            _add_manifest(tar, {"format": FORMAT, "engine": deployment.engine, "at": at.isoformat(), "sha256": sums})
        draft.replace(archive)
    finally:
        draft.unlink(missing_ok=True)
    say(f"{len(sums)} files, {archive.stat().st_size:,} bytes: {archive}")


def restore(archive: Path, deployment: Deployment, force: bool, say: Say) -> None:
    """Replace the deployment by what `archive` holds, after the whole archive was checked.

    Refuses a damaged or foreign archive, one of another kind of database, and, without `force`,
    a deployment that already holds something. The server must not be running.
    """
    deployment.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=deployment.home) as folder:
        stage = Path(folder)
        say("checking the archive")
        manifest = _unpack(archive, stage)
        if manifest["engine"] != deployment.engine:
            raise Refused(
                f"{archive} holds a {manifest['engine']} database but this deployment uses {deployment.engine};"
                " set DATABASE_URL to match."
            )
        if not force and (held := _holds_something(deployment)):
            raise Refused(f"this deployment already has {held}; give --force to replace everything in it.")
        say("database")
        _load_database(deployment, stage / DATABASE)
        for name in FOLDERS:
            say(name)
            _swap(deployment.home / name, stage / name, stage / f"old-{name}")
    say(f"restored to the state of {manifest['at']}; now run `satupintu migrate`.")


# The archive ----------------------------------------------------------------------------------------


@contextmanager
def _private_gzip(path: Path) -> Iterator[gzip.GzipFile]:
    """A new gzip file only its owner may read: it holds the keys."""
    with (
        os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as stream,
    ):
        yield stream


def _files(folder: Path) -> list[Path]:
    """All regular files below `folder`; links are not followed, so nothing outside is taken along."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


class _Hashing:
    """A reader that sums up what passes through it, so that the sum is of the bytes written."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.sum.update(block)
        return block


def _add(tar: tarfile.TarFile, file: Path, name: str) -> str:
    with file.open("rb") as source:
        reader = _Hashing(source)
        tar.addfile(tar.gettarinfo(arcname=name, fileobj=source), reader)
        return reader.sum.hexdigest()


def _add_manifest(tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(json.dumps(manifest, indent=1).encode())
        file.flush()
        _add(tar, Path(file.name), MANIFEST)


def _unpack(archive: Path, stage: Path) -> dict[str, Any]:
    """Unpack `archive` into `stage` and check every byte; returns the manifest."""
    sums: dict[str, str] = {}
    try:
        with tarfile.open(archive, mode="r:gz") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or not _expected(member.name) or member.name in sums:
                    raise Refused(f"{archive} holds {member.name!r}, which no backup of ours has; nothing was touched.")
                sums[member.name] = _write_out(source, stage / member.name)
        manifest: dict[str, Any] = json.loads((stage / MANIFEST).read_text())
        del sums[MANIFEST]
        whole = manifest["format"] == FORMAT and manifest["sha256"] == sums and DATABASE in sums
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{archive} is not a whole backup ({error}); nothing was touched, use another copy.") from error
    if not whole:
        raise Refused(f"{archive} does not match its own manifest; nothing was touched, use another copy.")
    return manifest


def _expected(name: str) -> bool:
    """Whether a member may be unpacked: a known name or a path inside a known folder, no way out."""
    if name in (DATABASE, MANIFEST):
        return True
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts and "\\" not in name


def _write_out(source: IO[bytes], path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    reader = _Hashing(source)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        shutil.copyfileobj(reader, target)
    return reader.sum.hexdigest()


# The deployment -------------------------------------------------------------------------------------


def _holds_something(deployment: Deployment) -> str | None:
    for name in FOLDERS:
        if _files(deployment.home / name):
            return f"files in {name}"
    has_tables = _sqlite_has_tables if deployment.engine == "sqlite" else postgresql.has_tables
    return "a database with tables" if has_tables(deployment.database) else None


def _sqlite_has_tables(database: dict[str, Any]) -> bool:
    path = Path(database["NAME"])
    if not path.exists():
        return False
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def _dump_database(deployment: Deployment, target: Path) -> None:
    if deployment.engine == "postgresql":
        postgresql.dump(deployment.database, target)
        return
    path = Path(deployment.database["NAME"])
    if not path.exists():
        raise Refused(f"there is no database at {path}; run `satupintu migrate` or set SATUPINTU_HOME.")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _load_database(deployment: Deployment, dump: Path) -> None:
    if deployment.engine == "postgresql":
        postgresql.load(deployment.database, dump)
        return
    path = Path(deployment.database["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    shutil.copyfile(dump, new)
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    new.replace(path)


def _swap(current: Path, new: Path, old: Path) -> None:
    """Put `new` (which may be missing: then an empty folder) where `current` is."""
    new.mkdir(mode=0o700, exist_ok=True)
    if current.exists():
        current.rename(old)
    new.rename(current)
