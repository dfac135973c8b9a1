"""What keeps a report from being final. Each problem says what is wrong and where it is mended. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from satupintu.kernel.stats.printed import Printed, PrintedMean, half_up
from satupintu.outreach.rules.report.assembling import Assembled
from satupintu.outreach.rules.report.counting import CHOICE
from satupintu.outreach.rules.report.data import ReportData
from satupintu.outreach.rules.report.figures import Figures
from satupintu.outreach.rules.report.template import ReportTemplate
from satupintu.outreach.rules.words import decimal

ANY = re.IGNORECASE
PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\bTODO\b|\bTBD\b|\bXX+\b|\[\s*(isi|nama|tanggal|jumlah|tulis|\.\.)|\.{3,}|…|_{3,}|lorem ipsum", ANY
)
ASKS = re.compile(r"(berapa|apa|apakah|bagaimana|siapa|kapan|di ?mana|mengapa|kenapa)\b", ANY)
ON_TIME = re.compile(r"\b(tepat waktu|sesuai (dengan )?(waktu|jadwal|jadual|rencana))", ANY)
RAN_OVER = re.compile(
    r"\b(melewati|melebihi|lewat( dari)?) (waktu|jadwal|rencana|dari yang direncanakan)"
    r"|lebih lama dari (rencana|jadwal)"
    r"|\bmolor\b|\btidak (tepat waktu|sesuai (dengan )?(waktu|jadwal|rencana))",
    ANY,
)
NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
SHARE = re.compile(rf"{NUMBER}\s?(%|persen\b)", ANY)
MEAN = re.compile(rf"rata-rata\D{{0,40}}?({NUMBER})", ANY)
BASE = re.compile(r"\bdari (sekitar )?([0-9][0-9.]*)|\bn\s*=\s*([0-9]+)", ANY)
UNCOUNTED = re.compile(r"\b(hampir (semua|seluruh)|sebagian besar|mayoritas|kebanyakan)\b", ANY)
GREW = re.compile(
    r"\b(pemahaman|pengetahuan|wawasan|keterampilan|kompetensi)\b[^.]{0,80}\b(naik|meningkat|bertambah)\b"
    r"|\b(peningkatan|kenaikan|meningkatkan|meningkatnya|menambah)\b[^.]{0,40}\b(pemahaman|pengetahuan|wawasan)\b",
    ANY,
)
PROVEN = re.compile(
    r"\b(terbukti|membuktikan|dibuktikan|secara efektif|efektif|berkat (kegiatan|acara)|akibat (kegiatan|acara)"
    r"|menyebabkan|berdampak)\b",
    ANY,
)
OWN_WORD = re.compile(r"penilaian (diri|sendiri)|menilai diri|merasa|mengaku", ANY)
WISHED = re.compile(r"\b(tujuan(nya)?|bertujuan|agar|supaya|diharapkan|berharap|untuk meningkatkan)\b", ANY)
NEEDS_BASE = ("percent", "points", "mean", "index")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. ``where`` is ``texts``, ``event``, ``event_state``, ``programme``, ``people`` or ``answers``.

    ``name`` is the typed text it is about, if it is about one.
    """

    code: str
    where: str
    text: str
    name: str = ""


class _Line(NamedTuple):
    """One sentence of a typed text."""

    name: str
    title: str
    text: str

    @property
    def told(self) -> str:
        return f"{self.title}: “{_short(self.text)}”"

    def wrong(self, code: str, told: str, where: str = "texts") -> Problem:
        return Problem(code, where, told, self.name)


def problems(made: Assembled, data: ReportData, template: ReportTemplate) -> list[Problem]:
    """Everything that keeps a report from being final, in the order of the rules; empty for one that may be."""
    lines = list(_lines(data, template))
    return [
        *_unresolved(lines, data, template),
        *_contradictions(lines, made.figures),
        *_without_base(lines, made.figures),
        *_about_event(data),
        *_impossible_means(lines, made.figures),
        *_too_strong(lines, made.figures),
        *(
            Problem("figure_missing", "answers", f"Angka {name} tidak ada di data. Lengkapi data acara.")
            for name in made.missing
        ),
    ]


def _lines(data: ReportData, template: ReportTemplate) -> Iterator[_Line]:
    for name, asked in template.texts.items():
        for line in _sentences(data.texts.get(name, "")):
            yield _Line(name, asked.title, line)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:87]}…"


def _unresolved(lines: list[_Line], data: ReportData, template: ReportTemplate) -> Iterator[Problem]:
    for name, asked in template.texts.items():
        if asked.needed and not data.texts.get(name, "").strip():
            yield Problem("empty", "texts", f"{asked.title} belum diisi. {asked.ask}", name)
    prompts = {line.rstrip("?").casefold() for one in template.texts.values() for line in _sentences(one.ask)}
    for line in lines:
        asks = ASKS.match(line.text) and not line.text.endswith((".", "!"))
        if PLACEHOLDER.search(line.text) or asks or line.text.rstrip("?").casefold() in prompts:
            yield line.wrong(
                "prompt", f"{line.title}: masih ada pertanyaan atau isian: “{_short(line.text)}”. Gantilah."
            )
    for title, text in (("Nama acara", data.event.title), ("Tempat", data.event.place), ("Surat", data.event.letter)):
        if PLACEHOLDER.search(text):
            yield Problem("prompt", "event", f"{title}: masih ada isian: “{_short(text)}”. Gantilah.")


def _contradictions(lines: list[_Line], figures: Figures) -> Iterator[Problem]:
    over = [line for line in lines if RAN_OVER.search(line.text)]
    on_time = [line for line in lines if ON_TIME.search(line.text) and line not in over]
    if over and on_time:
        told = f"{over[0].title} bilang lewat waktu, {on_time[0].title} bilang tepat waktu. Pilih yang benar."
        yield on_time[0].wrong("contradiction", told)
    known = "agenda.all_timed" in figures
    late = "agenda.ran_over" in figures or "agenda.late_by" in figures
    for line in on_time if late else ():
        told = f"{line.told}, padahal menurut catatan jam ada yang lewat waktu. Betulkan kalimatnya."
        yield line.wrong("contradiction", told)
    for line in over if known and not late else ():
        told = f"{line.told}, padahal menurut catatan jam tidak ada yang lewat. Betulkan kalimatnya."
        yield line.wrong("contradiction", told)
    for line in () if known or late else [*over, *on_time]:
        told = f"{line.told}, padahal jam nyata tidak lengkap. Isi jamnya atau hapus kalimatnya."
        yield line.wrong("claim_without_data", told, "programme")


def _without_base(lines: list[_Line], figures: Figures) -> Iterator[Problem]:
    for line in lines:
        if (SHARE.search(line.text) or MEAN.search(line.text)) and not BASE.search(line.text):
            yield line.wrong("number_without_base", f"{line.told} tanpa dasar. Tulis dari berapa orang.")
        elif UNCOUNTED.search(line.text) and not re.search(r"[0-9]", line.text):
            yield line.wrong("number_without_base", f"{line.told} tanpa angka. Tulis berapa dari berapa.")
    for name, figure in figures.items():
        if figure.kind in NEEDS_BASE and not figure.base and figure.origin != CHOICE:
            yield Problem("number_without_base", "answers", f"Angka {name} tidak punya dasar. Lengkapi data acara.")


def _about_event(data: ReportData) -> Iterator[Problem]:
    event = data.event
    if not event.target:
        told = "Jumlah sasaran belum diisi: yang hadir itu dari berapa? Isi di keterangan acara."
        yield Problem("target_missing", "event", told)
    elif not event.target_source:
        yield Problem("target_missing", "event", "Sumber jumlah sasaran belum diisi. Isi di keterangan acara.")
    if not event.closed:
        yield Problem("event_open", "event_state", "Acara belum ditutup. Tutup acaranya dulu.")
    if event.day is None:
        yield Problem("day_missing", "event", "Tanggal acara belum diisi. Isi di keterangan acara.")
    if event.attended is None:
        yield Problem("attended_missing", "people", "Jumlah yang hadir belum diketahui. Catat siapa yang datang.")


def _impossible_means(lines: list[_Line], figures: Figures) -> Iterator[Problem]:
    for name, figure in figures.items():
        subject, _, last = name.rpartition(".")
        if last == "mean" and f"{subject}.gave_1" in figures and figure.base:
            mean = Fraction(half_up(Fraction(str(figure.value)) * 100), 100)
            if not _possible(mean, 2, figure.base):
                yield Problem(
                    "impossible_mean", "answers", _impossible(subject.removeprefix("item."), mean, 2, figure.base)
                )
    for line in lines:
        said, base = MEAN.search(line.text), BASE.search(line.text)
        if said and base:
            digits = said[1].replace(",", ".")
            decimals, people = len(digits.partition(".")[2]), int((base[2] or base[3]).replace(".", ""))
            if people and not _possible(Fraction(digits), decimals, people):
                yield line.wrong("impossible_mean", _impossible(line.title, Fraction(digits), decimals, people))


def _possible(mean: Fraction, decimals: int, n: int) -> bool:
    return PrintedMean(Printed(mean, decimals)).is_possible(n)


def _impossible(title: str, mean: Fraction, decimals: int, n: int) -> str:
    told = decimal(mean, decimals)
    return f"{title}: rata-rata {told} tidak bisa didapat dari {n} jawaban bulat. Periksa keduanya."


def _too_strong(lines: list[_Line], figures: Figures) -> Iterator[Problem]:
    """What two self-ratings of one morning cannot carry. Knowledge items let knowledge be spoken of, not its cause."""
    tested = "knowledge.count" in figures
    for line in lines:
        wished, own = WISHED.search(line.text), OWN_WORD.search(line.text)
        if PROVEN.search(line.text) and not wished:
            told = f"{line.told} lebih kuat dari datanya: tidak ada kelompok pembanding. Lunakkan."
            yield line.wrong("too_strong", told)
        elif GREW.search(line.text) and not (wished or own or tested):
            yield line.wrong("too_strong", f"{line.told} lebih kuat dari datanya. Tulis: menurut penilaian sendiri.")
