"""A questionnaire as a file holds it, and what may be wrong with one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from satupintu.catalogue.rules.entries import Confidence, Entry

Kind = Literal["needs", "self_rating", "response", "knowledge", "readiness", "followup"]
ItemType = Literal["yesno", "likert5", "single", "multiple", "number", "text"]
Wave = Literal["before", "after", "then", "followup"]
WAVES: tuple[Wave, ...] = ("before", "after", "then", "followup")
# A choice that says nothing of what somebody knows or has; beside it nothing else can be ticked.
EXCLUSIVE = ("unknown", "none")
YES, NO = "yes", "no"
LIKERT = ("1", "2", "3", "4", "5")
MOST_CHOICES = 12
LARGEST_NUMBER = 999_999_999_999
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
Asked = Annotated[str, Field(max_length=200)]
Short = Annotated[str, Field(max_length=120)]


class Choice(Entry):
    """One answer to choose from."""

    code: str
    text: Short
    text_en: Short
    pictogram: str = ""


class Condition(Entry):
    """When an item is asked at all: an earlier item was answered with one of these."""

    item: str
    answers: tuple[str, ...] = Field(min_length=1)


class Item(Entry):
    """One statement or question.

    ``printed`` is the wording of the source, letter by letter, where ``text`` changes its spelling; ``hint`` says the
    same in plainer words. ``key`` is the right answer of a knowledge item, ``why`` the fact behind it, with ``source``
    and ``confidence``; ``rates`` names the self-rated statement it checks, as ``questionnaire:item``. ``topics`` are
    codes of lessons. ``least`` and ``most`` bound a number.
    """

    code: str
    type: ItemType
    text: Asked
    text_en: Asked
    printed: Asked = ""
    hint: Asked = ""
    hint_en: Asked = ""
    choices: tuple[Choice, ...] = ()
    only_if: Condition | None = None
    key: tuple[str, ...] = ()
    why: Asked = ""
    why_en: Asked = ""
    source: str = ""
    confidence: Confidence | None = None
    rates: str = ""
    topics: tuple[str, ...] = ()
    pictogram: str = ""
    least: int = Field(default=0, ge=0)
    most: int = Field(default=LARGEST_NUMBER, ge=1, le=LARGEST_NUMBER)

    def answers(self) -> tuple[str, ...]:
        """Every value this item can have; none for a number or a text."""
        if self.type == "yesno":
            return (YES, NO)
        return LIKERT if self.type == "likert5" else tuple(choice.code for choice in self.choices)


class Questionnaire(Entry):
    """One version of a questionnaire: questionnaires/<code>/questionnaire.yaml, older ones beside it.

    ``kind`` is what it is for, ``waves`` when it may be asked, ``consent`` the purpose agreed to before the first item.
    """

    version: str
    since: date
    kind: Kind
    title: Short
    title_en: Short
    about: Asked
    about_en: Asked
    consent: str
    waves: tuple[Wave, ...] = Field(min_length=1)
    source: str
    confidence: Confidence
    note: Asked = ""
    note_en: Asked = ""
    items: tuple[Item, ...] = Field(min_length=1)

    def item(self, code: str) -> Item | None:
        """The item of a code."""
        return next((item for item in self.items if item.code == code), None)


Flaw = tuple[str, str, str]  # where, what is wrong, what was expected


def flaws(form: Questionnaire) -> Iterator[Flaw]:
    """What is wrong inside one questionnaire. A condition may only name an earlier item, so none can go in a circle."""
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", form.version):
        yield "version", f"'{form.version}' bukan nomor versi", "angka, misalnya 1 atau 1.1"
    if len(set(form.waves)) != len(form.waves):
        yield "waves", "satu waktu ditulis dua kali", "satu kali"
    earlier: dict[str, Item] = {}
    for item in form.items:
        where = f"items {item.code}"
        if not _CODE.fullmatch(item.code):
            yield where, "kodenya tidak dikenal bentuknya", "huruf kecil, angka, garis bawah, diawali huruf"
        if item.code in earlier:
            yield where, "kodenya dipakai dua kali", "satu kode per butir"
        for field, what, expected in (*_choice_flaws(item), *_key_flaws(item), *_condition_flaws(item, earlier)):
            yield f"{where} {field}", what, expected
        earlier[item.code] = item


def _choice_flaws(item: Item) -> Iterator[Flaw]:
    codes = [choice.code for choice in item.choices]
    if item.type in ("single", "multiple"):
        if not 2 <= len(codes) <= MOST_CHOICES:
            yield "choices", f"ada {len(codes)} pilihan", f"2 sampai {MOST_CHOICES}"
    elif codes:
        yield "choices", f"jenis {item.type} tidak memakai pilihan", "kosong"
    for code in codes:
        if not _CODE.fullmatch(code):
            yield "choices", f"kode '{code}' tidak dikenal bentuknya", "huruf kecil, angka, garis bawah"
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield "choices", f"kode '{code}' dipakai dua kali", "satu kode per pilihan"
    if item.least > item.most:
        yield "least", "lebih besar dari most", "angka terkecil lebih dulu"


def _key_flaws(item: Item) -> Iterator[Flaw]:
    if item.key and item.type not in ("yesno", "single", "multiple"):
        yield "key", f"jenis {item.type} tidak punya kunci", "yesno, single, atau multiple"
    elif item.key and item.type != "multiple" and len(item.key) != 1:
        yield "key", f"ada {len(item.key)} kunci", "satu kunci"
    for value in item.key:
        if item.answers() and value not in item.answers():
            yield "key", f"'{value}' bukan jawaban butir ini", ", ".join(item.answers())
        if value in EXCLUSIVE:
            yield "key", f"'{value}' tidak bisa menjadi kunci", "jawaban yang benar"
    if item.key and not (item.why and item.source and item.confidence):
        yield "key", "kunci tanpa alasan, sumber, atau tingkat yakin", "why, source, dan confidence"
    if item.rates and not item.key:
        yield "rates", "butir ini tidak punya kunci", "hanya untuk butir dengan key"


def _condition_flaws(item: Item, earlier: Mapping[str, Item]) -> Iterator[Flaw]:
    if item.only_if is None:
        return
    asked = earlier.get(item.only_if.item)
    if asked is None:
        yield "only_if", f"'{item.only_if.item}' bukan butir sebelumnya", ", ".join(earlier) or "tidak ada"
        return
    if not asked.answers():
        yield "only_if", f"jenis {asked.type} tidak bisa menjadi syarat", "butir dengan pilihan"
        return
    for value in item.only_if.answers:
        if value not in asked.answers():
            yield "only_if", f"'{value}' bukan jawaban {asked.code}", ", ".join(asked.answers())


def flaws_between(forms: Mapping[str, Questionnaire]) -> Iterator[tuple[str, Flaw]]:
    """What is wrong between questionnaires (the newest version of each, by code): shared codes, ``rates`` to nobody.

    One event asks several of them of the same people, so a code of an item means one thing everywhere.
    """
    owner: dict[str, str] = {}
    for code, form in forms.items():
        for item in form.items:
            if owner.setdefault(item.code, code) != code:
                yield code, (f"items {item.code}", f"kode ini sudah dipakai {owner[item.code]}", "kode lain")
            if item.rates:
                other, _, statement = item.rates.partition(":")
                found = forms[other].item(statement) if other in forms else None
                if found is None or found.type not in ("yesno", "likert5"):
                    yield code, (f"items {item.code} rates", f"'{item.rates}' tidak ada", "kuesioner:pernyataan")
