"""What a record is, what its hash covers, and how a chain is proved. No Django, no files, no clock."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST_HASH = "0" * 64
CITY = "city"  # the office of what no single office did
VENDORS = "vendor-"  # what the chains of vendors begin with
VENDOR_CHAINS = 16  # vendors have no office; one chain for all of them would make them wait for each other
SEAL, SEEN = "segel", "pemeriksaan"  # what a note of where a chain stood comes from
UNREADABLE = "catatan tidak terbaca"


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

    @property
    def chain(self) -> str:
        """The chain that witnesses what this one does: the office's, and for a vendor one of ``vendor-00`` to 15."""
        key = self.ref.removeprefix("user:")
        if self.role != "vendor" or not key.isdecimal():
            return self.office
        return f"{VENDORS}{int(key) % VENDOR_CHAINS:02}"


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
    """Where a chain stood on a day: sealed at its end, or seen by a verification (``kind``).

    ``genuine`` says whether its mark was made with the deployment's own key.
    """

    chain: str
    day: str
    number: int
    hash: str
    kind: str = SEAL
    genuine: bool = True


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing wrong with a chain: where, and what."""

    chain: str
    number: int
    what: str


class Unreadable(Exception):
    """A record that the database gives back as nothing that can be read; ``number`` says which."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def mark(key: bytes, *parts: Any) -> str:
    """The keyed seal of values (HMAC-SHA-256, 64 hex digits): nobody without the key can make it."""
    return hmac.new(key, canonical(parts), hashlib.sha256).hexdigest()


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
    try:
        for entry, stored in entries:
            if wrong := _wrong(entry, stored, number + 1, previous):
                return Break(chain, entry.number, wrong)
            number, previous = entry.number, stored
            for seal in by_number.pop(number, []):
                if seal.hash != stored or not seal.genuine:
                    return Break(chain, number, f"{seal.kind} hari {seal.day} tidak cocok")
    except Unreadable as row:
        return Break(chain, row.number, UNREADABLE)
    if by_number:
        first = by_number[min(by_number)][0]
        seen = "disegel" if first.kind == SEAL else "dilihat pemeriksaan"
        return Break(chain, first.number, f"catatan yang {seen} pada {first.day} hilang")
    if (number, previous) != last:
        return Break(chain, number, f"rantai berakhir di {number}, seharusnya {last[0]}")
    return None


def _wrong(entry: Entry, stored: str, number: int, previous: str) -> str:
    if entry.number != number:
        return f"nomor {number} hilang"
    if entry.previous != previous:
        return "sambungan ke catatan sebelumnya putus"
    try:
        same = entry.hash() == stored
    except (ValueError, OverflowError):  # half a sign in a text, a day outside the calendar
        return UNREADABLE
    return "" if same else "isi catatan berubah"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The fields that differ, with both values, in the order of their names."""
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)
