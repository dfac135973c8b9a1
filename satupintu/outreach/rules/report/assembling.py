"""From figures and words to the report itself: sections of plain blocks that PDF and DOCX set alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from satupintu.outreach.rules.evaluation import Evaluation
from satupintu.outreach.rules.report import tables
from satupintu.outreach.rules.report.counting import figures_of
from satupintu.outreach.rules.report.data import ReportData
from satupintu.outreach.rules.report.figures import Figure, Figures
from satupintu.outreach.rules.report.pictures import picture
from satupintu.outreach.rules.report.template import Block, ReportTemplate, Said, Section, fill
from satupintu.web.formats import date_long

Made = dict[str, Any]
READINGS = {
    "gain.class": "Hake, R. R. (1998). American Journal of Physics 66, 64–74: N-gain.",
    "statements.below": "Newcombe, R. G. (1998). Selang untuk selisih dua bagian yang berpasangan, cara nomor 10.",
    "wilcoxon.p": "Wilcoxon, F. (1945). Uji peringkat bertanda.",
    "likert.more_sheets": "Brown, N. J. L. dan Heathers, J. A. J. (2017). Uji GRIM untuk rata-rata tercetak.",
}


@dataclass(frozen=True)
class Assembled:
    """The report: ``document`` is plain JSON, ``figures`` all of them, ``missing`` the names nobody knew."""

    document: Made
    figures: Figures
    missing: tuple[str, ...]


def assembled(
    template: ReportTemplate, data: ReportData, found: Evaluation, hashed: str, version: int | None = None
) -> Assembled:
    """The whole report. ``version`` is None for a draft; ``hashed`` is the fingerprint of the data."""
    figures = _with_places(template, data, found, figures_of(data, found))
    making = _Making(template, data, found, figures, hashed)
    sections = [*([making.approval()] if template.approval else []), *making.sections()]
    document = {
        "kind": template.title,
        "title": data.event.title,
        "day": date_long(data.event.day) if data.event.day else "",
        "place": ", ".join(filter(None, (data.event.place, data.event.region))),
        "organisers": list(data.event.organisers),
        "state": "Rancangan" if version is None else f"Versi {version}",
        "draft": version is None,
        "hash": hashed,
        "sections": sections,
    }
    return Assembled(document, figures, tuple(dict.fromkeys(making.missing)))


def _with_places(template: ReportTemplate, data: ReportData, found: Evaluation, figures: Figures) -> Figures:
    """The figures with the numbers of tables, the flags of what is not there, and the counts of annexes."""
    added = [
        *_count("photos.count", len(data.photos), "foto dengan persetujuan"),
        *_count("people.listed", len(data.people), "daftar hadir"),
        *_count("instrument.count", len(data.wording), "kuesioner"),
    ]
    added += [Figure(name, True, "flag", "tidak ada catatan") for name, rows in _absent(data) if not rows]
    figures = Figures([*figures.values(), *added])
    number = 0
    for section in _kept(template.sections, figures):
        for block in section.blocks:
            if block.table and (block.table == "origin" or tables.table(block.table, data, found, figures)):
                number += 1
                place = Figure(f"table.{block.table}", f"Tabel {number}", "text", "urutan di laporan ini")
                added.append(place)
    return Figures([*(f for f in figures.values() if f not in added), *added])


def _count(name: str, count: int, origin: str) -> list[Figure]:
    return [Figure(name, count, "count", origin)] if count else []


def _absent(data: ReportData) -> Iterator[tuple[str, Sequence[Any]]]:
    yield "no_questions", data.questions
    yield "no_aid", data.aid


def _kept(sections: Iterable[Section], figures: Figures) -> Iterator[Section]:
    return (section for section in sections if figures.holds(section.when))


class _Making:
    """One report in the making: counts headings, pictures and the names nobody knew."""

    def __init__(
        self, template: ReportTemplate, data: ReportData, found: Evaluation, figures: Figures, hashed: str
    ) -> None:
        self.template, self.data, self.found, self.figures, self.hashed = template, data, found, figures, hashed
        self.missing: list[str] = []
        self.pictures = 0

    def sections(self) -> Iterator[Made]:
        """The sections of the template with their numbers."""
        chapter = part = 0
        for section in _kept(self.template.sections, self.figures):
            number = ""
            if section.numbered and section.level == 1:
                chapter, part = chapter + 1, 0
                number = f"{chapter}"
            elif section.numbered:
                part += 1
                number = f"{chapter}.{part}"
            yield {
                "code": section.code,
                "title": section.title,
                "number": number,
                "level": section.level,
                "language": section.language,
                "blocks": [made for block in section.blocks for made in self._block(block, section.language)],
            }

    def _block(self, block: Block, language: str) -> Iterator[Made]:
        if block.say:
            text = " ".join(self._sentences(block.say, language))
            if text:
                yield {"type": "paragraph", "text": text, "note": block.note}
        elif block.typed:
            yield from self._typed(block.typed)
        elif block.table:
            made = tables.table(block.table, self.data, self.found, self.figures)
            if made:
                yield {**made, "number": self.figures.shown(f"table.{block.table}")}
        elif block.picture:
            drawn = picture(block.picture, self.data, self.found, self.figures)
            if drawn:
                self.pictures += 1
                yield {**drawn, "number": f"Gambar {self.pictures}"}
        elif block.listed:
            yield from getattr(self, f"_{block.listed}")()

    def _sentences(self, said: Iterable[Said], language: str) -> Iterator[str]:
        for one in said:
            if self.figures.holds(one.when, one.unless):
                text, missing = fill(one.text, self.figures, language)
                self.missing += missing
                yield text

    def _typed(self, name: str) -> Iterator[Made]:
        text, asked = self.data.texts.get(name, "").strip(), self.template.texts[name]
        if text:
            paragraphs = re.split(r"\n\s*\n", text)
            yield from ({"type": "paragraph", "text": " ".join(one.split()), "note": False} for one in paragraphs)
        elif asked.needed:
            yield {"type": "prompt", "text": f"Belum diisi. {asked.ask}"}

    def approval(self) -> Made:
        """The approval page: what, where, by whom, and room for two signatures."""
        event = self.data.event
        facts = {
            "Judul kegiatan": event.title,
            "Tanggal": date_long(event.day) if event.day else "",
            "Tempat": event.place,
            "Wilayah": event.region,
            "Penyelenggara": "; ".join(event.organisers),
            "Mitra": "; ".join(event.only_partners()),
            "Tim": "; ".join(member.name for member in event.team),
            "Nomor surat tugas": event.letter,
            "Sumber dana": event.funding,
            "Jumlah sasaran": self._people_of("target"),
            "Jumlah hadir": self._people_of("attended"),
        }
        parties = []
        for name, role in (("approver", "Mengesahkan"), ("leader", "Ketua pelaksana")):
            parties.append({"role": role, "name": self.data.texts.get(name, "").strip()})
        return {
            "code": "approval",
            "title": "Halaman pengesahan",
            "number": "",
            "level": 1,
            "language": "id",
            "blocks": [
                {"type": "facts", "rows": [[label, text or "belum diisi"] for label, text in facts.items()]},
                {"type": "signatures", "parties": parties},
            ],
        }

    def _people_of(self, name: str) -> str:
        return f"{self.figures.shown(f'people.{name}')} orang" if f"people.{name}" in self.figures else ""

    def _list(self, items: Iterable[str], lead: str = "") -> Iterator[Made]:
        listed = list(items)
        if listed:
            if lead:
                yield {"type": "paragraph", "text": lead, "note": False, "keep": True}
            yield {"type": "list", "lines": listed}

    def _promises(self) -> Iterator[Made]:
        waiting = [one for one in self.data.questions if not one.answer]
        return self._list(f"{one.text} ({tables.promise(one.owner, one.due)})" for one in waiting)

    def _wanted(self) -> Iterator[Made]:
        rows = (f"{one.label}: {one.count} dari {one.base} orang" for one in self.data.wanted)
        return self._list(rows, "Materi yang diminta peserta untuk berikutnya:")

    def _ladder(self) -> Iterator[Made]:
        rows = (f"{one.label}: {one.count} dari {one.base} orang" for one in self.data.ladder)
        return self._list(rows, "Yang tercatat pada hari acara atau sesudahnya, dari yang hadir:")

    def _uncovered(self) -> Iterator[Made]:
        covered = self.data.coverage
        if covered:
            yield from self._list(covered.untaught, "Pernyataan yang tidak diajarkan di sesi mana pun:")
            yield from self._list(covered.unmeasured, "Sesi yang tidak diukur oleh pernyataan mana pun:")

    def _photos(self) -> Iterator[Made]:
        for photo in self.data.photos:
            self.pictures += 1
            yield {"type": "photo", "number": f"Gambar {self.pictures}", **photo.model_dump()}

    def _references(self) -> Iterator[Made]:
        typed = [" ".join(line.split()) for line in self.data.texts.get("references", "").splitlines() if line.strip()]
        yield from self._list([*typed, *(text for name, text in READINGS.items() if name in self.figures)])

    def _hash(self) -> Iterator[Made]:
        rows = [[name, mark or "–"] for name, mark in self.data.origin]
        rows.append(["Seluruh data laporan ini", self.hashed])
        told = "Sidik SHA-256 dihitung dari data. Data yang sama selalu memberi sidik yang sama."
        yield {"type": "paragraph", "text": told, "note": False}
        yield {"type": "facts", "rows": rows}
