"""What a record is, what its hash covers, and how a chain is proved. No Django, no files, no clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST_HASH = "0" * 64
CITY = "city"  # the office of what no single office did


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, by reference and never by key: ``ref`` is ``user:12`` or ``system:worker``.

    ``area`` is what the office answers for: a region code such as ``32.75.11``, empty for the whole city, None for
    nobody but oneself.
    """

    ref: str
    office: str = CITY
    role: str = ""
    name: str = ""
    area: str | None = None


SYSTEM = Actor("system", CITY, "system", "SatuPintu", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a chain as the hash sees it. ``sealed`` are the bytes of what concerns a person."""

    chain: str
    number: int
    at: datetime
    actor: str
    role: str
    action: str
    object: str
    person: str
    why: str
    values: Mapping[str, Any]
    sealed: bytes
    previous: str

    def hash(self) -> str:
        """SHA-256 over a canonical form of every field and the hash before (64 hex digits).

        The sealed bytes are covered, not what they hold, so erasing a person's key leaves every hash true.
        """
        fields = {
            "chain": self.chain,
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor,
            "role": self.role,
            "action": self.action,
            "object": self.object,
            "person": self.person,
            "why": self.why,
            "values": self.values,
            "sealed": self.sealed.hex(),
            "previous": self.previous,
        }
        return hashlib.sha256(canonical(fields)).hexdigest()


@dataclass(frozen=True, slots=True)
class SealOfDay:
    """The last number and hash of a chain at the end of a day."""

    chain: str
    day: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing wrong with a chain: where, and what."""

    chain: str
    number: int
    what: str


def canonical(value: Any) -> bytes:
    """One spelling for equal values: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def first_break(
    chain: str, entries: Iterable[tuple[Entry, str]], seals: Iterable[SealOfDay], last: tuple[int, str]
) -> Break | None:
    """Walk a chain from its first record; None if every hash, number and seal fits and it ends at ``last``.

    ``entries`` are the records in order with the hash stored beside each.
    """
    by_number: dict[int, list[SealOfDay]] = {}
    for seal in seals:
        by_number.setdefault(seal.number, []).append(seal)
    number, previous = 0, FIRST_HASH
    for entry, stored in entries:
        if wrong := _wrong(entry, stored, number + 1, previous):
            return Break(chain, entry.number, wrong)
        number, previous = entry.number, stored
        for seal in by_number.pop(number, []):
            if seal.hash != stored:
                return Break(chain, number, f"segel hari {seal.day} tidak cocok")
    if by_number:
        return Break(chain, min(by_number), f"catatan yang disegel pada {by_number[min(by_number)][0].day} hilang")
    if (number, previous) != last:
        return Break(chain, number, f"rantai berakhir di {number}, seharusnya {last[0]}")
    return None


def _wrong(entry: Entry, stored: str, number: int, previous: str) -> str:
    if entry.number != number:
        return f"nomor {number} hilang"
    if entry.previous != previous:
        return "sambungan ke catatan sebelumnya putus"
    if entry.hash() != stored:
        return "isi catatan berubah"
    return ""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The fields that differ, with both values, in the order of their names."""
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)
