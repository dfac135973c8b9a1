"""When a token counts, when something was seen, whether a record came whole, what of it a screen shows. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

VALID_FOR = timedelta(days=14)
SET_ASIDE_KEPT = timedelta(days=30)  # time to think again
MOST_RECORDS = 200
LONGEST_CONTENT = 700_000  # signs: a photo of 500 KB as base64
KIND = r"[a-z][a-z_]*\.[a-z][a-z_]*"
CLOCK_MAY_DIFFER = timedelta(minutes=2)  # the way over the network, and clocks nobody calls wrong

DONE, QUARANTINED, CONFLICT = "done", "quarantined", "conflict"
STATES = (DONE, QUARANTINED, CONFLICT)
# What a phone is told besides: it came before, or it did not come whole.
ALREADY, DAMAGED = "already", "damaged"
STATUS = {DONE: 201, ALREADY: 200, QUARANTINED: 202, CONFLICT: 409, DAMAGED: 422}

# A region code such as 32.75.11.1004 is no number of a person.
_LONG_NUMBER = re.compile(r"(?<![\d.])(?!\d\d\.\d\d\.\d\d\.\d{4}(?!\d))\d[\d .-]{5,}\d")


@dataclass(frozen=True, slots=True)
class Arriving:
    """One record as a phone sends it; ``content`` is the text whose SHA-256 in hex is ``hash``.

    ``made_at`` and ``sequence`` are the phone's own clock and count, ``shown`` the words it put on its screen.
    """

    uuid: UUID
    kind: str
    hash: str
    content: str
    made_at: datetime
    sequence: int = 0
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: its state, a sentence if something is not as wished, and what it made."""

    uuid: UUID
    hash: str
    state: str
    detail: str = ""
    reference: str = ""

    @property
    def status(self) -> int:
        """The state as the HTTP status that a request with this one record would have."""
        return STATUS[self.state]


class NotCarriedOut(Exception):
    """A record that its room refuses; the text says why and what to do next."""


def fits(content: str, digest: str) -> bool:
    """Whether a content is the one whose SHA-256 the phone wrote down."""
    return hashlib.sha256(content.encode()).hexdigest() == digest


def counts(
    *, issued_at: datetime, valid_until: datetime, revoked_at: datetime | None, reset_at: datetime | None, at: datetime
) -> bool:
    """Whether a token may still be used; ``reset_at`` is when its owner last got new ways of signing in."""
    return revoked_at is None and at < valid_until and (reset_at is None or issued_at > reset_at)


def seen_at(made_at: datetime, sent_at: datetime, received_at: datetime) -> datetime:
    """When something was really seen: the phone's time, put right by how far its clock is off while sending.

    Never after the arrival, because nothing can be.
    """
    off = received_at - sent_at
    known = made_at + off if abs(off) > CLOCK_MAY_DIFFER else made_at
    return min(known, received_at)


def masked(text: str) -> str:
    """A text as a screen shows it: of long numbers (NIK, phone) only the last four digits."""
    return _LONG_NUMBER.sub(lambda found: "*" * 6 + re.sub(r"\D", "", found[0])[-4:], text)
