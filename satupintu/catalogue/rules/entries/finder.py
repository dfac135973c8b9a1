"""Facts, the questions of the finder, answers to vendors, and the NIB worksheet."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from satupintu.catalogue.rules.entries.base import Confidence, Entry


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
    labels_en: dict[str, str] = Field(default_factory=dict)


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


class Topic(Entry):
    """A heading under which questions are listed."""

    id: str
    title: str
    title_en: str | None = None


class Option(Entry):
    """One choice of a finder question. Ticks carry their own ``fact``; ``when`` hides a tick that cannot matter."""

    value: str
    label: str
    label_en: str | None = None
    small: str | None = None
    small_en: str | None = None
    pictogram: str | None = None
    fact: str | None = None
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)


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
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
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
    set: dict[str, str] = Field(default_factory=dict)
    text: str | None = None
    text_en: str | None = None
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)


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
