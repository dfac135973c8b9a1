"""The words of a report as its file holds them: sentences with names where numbers go, and when each is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from satupintu.catalogue.rules.entries import Entry
from satupintu.outreach.rules.report.figures import Figures

NAME = re.compile(r"\{([a-z0-9_.]+)\}")
Flaw = tuple[str, str, str]  # where, what is wrong, what was expected
Table = Literal[
    "agenda", "before_after", "knowledge", "responses", "questions", "aid", "people", "instrument", "origin"
]
PictureKind = Literal["dumbbell", "likert", "bars"]
Listed = Literal["promises", "wanted", "ladder", "uncovered", "photos", "hash", "references"]
Sentence = Annotated[str, Field(max_length=400)]


class Said(Entry):
    """One sentence; it is said if all figures of ``when`` are there and none of ``unless``."""

    text: Sentence
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Block(Entry):
    """One thing of a section: exactly one of sentences, typed text, table, picture or computed list."""

    say: tuple[Said, ...] = ()
    typed: str = ""
    table: Table | None = None
    picture: PictureKind | None = None
    listed: Listed | None = None
    note: bool = False

    def kinds(self) -> int:
        """How many of the five it is."""
        return sum(map(bool, (self.say, self.typed, self.table, self.picture, self.listed)))


class Section(Entry):
    """A heading and what stands under it. ``level`` 1 or 2; ``numbered`` sections count, the others do not."""

    code: str
    title: str
    level: Annotated[int, Field(ge=1, le=2)] = 1
    numbered: bool = True
    language: Literal["id", "en"] = "id"
    when: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


class Typed(Entry):
    """A text the coordinator types. ``ask`` is shown where it is still empty."""

    title: str
    title_en: str
    ask: str
    ask_en: str
    needed: bool = True


class ReportTemplate(Entry):
    """outreach/report/<code>.yaml: the sections, the texts people type, and whether a page is signed."""

    title: str
    title_en: str
    source: str
    approval: bool = True
    texts: dict[str, Typed] = Field(default_factory=dict)
    sections: tuple[Section, ...] = Field(min_length=1)


def fill(text: str, figures: Figures, language: str = "id") -> tuple[str, list[str]]:
    """A sentence with its figures written in, and the names that are not known (left as they stand)."""
    missing = [name for name in NAME.findall(text) if name not in figures]
    told = NAME.sub(lambda hit: figures.shown(hit[1], language, hit[0]), text)
    return told, missing


def template_flaws(template: ReportTemplate) -> Iterator[Flaw]:
    """What is wrong inside a template: a digit outside a name, a block of two kinds, a text nobody can type."""
    codes = [section.code for section in template.sections]
    for code in {code for code in codes if codes.count(code) > 1}:
        yield f"sections {code}", "ada dua kali", "kode yang berbeda"
    for section in template.sections:
        for number, block in enumerate(section.blocks, 1):
            where = f"sections {section.code} blocks {number}"
            if block.kinds() != 1:
                yield where, "bukan satu jenis", "say, typed, table, picture, atau listed"
            if block.typed and block.typed not in template.texts:
                yield where, f"teks '{block.typed}' tidak ada", ", ".join(template.texts)
            for said in block.say:
                if re.search(r"[0-9]", NAME.sub("", said.text)):
                    yield where, f"ada angka tertulis: '{said.text[:40]}'", "nama angka di dalam kurung kurawal"
