"""Which papers the national service was asked to sign, so that none is asked for twice.

One small file for each paper, named by the hash of its key: made before the question, kept after an answer or none,
taken away when for certain nothing was signed. It holds hashes and a time, nothing about anybody.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from satupintu.licensing.signing.refusals import AlreadyAsked, Refused


def once(
    folder: Path, key: str, pdf: bytes, ask: Callable[[], tuple[bytes, str]], *, at: datetime
) -> tuple[bytes, str]:
    """What ``ask`` gives, asked at most once for a ``key`` (the typed code of a certificate).

    Refused lets go of the key; every other end keeps it. Raises AlreadyAsked for a key that is kept, also when two
    processes ask in one moment.
    """
    path = _path(folder, key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise _already(path) from None
    with os.fdopen(file, "w") as opened:
        opened.write(json.dumps({"asked": at.isoformat(), "paper": _hash(pdf)}))
    try:
        signed, number = ask()
    except Refused:
        path.unlink()
        raise
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"asked": at.isoformat(), "paper": _hash(pdf), "signed": _hash(signed)}))
    draft.chmod(0o600)
    draft.replace(path)
    return signed, number


def let_go(folder: Path, key: str) -> None:
    """Allow to ask again, after a person looked and saw that this paper was not signed."""
    _path(folder, key).unlink(missing_ok=True)


def _already(path: Path) -> AlreadyAsked:
    try:
        is_signed = "signed" in json.loads(path.read_text())
    except (OSError, ValueError):
        is_signed = False  # the other process has written nothing yet
    if is_signed:
        return AlreadyAsked("Surat ini sudah ditandatangani. Buka surat yang tersimpan.")
    return AlreadyAsked("Tanda tangan surat ini sudah diminta dan belum jelas. Periksa dulu di BSrE sebelum mengulang.")


def _path(folder: Path, key: str) -> Path:
    return folder / f"{_hash(key.encode())[:32]}.json"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
