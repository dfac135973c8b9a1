"""What a deployment owns, found without Django: its folder and its secret key."""

import os
import secrets
from pathlib import Path
from typing import Any

import environ


def home() -> Path:
    """The folder a deployment owns: `SATUPINTU_HOME`, else `var` in the working folder.

    It holds db.sqlite3, uploads/, keys/, data/, demo/ and what can be made again (static/, run/).
    """
    return Path(os.environ.get("SATUPINTU_HOME") or "var").absolute()


def secret_key(folder: Path) -> str:
    """The signing key of the deployment in `folder`, made once and readable by its owner only.

    Two processes that start together agree: the second finds the file of the first.
    """
    path = folder / "keys" / "secret_key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"secret_key.{secrets.token_hex(8)}")
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def database(folder: Path) -> dict[str, Any]:
    """The database of the deployment in `folder` as Django describes one: ENGINE, NAME, HOST ...

    `DATABASE_URL` (postgres://user:password@host:port/name) decides; without it, SQLite in `folder`.
    """
    described: dict[str, Any] = environ.Env().db_url("DATABASE_URL", default=f"sqlite:///{folder / 'db.sqlite3'}")
    return described
