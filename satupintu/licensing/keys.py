"""The signing keys of a deployment: one file each under ``keys/certificates`` in its folder, mode 0600.

A file holds what is published of the key, and its secret half sealed with the deployment's own key: whoever copies
the folder ``certificates`` alone can sign nothing. Files are written by ``actions.keys`` only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.conf import settings

from satupintu.audit import keys as deployment_keys
from satupintu.kernel import vault
from satupintu.kernel.seal.keys import CERTIFICATES, PublishedKey, read_keys, write_keys


class NoSigningKey(LookupError):
    """No key may sign for this purpose on this day; ``actions.ready_key`` makes one."""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as it lies in its file. A later ``serial`` was made later."""

    serial: int
    published: PublishedKey
    sealed: bytes

    @property
    def name(self) -> str:
        """The key id as people and the published set write it: 8 hex digits."""
        return self.published.key_id.hex()

    @property
    def reference(self) -> str:
        """How the audit names the key."""
        return f"key:{self.name}"

    def may_sign(self, purpose: str, on: date) -> bool:
        """Whether to sign with it on that day. A retired key signs no more, though what it signed stays good."""
        published = self.published
        retired = published.valid_until is not None or published.revoked_on is not None
        return purpose in published.purposes and published.valid_from <= on and not retired


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.SATUPINTU_HOME) / "keys" / "certificates"


def stored_keys() -> list[StoredKey]:
    """Every key of this deployment, the oldest first."""
    return [_read(path) for path in sorted(folder().glob("*.json"))]


def signing_key(on: date, purpose: str = CERTIFICATES) -> ec.EllipticCurvePrivateKey:
    """The secret half of the newest key that may sign for ``purpose`` on that day. Raises NoSigningKey."""
    usable = [key for key in stored_keys() if key.may_sign(purpose, on)]
    if not usable:
        raise NoSigningKey(f"no key for {purpose} may sign on {on}")
    return secret_of(usable[-1])


def published_keys() -> str:
    """What everybody may know: the JWK set of all keys, retired ones too."""
    return write_keys(key.published for key in stored_keys())


def secret_of(key: StoredKey) -> ec.EllipticCurvePrivateKey:
    """The secret half. Raises CannotOpen if another deployment sealed it or the file was changed."""
    plain = vault.unseal(deployment_keys.field_key(), key.sealed, key.reference)
    secret = load_der_private_key(plain, password=None)
    if not isinstance(secret, ec.EllipticCurvePrivateKey):
        raise vault.CannotOpen(key.reference)
    return secret


def as_file(key: StoredKey) -> str:
    """The content of the key's file."""
    return json.dumps({**json.loads(write_keys([key.published])), "sealed": key.sealed.hex()}, indent=1) + "\n"


def _read(path: Path) -> StoredKey:
    text = path.read_text(encoding="utf-8")
    (published,) = read_keys(text).values()
    return StoredKey(int(path.stem), published, bytes.fromhex(json.loads(text)["sealed"]))
