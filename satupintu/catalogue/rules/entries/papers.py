"""Papers: who issues them, what they ask, and how they are decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from satupintu.catalogue.rules.entries.base import Confidence, Entry, Need
from satupintu.kernel.decision import Enumerated, Table


class Office(Entry):
    """Who issues or helps. ``hours`` is None while not known: the page then says to ask."""

    name: str
    name_en: str | None = None
    kind: str
    address: str | None = None
    phone: str | None = None
    site: str | None = None
    email: str | None = None
    hours: str | None = None
    does: str
    does_en: str | None = None
    source: str
    confidence: Confidence


class Document(Entry):
    """Something a vendor brings or has ready; ``photo``: whether a photo of it can be kept, ``first`` in lists."""

    title: str
    title_en: str | None = None
    help: str | None = None
    help_en: str | None = None
    photo: Literal["first", "yes", "no"] = "yes"


class Outcome(Entry):
    """What a word in the outcome column means."""

    need: Need


class DocumentUse(Entry):
    """A document one paper asks for."""

    code: str
    note: str | None = None
    note_en: str | None = None
    source: str
    confidence: Confidence


class Step(Entry):
    """One thing to do for a paper; ``questions`` are the questions that arise while doing it."""

    title: str
    title_en: str | None = None
    text: str | None = None
    text_en: str | None = None
    questions: tuple[str, ...] = ()
    source: str
    confidence: Confidence


class Ways(Entry):
    """The same paper done online and with help at a counter."""

    online: tuple[Step, ...] = ()
    counter: tuple[Step, ...] = ()


class Point(Entry):
    """A benefit, duty or common failure."""

    text: str
    text_en: str | None = None
    basis: str | None = None
    source: str
    confidence: Confidence


class Gap(Entry):
    """What our notes do not know about a paper, and whom to ask."""

    topic: Literal["cost", "time", "validity", "documents", "steps"]
    ask: str
    note: str | None = None
    note_en: str | None = None


class Term(Entry):
    """One dated number or text: what a paper costs, how long it takes, how long it is valid."""

    item: Literal["cost", "time", "validity"]
    valid_from: date
    rupiah: int | None = Field(default=None, ge=0)
    text: str | None = None
    text_en: str | None = None
    basis: str | None = None
    source: str
    confidence: Confidence
    checked: date


class Header(Entry):
    """The licence.yaml of one paper."""

    code: str
    order: int
    title: str
    title_en: str | None = None
    plain: str
    plain_en: str | None = None
    issued_by: Literal["here", "elsewhere", "history"]
    issuer: str
    inputs: tuple[str, ...] = ()
    outcomes: dict[str, Outcome]
    after: tuple[str, ...] = ()
    inside: str | None = None
    documents: tuple[DocumentUse, ...] = ()
    steps: Ways
    where: tuple[str, ...]
    benefits: tuple[Point, ...] = ()
    obligations: tuple[Point, ...] = ()
    failures: tuple[Point, ...] = ()
    unknown: tuple[Gap, ...] = ()

    @property
    def short(self) -> str:
        """The paper's code as people write it, for places with room for a word only: TDU PKL."""
        return self.code.replace("_", " ").upper()


class Case(Entry):
    """A worked case of one paper: what is given on a day and what must come out."""

    name: str
    on: date
    given: dict[str, str]
    expect: dict[str, str | tuple[str, ...]]


class PlanCase(Entry):
    """A worked case of a whole plan: the need of some papers and the facts named as missing."""

    name: str
    on: date
    given: dict[str, str]
    expect: dict[str, dict[str, str | tuple[str, ...]]]


@dataclass(frozen=True)
class Version:
    """One decision table of a paper and the days it counts; ``until`` is None for the newest.

    ``sources`` has the source key of each row by its line.
    """

    valid_from: date
    until: date | None
    file: str
    table: Table
    worked: Enumerated
    sources: Mapping[int, str]

    def counts_on(self, day: date) -> bool:
        """Whether this version decides on ``day``."""
        return self.valid_from <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Licence:
    """One paper with everything known about it."""

    header: Header
    versions: tuple[Version, ...]
    terms: tuple[Term, ...]
    texts: Mapping[str, str]
    texts_en: Mapping[str, str]
    cases: tuple[Case, ...]

    @property
    def code(self) -> str:
        """The code of the paper, as in the command line and in links."""
        return self.header.code

    def version_on(self, day: date) -> Version:
        """The decision table that counts on ``day``. Raises LookupError before the catalogue begins."""
        for version in self.versions:
            if version.counts_on(day):
                return version
        raise LookupError(self.code)

    def term_on(self, item: str, day: date) -> Term | None:
        """The newest cost, time or validity that counts on ``day``, or None if it is not known."""
        known = [t for t in self.terms if t.item == item and t.valid_from <= day]
        return max(known, key=lambda t: t.valid_from, default=None)
