"""Codes of the business classification with their risk, regions, and market words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from satupintu.catalogue.rules.entries.base import Confidence, Entry, Risk, Scale


class KbliCode(Entry):
    """A code of the business classification. Always kept with its version: numbers changed meaning in 2025."""

    version: str
    code: str
    title: str
    group: str | None = None
    goods: str | None = None
    goods_en: str | None = None
    activity: Literal["cook_serve", "make_pack", "resell", "service"] | None = None
    food: Literal["yes", "no"] | None = None
    sppirt: Literal["yes", "no"] | None = None
    caution: str | None = None
    caution_en: str | None = None
    source: str
    confidence: Confidence


class Pairing(Entry):
    """Our reading that a 2020 code and a 2025 code speak of the same trade; empty 2025 code: no match found."""

    code_2020: str
    code_2025: str | None = None
    confidence: Confidence
    note: str | None = None
    source: str


class RiskRow(Entry):
    """The risk level of a code for some scales and days, as one source prints it."""

    code: str
    version: str
    scope: str | None = None
    scales: tuple[Scale, ...]
    printed_scale: str | None = None
    valid_from: date
    valid_to: date | None = None
    risk: Risk
    licence: str | None = None
    time: str | None = None
    authority: str | None = None
    hygiene: Literal["slhs", "hsp", "differs", "none"] | None = None
    law: str
    confidence: Confidence
    note: str | None = None
    source: str


class Region(Entry):
    """A kecamatan or kelurahan with its official code (Kepmendagri 300.2.2-2430/2025) and other spellings."""

    code: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """Rows of the market word files by file name, for the word search."""

    files: Mapping[str, tuple[Mapping[str, str], ...]]
