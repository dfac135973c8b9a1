"""The keys a deployment owns beside its secret key, made at first use with mode 0600."""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from satupintu.kernel import vault


def new_key() -> bytes:
    """A fresh random key of 32 bytes."""
    return secrets.token_bytes(vault.KEY_BYTES)


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """``plain`` sealed with ``key`` and bound to ``place``; a different result each time."""
    return vault.seal(key, plain, place, nonce=secrets.token_bytes(vault.NONCE_BYTES))


@lru_cache(maxsize=8)
def _key(folder: Path, name: str) -> bytes:
    path = folder / "keys" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(new_key())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; both now read its key
        finally:
            draft.unlink()
    return path.read_bytes()


def field_key() -> bytes:
    """Seals columns: NIK, phone, messages, documents."""
    return _key(Path(settings.SATUPINTU_HOME), "field.key")


def lookup_key() -> bytes:
    """Keys the fingerprints by which sealed columns are found."""
    return _key(Path(settings.SATUPINTU_HOME), "lookup.key")


def chain_key() -> bytes:
    """Wraps the keys of persons."""
    return _key(Path(settings.SATUPINTU_HOME), "chain.key")


def witness_key() -> bytes:
    """Marks heads and seals of the audit chains, so that the database alone cannot forge them."""
    return _key(Path(settings.SATUPINTU_HOME), "witness.key")


def paper_key() -> bytes:
    """Opens the private keys with which a deployment signs papers itself."""
    return _key(Path(settings.SATUPINTU_HOME), "papers.key")
