"""A complete report made up for tests, and reading papers back with other programs than those that wrote them."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from satupintu.outreach.library import library
from satupintu.outreach.rules.evaluation import Evaluation
from satupintu.outreach.rules.report.data import Answer, Asked, EventFacts, Handed, Present, ReportData, Slot, Wording
from satupintu.outreach.rules.report.making import Report, evaluation_of, report_of
from satupintu.outreach.tests.factories import paper_rows

NASTY = 'Toko A & B <2 m² #[x]* _ $y$ \\u{41} `z` "q" {event.title}'
TEXTS = {
    "situation": "Pasar ini buka tiap hari. Pedagangnya warga sekitar.",
    "problems": "Dari wawancara, 12 dari 20 orang belum tahu syarat izin (60 %).",
    "closing": "Menurut penilaian sendiri, lebih banyak peserta menjawab ya sesudah acara.",
    "thanks": "Terima kasih kepada pengurus RT05/RW04.",
    "leader": "Dosen 01",
    "approver": "Kepala LPPM, Dosen 02",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def slot(name: str, begins: str, ends: str, began: str = "", ended: str = "", **given: Any) -> Slot:
    """One line of an agenda."""
    times = {"planned_start": begins, "planned_end": ends, "actual_start": began, "actual_end": ended}
    return Slot(section="I", session=name, **times, **given)


# The first session runs over by 5 minutes, the second takes it back: sessions ran over, the programme did not.
IN_TIME = (slot("Materi", "09:00", "09:15", "09:00", "09:20"), slot("Tanya-jawab", "09:15", "10:00", "09:20", "10:00"))
LATE = (slot("Materi", "09:00", "09:15", "09:00", "09:20", cause="Banyak pertanyaan"),)
EXACT = (slot("Materi", "09:00", "09:15", "09:00", "09:15"),)
UNTIMED = (slot("Materi", "09:00", "09:15"),)


@lru_cache(maxsize=1)
def answers() -> tuple[Answer, ...]:
    """The answers of 20 people and 52 sheets that give the paper's tables."""
    found = []
    for person, wave, statement, value, scale in paper_rows():
        given = {"wave": wave, "statement": statement, "value": int(value), "scale": scale or "yesno"}
        found.append(Answer(person=person, **given))
    return tuple(found)


def data(**given: Any) -> ReportData:
    """Everything a report needs to be final."""
    facts = {
        "title": "Sosialisasi",
        "day": date(2026, 11, 28),
        "place": "Halaman warga",
        "target": 25,
        "target_source": "daftar RT",
        "invited": 22,
        "attended": 20,
        "uninvited": 0,
        "late": 1,
        "early": 2,
    }
    values: dict[str, Any] = {
        "event": EventFacts(**facts | given.pop("event", {})),
        "agenda": LATE,
        "answers": answers(),
        "people": (Present(card="P001", arrived="08:40", left="11:20", minutes=160),),
        "questions": (Asked(text="Berapa biayanya?", answer="Gratis."), Asked(text="Berapa lama?")),
        "aid": (Handed(name="Sembako", unit="paket", stock=20, handed=18, receivers=18, without=2, value=75_000),),
        "wording": (Wording(code="s1", text="Saya tahu kenapa izin penting"),),
        "texts": TEXTS | given.pop("texts", {}),
    }
    return ReportData(**values | given)


def report(**given: Any) -> Report:
    """The report of such data, as a draft."""
    made = data(**given)
    return report_of(library().report, made, _evaluation() if made.answers == answers() else None)


@lru_cache(maxsize=1)
def _evaluation() -> Evaluation:
    return evaluation_of(data())


def codes(**given: Any) -> list[str]:
    """The codes of what keeps such a report from being final."""
    return [problem.code for problem in report(**given).problems]


def squeezed(text: str) -> str:
    """Text with every run of spaces and line ends as one space, as a wrapped cell or line would have it."""
    return re.sub(r"\s+", " ", text)


def pdf_text(pdf: bytes, folder: Path, *options: str) -> str:
    """The words of a PDF in reading order, read by poppler."""
    (folder / "read.pdf").write_bytes(pdf)
    read = subprocess.run(["pdftotext", *options, folder / "read.pdf", "-"], capture_output=True, check=True, text=True)
    return squeezed(read.stdout)


def pdf_info(pdf: bytes, folder: Path, *options: str) -> str:
    """What poppler's pdfinfo says of a PDF."""
    (folder / "read.pdf").write_bytes(pdf)
    return subprocess.run(
        ["pdfinfo", *options, folder / "read.pdf"], capture_output=True, check=True, text=True, errors="replace"
    ).stdout


def docx_part(docx: bytes, name: str) -> ET.Element:
    """One part of a DOCX as XML."""
    with zipfile.ZipFile(BytesIO(docx)) as parts:
        return ET.fromstring(parts.read(name))  # noqa: S314 - our own file


def docx_text(docx: bytes) -> str:
    """The words of a DOCX, paragraph by paragraph."""
    body = docx_part(docx, "word/document.xml")
    return squeezed("\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p")))
