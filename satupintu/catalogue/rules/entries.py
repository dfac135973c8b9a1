"""What the files under ``data/`` hold, as frozen records.

Field names equal the names in the files. ``*_en`` fields are optional English; ``source`` is a key of
``sources.yaml``; ``confidence`` is how sure our reading is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from satupintu.kernel.decision import Enumerated, Table

Confidence = Literal["sure", "likely", "doubtful"]
Need = Literal["now", "later", "not_needed", "ask"]
Scale = Literal["micro", "small", "medium", "large"]
Risk = Literal["low", "medium_low", "medium_high", "high"]


class Entry(BaseModel):
    """A record of a data file: nothing may be added to it, unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Entry):
    """Where a fact was read. An empty address means that only the place was noted."""

    title: str
    title_en: str | None = None
    address: str | None = None
    read_on: str | None = None


class Article(Entry):
    """What one article of a law says, in our words."""

    says: str
    says_en: str | None = None
    source: str
    confidence: Confidence


class Law(Entry):
    """A law or regulation with the span in which it counts; a day that was not read is empty and explained."""

    id: str
    title: str
    about: str
    about_en: str | None = None
    in_force: date | None = None
    in_force_note: str | None = None
    in_force_note_en: str | None = None
    until: date | None = None
    replaced_by: str | None = None
    source: str
    confidence: Confidence
    articles: dict[str, Article]

    def counts_within(self, first: date, last: date | None) -> bool:
        """Whether the law is in force on some day from ``first`` to ``last`` (None: no end); unknown days pass."""
        starts_in_time = self.in_force is None or last is None or self.in_force <= last
        return starts_in_time and (self.until is None or self.until >= first)


class Fact(Entry):
    """A fact that tables may use: a closed list of values and the question that finds it out."""

    name: str
    values: tuple[str, ...]
    default: str | None = None
    derived: bool = False
    title: str
    title_en: str | None = None
    ask: str
    ask_en: str | None = None
    labels: dict[str, str]
    labels_en: dict[str, str] = {}


class ScaleClass(Entry):
    """One size class (PP 7/2021 art. 35): upper limits in rupiah, None where there is none or it was not read."""

    valid_from: date
    valid_to: date | None = None
    class_: Scale = Field(alias="class")
    capital_upto: int | None = Field(default=None, ge=0)
    sales_upto: int | None = Field(default=None, ge=0)
    basis: str
    source: str
    confidence: Confidence


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
    """Something a vendor brings or has ready."""

    title: str
    title_en: str | None = None
    help: str | None = None
    help_en: str | None = None


class Region(Entry):
    """A kecamatan or kelurahan with its official code (Kepmendagri 300.2.2-2430/2025) and other spellings."""

    code: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()


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


class Question(Entry):
    """A question vendors ask, answered in plain words."""

    id: str
    topic: str
    question: str
    question_en: str | None = None
    answer: str
    answer_en: str | None = None
    basis: tuple[str, ...] = ()
    source: str
    confidence: Confidence
    papers: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


class Option(Entry):
    """One choice of a finder question. Ticks carry their own ``fact``; ``when`` hides a tick that cannot matter."""

    value: str
    label: str
    label_en: str | None = None
    small: str | None = None
    small_en: str | None = None
    pictogram: str | None = None
    fact: str | None = None
    when: dict[str, tuple[str, ...]] = {}


class FinderQuestion(Entry):
    """One screen of the finder: asked only while every fact in ``when`` has one of the listed values."""

    id: str
    fact: str | None = None
    kind: Literal["search", "choice", "ticks"]
    text: str
    text_en: str | None = None
    hint: str | None = None
    hint_en: str | None = None
    help: str | None = None
    help_en: str | None = None
    when: dict[str, tuple[str, ...]] = {}
    options: tuple[Option, ...] = ()
    unknown: bool = False


class Kind(Entry):
    """Cook and serve, pack to sell, resell or serve: the difference in two sentences; ``code_from``: code group."""

    activity: str
    code_from: tuple[str, ...] = ()
    title: str
    title_en: str | None = None
    text: str
    text_en: str | None = None
    source: str
    confidence: Confidence


class Topic(Entry):
    """A heading under which questions are listed."""

    id: str
    title: str
    title_en: str | None = None


class Example(Entry):
    """An example vendor for the practice mode; a number, never a name."""

    id: str
    title: str
    title_en: str | None = None
    given: dict[str, str]


class Change(Entry):
    """A "what if" of the finder: ``set`` replaces answers; an empty one is answered by its text alone."""

    id: str
    title: str
    title_en: str | None = None
    set: dict[str, str] = {}
    text: str | None = None
    text_en: str | None = None
    when: dict[str, tuple[str, ...]] = {}


class WorksheetField(Entry):
    """One field of the OSS form, in the order it is asked; ``from`` names the fact that fills it."""

    id: str
    group: str
    label: str
    label_en: str | None = None
    help: str | None = None
    help_en: str | None = None
    from_: str | None = Field(default=None, alias="from")
    example: str | None = None
    source: str
    confidence: Confidence


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


@dataclass(frozen=True)
class Words:
    """Rows of the market word files by file name, for the word search."""

    files: Mapping[str, tuple[Mapping[str, str], ...]]


@dataclass(frozen=True)
class Catalogue:
    """All of ``data/``, read once and checked."""

    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    laws: Mapping[str, Law]
    scales: tuple[ScaleClass, ...]
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

    def begins(self) -> date:
        """The first day for which every paper has a table."""
        return max(licence.versions[0].valid_from for licence in self.licences.values())
