"""What verifications saw, kept in a file outside the database: one line for each, added and never changed.

Somebody with the database's password alone reaches neither the file nor the key of its lines. Somebody with all of
the machine reaches both; against them only a copy elsewhere helps.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from satupintu.audit import keys
from satupintu.audit.rules import SEEN, Break, SealOfDay, mark

Stood = Mapping[str, tuple[int, str]]  # chain: number and hash of its last record


def note(at: datetime, stood: Stood) -> None:
    """Add where the chains stood, in one write that has reached the disk before this returns."""
    day = str(localtime(at).date())
    line = {"day": day, "seen": stood, "mark": mark(keys.witness_key(), SEEN, day, stood)}
    file = os.open(settings.AUDIT_SEEN, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, json.dumps(line).encode() + b"\n")
        os.fsync(file)
    finally:
        os.close(file)


def noted() -> Iterator[SealOfDay | Break]:
    """What stands in the file, oldest first; a line that the deployment did not write so is a Break."""
    path = Path(settings.AUDIT_SEEN)
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else (), start=1):
        try:
            held = json.loads(line)
            genuine = compare_digest(held["mark"], mark(keys.witness_key(), SEEN, held["day"], held["seen"]))
            places = list(places_of(held["day"], held["seen"]))
        except (ValueError, TypeError, KeyError):
            genuine, places = False, []
        if genuine:
            yield from places
        else:
            yield Break(path.name, number, "baris berubah")


def places_of(day: str, stood: Any) -> Iterator[SealOfDay]:
    """Where each chain stood. Raises ValueError or TypeError for what no verification writes."""
    for chain, (number, last) in dict(stood).items():
        yield SealOfDay(chain, day, int(number), str(last), SEEN)
