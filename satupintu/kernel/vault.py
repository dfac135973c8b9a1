"""Sealing values so that only the holder of a key reads them, and finding them again without reading.

AES-256-GCM (NIST SP 800-38D) with a 96-bit nonce; each value is bound to a place (a column, a record),
so a sealed value copied elsewhere does not open. Keyed fingerprints are HMAC-SHA256 (RFC 2104).
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
FORM = b"\x01"  # first byte of every sealed value, so that a later form can be told apart


class CannotOpen(ValueError):
    """The value was changed, belongs elsewhere, or another key sealed it."""


def seal(key: bytes, plain: bytes, place: str, *, nonce: bytes) -> bytes:
    """``plain`` sealed with ``key`` (32 bytes) and bound to ``place``.

    ``nonce`` is 12 fresh random bytes, never used before with this key: the caller draws them.
    """
    return FORM + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """What was sealed. Raises CannotOpen for a changed value, another place or another key."""
    if sealed[:1] != FORM or len(sealed) < 1 + NONCE_BYTES:
        raise CannotOpen(place)
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, place.encode())
    except InvalidTag as error:
        raise CannotOpen(place) from error


def fingerprint(key: bytes, plain: str) -> str:
    """A keyed hash of 64 hex digits: equal values meet, but nobody without the key can guess them."""
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()
