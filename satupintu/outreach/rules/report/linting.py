"""What keeps a report from being final. Each problem says what is wrong and where it is mended. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from satupintu.kernel.stats.printed import Printed, PrintedMean, half_up
from satupintu.outreach.rules.report.assembling import Assembled
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
    """One thing to mend. ``where`` is ``texts``, ``event``, ``programme``, ``people`` or ``answers``."""

    code: str
    where: str
    text: str


def problems(made: Assembled, data: ReportData, template: ReportTemplate) -> list[Problem]:
    """Everything that keeps a report from being final, in the order of the rules; empty for one that may be."""
    return [
        *_unresolved(data, template),
        *_contradictions(data, made.figures, template),
        *_without_base(data, made.figures, template),
        *_about_target(data),
        *_impossible_means(data, made.figures, template),
        *_too_strong(data, made.figures, template),
        *(
            Problem("figure_missing", "answers", f"Angka {name} tidak ada di data. Lengkapi data acara.")
            for name in made.missing
        ),
    ]


def _texts(data: ReportData, template: ReportTemplate) -> Iterator[tuple[str, str]]:
    """Each typed text with its title."""
    for name, asked in template.texts.items():
        if data.texts.get(name, "").strip():
            yield asked.title, data.texts[name]


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]


def _told(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:87]}…"


def _unresolved(data: ReportData, template: ReportTemplate) -> Iterator[Problem]:
    for name, asked in template.texts.items():
        if asked.needed and not data.texts.get(name, "").strip():
            yield Problem("empty", "texts", f"{asked.title} belum diisi. {asked.ask}")
    prompts = {line.strip().rstrip("?").casefold() for one in template.texts.values() for line in _sentences(one.ask)}
    for title, text in _texts(data, template):
        for line in _sentences(text):
            asks = ASKS.match(line) and not line.endswith((".", "!"))
            if PLACEHOLDER.search(line) or asks or line.rstrip("?").casefold() in prompts:
                yield Problem(
                    "prompt", "texts", f"{title}: masih ada pertanyaan atau isian: “{_told(line)}”. Gantilah."
                )
    for title, text in (("Nama acara", data.event.title), ("Tempat", data.event.place), ("Surat", data.event.letter)):
        if PLACEHOLDER.search(text):
            yield Problem("prompt", "event", f"{title}: masih ada isian: “{_told(text)}”. Gantilah.")


def _contradictions(data: ReportData, figures: Figures, template: ReportTemplate) -> Iterator[Problem]:
    over = [(title, line) for title, line in _lines(data, template) if RAN_OVER.search(line)]
    on_time = [
        (title, line) for title, line in _lines(data, template) if ON_TIME.search(line) and not RAN_OVER.search(line)
    ]
    if over and on_time:
        told = f"{over[0][0]} bilang lewat waktu, {on_time[0][0]} bilang tepat waktu. Pilih yang benar."
        yield Problem("contradiction", "texts", told)
    known = figures.holds(["agenda.all_timed"])
    late = "agenda.ran_over" in figures or "agenda.late_by" in figures
    for title, line in on_time:
        if late:
            told = f"{title}: “{_told(line)}”, padahal menurut catatan jam ada yang lewat waktu. Betulkan kalimatnya."
            yield Problem("contradiction", "texts", told)
    for title, line in over:
        if known and not late:
            told = f"{title}: “{_told(line)}”, padahal menurut catatan jam tidak ada yang lewat. Betulkan kalimatnya."
            yield Problem("contradiction", "texts", told)
    if not known and not late:
        for title, line in [*over, *on_time]:
            told = f"{title}: “{_told(line)}”, padahal jam nyata tidak lengkap. Isi jamnya atau hapus kalimatnya."
            yield Problem("claim_without_data", "programme", told)


def _lines(data: ReportData, template: ReportTemplate) -> Iterator[tuple[str, str]]:
    return ((title, line) for title, text in _texts(data, template) for line in _sentences(text))


def _without_base(data: ReportData, figures: Figures, template: ReportTemplate) -> Iterator[Problem]:
    for title, line in _lines(data, template):
        if (SHARE.search(line) or MEAN.search(line)) and not BASE.search(line):
            told = f"{title}: “{_told(line)}” tanpa dasar. Tulis dari berapa orang."
            yield Problem("number_without_base", "texts", told)
        elif UNCOUNTED.search(line) and not re.search(r"[0-9]", line):
            told = f"{title}: “{_told(line)}” tanpa angka. Tulis berapa dari berapa."
            yield Problem("number_without_base", "texts", told)
    for name, figure in figures.items():
        if figure.kind in NEEDS_BASE and not figure.base and figure.origin != "ketetapan cara hitung":
            yield Problem("number_without_base", "answers", f"Angka {name} tidak punya dasar. Lengkapi data acara.")


def _about_target(data: ReportData) -> Iterator[Problem]:
    event = data.event
    if not event.target:
        told = "Jumlah sasaran belum diisi: yang hadir itu dari berapa? Isi di keterangan acara."
        yield Problem("target_missing", "event", told)
    elif not event.target_source:
        yield Problem("target_missing", "event", "Sumber jumlah sasaran belum diisi. Isi di keterangan acara.")
    if event.day is None:
        yield Problem("day_missing", "event", "Tanggal acara belum diisi. Isi di keterangan acara.")
    if event.attended is None:
        yield Problem("attended_missing", "people", "Jumlah yang hadir belum diketahui. Catat siapa yang datang.")


def _impossible_means(data: ReportData, figures: Figures, template: ReportTemplate) -> Iterator[Problem]:
    for name, figure in figures.items():
        subject, _, last = name.rpartition(".")
        if last == "mean" and f"{subject}.gave_1" in figures and figure.base:
            mean = Fraction(half_up(Fraction(str(figure.value)) * 100), 100)
            if not _possible(mean, 2, figure.base):
                yield _impossible(f"{subject}", mean, 2, figure.base, "answers")
    for title, line in _lines(data, template):
        said, base = MEAN.search(line), BASE.search(line)
        if said and base:
            digits = said[1].replace(",", ".")
            decimals = len(digits.partition(".")[2])
            people = int((base[2] or base[3]).replace(".", ""))
            if people and not _possible(Fraction(digits), decimals, people):
                yield _impossible(title, Fraction(digits), decimals, people, "texts")


def _possible(mean: Fraction, decimals: int, n: int) -> bool:
    return PrintedMean(Printed(mean, decimals)).is_possible(n)


def _impossible(title: str, mean: Fraction, decimals: int, n: int, where: str) -> Problem:
    told = f"{title}: rata-rata {decimal(mean, decimals)} tidak bisa didapat dari {n} jawaban bulat. Periksa keduanya."
    return Problem("impossible_mean", where, told)


def _too_strong(data: ReportData, figures: Figures, template: ReportTemplate) -> Iterator[Problem]:
    """What two self-ratings of one morning cannot carry. Knowledge items let knowledge be spoken of, not its cause."""
    tested = "knowledge.count" in figures
    for title, line in _lines(data, template):
        wished, own = WISHED.search(line), OWN_WORD.search(line)
        if PROVEN.search(line) and not wished:
            told = f"{title}: “{_told(line)}” lebih kuat dari datanya: tidak ada kelompok pembanding. Lunakkan."
            yield Problem("too_strong", "texts", told)
        elif GREW.search(line) and not (wished or own or tested):
            told = f"{title}: “{_told(line)}” lebih kuat dari datanya. Tulis: menurut penilaian sendiri."
            yield Problem("too_strong", "texts", told)
