"""Everything under ``data/`` together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from satupintu.catalogue.rules.entries.codes import KbliCode, Pairing, Region, RiskRow, Words
from satupintu.catalogue.rules.entries.finder import (
    Change,
    Example,
    Fact,
    FinderQuestion,
    Kind,
    Question,
    Topic,
    WorksheetField,
)
from satupintu.catalogue.rules.entries.law import Law, Limit, ScaleClass, Source
from satupintu.catalogue.rules.entries.papers import Document, Licence, Office, PlanCase


@dataclass(frozen=True)
class Catalogue:
    """All of ``data/``, read once and checked."""

    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    laws: Mapping[str, Law]
    scales: tuple[ScaleClass, ...]
    limits: tuple[Limit, ...]
    codes: Mapping[tuple[str, str], KbliCode]
    pairings: tuple[Pairing, ...]
    risks: Mapping[tuple[str, str], tuple[RiskRow, ...]]
    documents: Mapping[str, Document]
    offices: Mapping[str, Office]
    regions: Mapping[str, Region]
    licences: Mapping[str, Licence]
    topics: Mapping[str, Topic]
    questions: Mapping[str, Question]
    finder: tuple[FinderQuestion, ...]
    kinds: tuple[Kind, ...]
    examples: tuple[Example, ...]
    changes: tuple[Change, ...]
    worksheet_groups: tuple[Topic, ...]
    worksheet: tuple[WorksheetField, ...]
    plan_cases: tuple[PlanCase, ...]
    words: Words

    def partners(self, version: str, code: str) -> tuple[str, ...]:
        """The codes of the other version that our pairing names for this one, in the order of the file."""
        if version == "2020":
            return tuple(p.code_2025 for p in self.pairings if p.code_2020 == code and p.code_2025)
        return tuple(p.code_2020 for p in self.pairings if p.code_2025 == code)

    def limit_on(self, name: str, day: date) -> Limit | None:
        """The dated amount of this name that counts on ``day``, or None."""
        return next((limit for limit in self.limits if limit.name == name and limit.counts_on(day)), None)

    def begins(self) -> date:
        """The first day for which every paper has a table."""
        return max(licence.versions[0].valid_from for licence in self.licences.values())
