"""When two entries may be one person, and what a merge moves. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from satupintu.registry.rules.names import LIKE_A_NAME, name_likeness, words

SAME_NIK, SAME_PHONE, SIMILAR_NAME, SAME_PAPER = "same_nik", "same_phone", "similar_name", "same_paper"
SCORES = {SAME_NIK: 100, SAME_PHONE: 60, SIMILAR_NAME: 40, SAME_PAPER: 60}
SUSPECT = 40  # from here a pair is shown to somebody
UNDO_WITHIN = timedelta(days=30)
# What a person holds beside rows of their own, in the order the two columns show it.
CHOOSABLE = ("display_name", "nik", "phone", "sex", "birth_year", "region", "language", "channel")


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an entry is compared: keyed hashes, never the numbers themselves; ``places`` are markets or regions."""

    name: str
    nik_lookup: str = ""
    phone_lookup: str = ""
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How strongly two entries look like one person, 0 to 100 and more, and why."""

    score: int
    reasons: tuple[str, ...]


def likeness(first: Traits, second: Traits) -> Likeness:
    """Compare two entries: same NIK, same phone, or a similar name at the same place."""
    reasons = []
    if first.nik_lookup and first.nik_lookup == second.nik_lookup:
        reasons.append(SAME_NIK)
    if first.phone_lookup and first.phone_lookup == second.phone_lookup:
        reasons.append(SAME_PHONE)
    alike = name_likeness(words(first.name), words(second.name)) >= LIKE_A_NAME
    if alike and (first.places & second.places or reasons):
        reasons.append(SIMILAR_NAME)
    if first.nik_lookup and second.nik_lookup and SAME_NIK not in reasons:
        # Two different NIK are two people, however alike the rest: only a shared phone is worth a look.
        reasons = [reason for reason in reasons if reason == SAME_PHONE]
        return Likeness(SUSPECT if reasons else 0, tuple(reasons))
    return Likeness(sum(SCORES[reason] for reason in reasons), tuple(reasons))


def merged_values(
    kept: Mapping[str, Any], removed: Mapping[str, Any], take: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """What the kept entry holds afterwards: its own values, those named in ``take`` from the other, gaps filled.

    Raises ValueError if ``take`` names what cannot be chosen.
    """
    if unknown := take - {*CHOOSABLE}:
        raise ValueError(f"Isian {sorted(unknown)[0]} tidak bisa dipilih. Pilih salah satu: {', '.join(CHOOSABLE)}.")
    return {name: removed[name] if name in take or kept[name] in ("", None) else kept[name] for name in CHOOSABLE}


def undo_problem(*, merged_at: datetime, undone_at: datetime | None, merged_again: bool, at: datetime) -> str | None:
    """Why a merge can no longer be undone, in one Indonesian sentence, or None."""
    if undone_at is not None:
        return "Penggabungan ini sudah diurungkan."
    if at - merged_at > UNDO_WITHIN:
        return f"Penggabungan hanya bisa diurungkan dalam {UNDO_WITHIN.days} hari."
    if merged_again:
        return "Data ini sudah digabung lagi. Urungkan penggabungan yang terakhir dulu."
    return None
