"""Choosing the words of a plan in Indonesian or English; a text without English comes back in Indonesian, marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from satupintu.catalogue.rules.entries import Catalogue, Licence
from satupintu.catalogue.rules.facts import FROM_CODE, given_code
from satupintu.catalogue.rules.plan import Paper, Plan

SCALE_NOTES = {
    "assumed": (
        "Modal dan penjualan belum disebut. Kami anggap usaha mikro.",
        "Capital and sales were not given. We take the business as micro.",
    ),
    "higher": (
        "Modal dan penjualan masuk kelas berbeda. Kami pakai yang lebih tinggi. OSS mendaftar menurut modal.",
        "Capital and sales fall in different classes. We take the higher one. OSS registers by capital.",
    ),
}
NOT_SAID = (
    "Belum bisa dipastikan. Yang perlu diketahui: {facts}.",
    "Not certain yet. What has to be known: {facts}.",
)
NOT_READ = (
    "Aturan untuk kode ini belum lengkap kami baca. Tanyakan ke petugas.",
    "We have not read all rules for this code. Ask an officer.",
)
NO_SUCH_CODE = (
    "Kode {code} tidak ada di daftar KBLI {version} kami. Periksa nomor dan versinya.",
    "Code {code} is not in our KBLI {version} list. Check its number and version.",
)
CODE_FIRST = ("Pilih jenis jualan dulu.", "First choose what you sell.")


@dataclass(frozen=True)
class Words:
    """A text and the language it is in."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


def words(record: BaseModel, field: str, language: str) -> Words:
    """One text field of a record: the English one if wanted and there, else the Indonesian."""
    english = getattr(record, f"{field}_en", None)
    if language == "en" and english:
        return Words(english, "en")
    return Words(getattr(record, field) or "", "id")


def section(licence: Licence, heading: str, language: str) -> Words:
    """One part of a paper's text file."""
    if language == "en" and licence.texts_en.get(heading):
        return Words(licence.texts_en[heading], "en")
    return Words(licence.texts.get(heading, ""), "id")


def why(catalogue: Catalogue, paper: Paper, language: str = "id") -> Words:
    """Why this paper is needed, not needed or to be asked about."""
    if not paper.missing:
        return section(paper.licence, paper.why, language)
    side = 1 if language == "en" else 0
    if "kbli" in paper.missing:
        return Words(CODE_FIRST[side], language)
    if any(name in FROM_CODE for name in paper.missing):
        return Words(NOT_READ[side], language)
    return Words(NOT_SAID[side].format(facts=_facts(catalogue, paper, language)), language)


def _facts(catalogue: Catalogue, paper: Paper, language: str) -> str:
    names = ["sales_band" if name == "sales" else name for name in paper.missing]
    titles = [words(catalogue.facts[name], "title", language).text for name in names]
    return ", ".join(title[:1].lower() + title[1:] for title in titles)


def scale_note(plan: Plan, language: str = "id") -> Words | None:
    """What to tell about the size class, if it was assumed or capital and sales differ."""
    note = SCALE_NOTES.get(plan.facts.scale_from)
    return Words(note[1 if language == "en" else 0], language) if note else None


def notes(plan: Plan, given: Mapping[str, str], language: str = "id") -> list[str]:
    """What to know about the whole plan: the size class, a code not in our list, the caution of the code."""
    size, code, number = scale_note(plan, language), plan.facts.code, given_code(given)
    said = [size.text] if size else []
    if number and code is None:
        sentence = NO_SUCH_CODE[1 if language == "en" else 0]
        said.append(sentence.format(code=number, version=given.get("kbli_version") or "2020"))
    if code and code.caution:
        said.append(words(code, "caution", language).text)
    return said
