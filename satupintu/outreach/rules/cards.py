"""What the QR of a printed card holds, and what people type instead. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EVENT = re.compile(r"/acara/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
_CARD = re.compile(r"[?&]kartu=([^&#]*)")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was read: the card as it was written, the event that a QR names (empty: none), and how it came."""

    card: str
    event: str
    source: str


def read_scan(text: str) -> Scanned:
    """A typed code, or the address that a QR holds (``https://.../acara/<ref>/peserta/?kartu=P001``)."""
    text = text.strip()
    if "://" not in text:
        return Scanned(text, "", "code")
    event, card = _EVENT.search(text), _CARD.search(text)
    return Scanned(card[1] if card else "", event[1] if event else "", "qr")
