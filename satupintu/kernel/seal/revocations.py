"""The list of what no longer holds: small, signed, numbered, kept on the phone of who checks.

A certificate that is not on the newest list holds as far as its own days say. Lists only count upwards: an older
one than was seen before is refused. A list past its day still counts, and whoever asks is told how old it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from satupintu.kernel.seal import cbor, refusals
from satupintu.kernel.seal.certificates import day_number, day_of
from satupintu.kernel.seal.envelope import check_day, open_envelope, payload_of, sign, trusted_key
from satupintu.kernel.seal.keys import REVOCATIONS, Keys
from satupintu.kernel.seal.refusals import Refused
from satupintu.kernel.seal.typed_codes import number_of, typed_code

LONGEST = 2_000_000  # bytes: some 150,000 entries
FORM = 2
SUSPENDED, REVOKED, SUPERSEDED = "suspended", "revoked", "superseded"
NUMBERED = {1: SUSPENDED, 2: REVOKED, 3: SUPERSEDED}
NUMBER_OF_STATUS = {status: number for number, status in NUMBERED.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one certificate, and since which day."""

    status: str
    since: date


@dataclass(frozen=True, slots=True)
class RevocationList:
    """One edition of the list: entries by typed code, the day it was made and the day of the next one."""

    sequence: int
    issued: date
    next_update: date
    entries: Mapping[str, Entry]

    def is_stale(self, at: date) -> bool:
        """Whether a newer list should be there by now."""
        return at > self.next_update

    def status_of(self, code: str, at: date) -> str | None:
        """What became of the certificate by that day, None if nothing did."""
        entry = self.entries.get(code)
        return entry.status if entry is not None and entry.since <= at else None


def issue_list(found: RevocationList, secret: ec.EllipticCurvePrivateKey) -> bytes:
    """The signed list. Raises ValueError for a number below 1, a next update before its own day, or a wrong code."""
    return sign(_as_map(found), secret)


def read_list(data: bytes, keys: Keys, *, newest_seen: int = 0) -> RevocationList:
    """The list if a key for lists signed it on a day that it may. Raises Refused, also for a list with a lower
    number than ``newest_seen``; the same number again is fine."""
    envelope = open_envelope(data, LONGEST)
    key = trusted_key(envelope, keys, REVOCATIONS)
    found = _list_in(payload_of(envelope))
    check_day(key, found.issued)
    if found.sequence < newest_seen:
        raise Refused(refusals.ROLLBACK)
    return found


def _as_map(found: RevocationList) -> cbor.Value:
    if found.sequence < 1 or found.next_update < found.issued:
        raise ValueError("a list needs a number from 1 and a next update not before its own day")
    entries: dict[cbor.Value, cbor.Value] = {
        _number(code): [NUMBER_OF_STATUS[entry.status], day_number(entry.since)]
        for code, entry in found.entries.items()
    }
    return {0: FORM, 1: found.sequence, 2: day_number(found.issued), 3: day_number(found.next_update), 4: entries}


def _number(code: str) -> int:
    number = number_of(code)
    if number is None:
        raise ValueError(f"{code} is no typed code")
    return number


def _list_in(payload: cbor.Value) -> RevocationList:
    try:
        if not isinstance(payload, dict):
            raise TypeError
        fields: dict[Any, Any] = payload
        entries = {
            typed_code(number): Entry(NUMBERED[status], day_of(since)) for number, (status, since) in fields[4].items()
        }
        found = RevocationList(fields[1], day_of(fields[2]), day_of(fields[3]), entries)
        same = cbor.encode(_as_map(found)) == cbor.encode(payload)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise Refused(refusals.CLAIMS) from error
    if not same:
        raise Refused(refusals.CLAIMS)
    return found
