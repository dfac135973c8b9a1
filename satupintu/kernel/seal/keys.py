"""The keys of certificates: which public key may have signed what, when, and how they are published.

A published key is a JWK (RFC 7517) of the curve P-256 with five more members of ours, so any library reads the
key itself. Its id is the beginning of its own thumbprint (RFC 7638): it cannot name another key.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

CERTIFICATES, REVOCATIONS = "certificates", "revocations"
PURPOSES = (CERTIFICATES, REVOCATIONS)
ID_BYTES = 4
COORDINATE_BYTES = 32


class UnusableKeys(ValueError):
    """Published keys that cannot be used; the message says which key and why."""


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A public key, what it may sign, and the days on which it may (both included; no end: until replaced).

    ``revoked_on`` says that the secret half may be known to others: then nothing it ever signed counts, because
    who has it can write any day into a certificate.
    """

    public: ec.EllipticCurvePublicKey
    valid_from: date
    valid_until: date | None
    purposes: frozenset[str]
    revoked_on: date | None = None

    @property
    def key_id(self) -> bytes:
        """The id that certificates carry."""
        return key_id(self.public)

    def may_sign_on(self, day: date) -> bool:
        """Whether ``day`` lies within the key's own time."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


Keys = dict[bytes, PublishedKey]


def key_id(public: ec.EllipticCurvePublicKey) -> bytes:
    """The first four bytes of the key's thumbprint (RFC 7638, SHA-256)."""
    members = json.dumps(_members(public), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(members.encode()).digest()[:ID_BYTES]


def by_id(keys: Iterable[PublishedKey]) -> Keys:
    """The keys under their ids. Raises UnusableKeys if two have the same."""
    found: Keys = {}
    for key in keys:
        if found.setdefault(key.key_id, key) is not key:
            raise UnusableKeys(f"kunci {key.key_id.hex()} tertulis dua kali")
    return found


def write_keys(keys: Iterable[PublishedKey]) -> str:
    """The keys as a JWK set, the oldest first; the same keys give the same text."""
    ordered = sorted(by_id(keys).values(), key=lambda key: (key.valid_from, key.key_id))
    return json.dumps({"keys": [_as_jwk(key) for key in ordered]}, indent=1) + "\n"


def read_keys(text: str) -> Keys:
    """The keys of a JWK set. Raises UnusableKeys naming the key by its place (from 1) and what is wrong."""
    try:
        listed = json.loads(text)["keys"]
        entries = [*enumerate(listed, start=1)]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnusableKeys('isinya bukan JSON dengan daftar "keys"') from error
    return by_id(_from_jwk(entry, number) for number, entry in entries)


def _members(public: ec.EllipticCurvePublicKey) -> dict[str, str]:
    numbers = public.public_numbers()
    return {"crv": "P-256", "kty": "EC", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}


def _as_jwk(key: PublishedKey) -> dict[str, Any]:
    return {
        **_members(key.public),
        "kid": key.key_id.hex(),
        "alg": "ES256",
        "use": "sig",
        "purposes": sorted(key.purposes),
        "valid_from": key.valid_from.isoformat(),
        "valid_until": key.valid_until.isoformat() if key.valid_until else None,
        "revoked_on": key.revoked_on.isoformat() if key.revoked_on else None,
    }


def _from_jwk(entry: Any, number: int) -> PublishedKey:
    try:
        if (entry["kty"], entry["crv"], entry["alg"]) != ("EC", "P-256", "ES256") or "d" in entry:
            raise UnusableKeys(f"kunci ke-{number} bukan kunci umum ES256")
        key = PublishedKey(
            ec.EllipticCurvePublicNumbers(_number(entry["x"]), _number(entry["y"]), ec.SECP256R1()).public_key(),
            date.fromisoformat(entry["valid_from"]),
            date.fromisoformat(entry["valid_until"]) if entry["valid_until"] is not None else None,
            frozenset(entry["purposes"]),
            date.fromisoformat(entry["revoked_on"]) if entry["revoked_on"] is not None else None,
        )
        fits = entry["kid"] == key.key_id.hex() and {*key.purposes} <= {*PURPOSES}
    except (KeyError, TypeError, AttributeError) as error:
        raise UnusableKeys(f"kunci ke-{number} tidak lengkap atau jenis isinya salah: {error}") from error
    except UnusableKeys:
        raise
    except ValueError as error:
        raise UnusableKeys(f"kunci ke-{number} punya isi yang tidak terbaca: {error}") from error
    if not fits:
        raise UnusableKeys(f"kunci ke-{number}: kid atau purposes tidak cocok dengan kuncinya")
    return key


def _coordinate(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes(COORDINATE_BYTES, "big")).rstrip(b"=").decode()


def _number(text: str) -> int:
    data = urlsafe_b64decode(text + "=")
    if len(data) != COORDINATE_BYTES or _coordinate(int.from_bytes(data, "big")) != text:
        raise ValueError("x dan y harus 32 byte base64url")
    return int.from_bytes(data, "big")
