"""Making and retiring the keys that sign certificates and revocation lists."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from satupintu.accounts.gate import guarded
from satupintu.audit import keys as deployment_keys
from satupintu.audit.actions import record
from satupintu.audit.queries import of_object
from satupintu.audit.rules import Actor
from satupintu.kernel.seal.keys import PublishedKey, key_id
from satupintu.licensing.keys import NoSigningKey, StoredKey, as_file, folder, secret_of, signing_key, stored_keys

MADE, RETIRED = "licensing.key_made", "licensing.key_retired"


@guarded
@transaction.atomic
def make_key(*, purpose: str, by: Actor, at: datetime) -> StoredKey:
    """A new key for ``purpose``, in use from today; it signs instead of older ones, which stay published."""
    while True:
        made = _write_new(_next_serial(), purpose, at)
        if made is not None:
            break
    _witness(made, by, at)
    return made


@guarded
def ready_key(*, purpose: str, by: Actor, at: datetime) -> ec.EllipticCurvePrivateKey:
    """The secret half of the key that signs for ``purpose`` today; made now if the deployment has none.

    Two that come at once agree: a file's name is taken once, and who comes second signs with the first one's key.
    """
    day = localdate(at)
    serial = _next_serial()
    try:
        return signing_key(day, purpose)
    except NoSigningKey:
        made = _write_new(serial, purpose, at)
    if made is None:  # another was first, perhaps with a key for the other purpose
        return ready_key(purpose=purpose, by=by, at=at)
    _witness(made, by, at)
    return secret_of(made)


@guarded
@transaction.atomic
def retire_key(*, key_id: str, stolen: bool, by: Actor, at: datetime) -> StoredKey:
    """Sign with this key no more. What it signed until today stays good, unless its secret half is ``stolen``.

    Raises ValidationError for an id that this deployment does not have, or a key that was retired before.
    """
    found = next((key for key in stored_keys() if key.name == key_id), None)
    if found is None:
        raise ValidationError(f"Kunci {key_id} tidak ada. Lihat daftarnya dengan satupintu keys list.")
    day = localdate(at)
    old = found.published
    if old.revoked_on or (old.valid_until and not stolen):
        raise ValidationError(f"Kunci {key_id} sudah dihentikan.")
    ended = replace(old, valid_until=old.valid_until or max(day, old.valid_from), revoked_on=day if stolen else None)
    retired = replace(found, published=ended)
    record(action=RETIRED, object=found.reference, values={"stolen": stolen}, by=by, at=at)
    path = folder() / f"{found.serial:04}.json"
    _draft(as_file(retired)).replace(path)
    return retired


@guarded
@transaction.atomic
def witness_keys(*, by: Actor, at: datetime) -> list[str]:
    """Record the making of every key that has no record yet, and return their ids.

    A file stays although the transaction that needed it was undone; its record then comes with the next one.
    """
    unseen = [key for key in stored_keys() if not of_object(key.reference).filter(action=MADE).exists()]
    for key in unseen:
        _witness(key, by, at)
    return [key.name for key in unseen]


@transaction.atomic
def _witness(key: StoredKey, by: Actor, at: datetime) -> None:
    values = {"purposes": sorted(key.published.purposes), "valid_from": key.published.valid_from.isoformat()}
    record(action=MADE, object=key.reference, values=values, by=by, at=at)


def _next_serial() -> int:
    return max((key.serial for key in stored_keys()), default=0) + 1


def _write_new(serial: int, purpose: str, at: datetime) -> StoredKey | None:
    """A fresh key under that serial, None if somebody else has just taken it."""
    secret = ec.generate_private_key(ec.SECP256R1())
    published = PublishedKey(secret.public_key(), localdate(at), None, frozenset({purpose}))
    plain = secret.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    place = f"key:{key_id(secret.public_key()).hex()}"
    made = StoredKey(serial, published, deployment_keys.seal(deployment_keys.field_key(), plain, place))
    draft = _draft(as_file(made))
    try:
        os.link(draft, folder() / f"{serial:04}.json")
    except FileExistsError:
        return None
    finally:
        draft.unlink()
    return made


def _draft(text: str) -> Path:
    """The path of a new file with ``text`` that only its owner may read, beside the keys."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / f"draft.{secrets.token_hex(8)}"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return path
