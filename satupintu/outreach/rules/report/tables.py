"""The tables of a report. Every number in them is a figure by its name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from satupintu.outreach.rules.evaluation import Evaluation
from satupintu.outreach.rules.paired import Statement
from satupintu.outreach.rules.report.data import ReportData
from satupintu.outreach.rules.report.figures import Figures
from satupintu.web.formats import date_long

Block = dict[str, Any]
DASH = "–"


def both_asked(found: Evaluation, kind: str) -> list[Statement]:
    """The yes-or-no statements of a kind that were asked before and after."""
    return [one for one in found.main.statements if one.kind == kind and one.before.n and one.after.n]


def table(name: str, data: ReportData, found: Evaluation, figures: Figures) -> Block | None:
    """One table by its name in the template; None if it would have no row."""
    made = {
        "agenda": _agenda,
        "before_after": _before_after,
        "knowledge": _knowledge,
        "responses": _responses,
        "questions": _questions,
        "aid": _aid,
        "people": _people,
        "instrument": _instrument,
        "origin": _origin,
    }[name](data, found, figures)
    return made if made["rows"] else None


def _block(caption: str, head: Sequence[str], widths: Sequence[float], align: str, rows: list[list[str]]) -> Block:
    """``widths`` are millimetres, 0 for what is left; ``align`` has one letter per column: l, r or c."""
    return {
        "type": "table",
        "caption": caption,
        "head": list(head),
        "widths": list(widths),
        "align": align,
        "rows": rows,
    }


def _agenda(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows = []
    for number, slot in enumerate(data.agenda, 1):
        name = f"agenda.{number}"
        speaker = slot.speaker if not slot.affiliation else f"{slot.speaker}, {slot.affiliation}"
        session = f"{slot.session} (sebab: {slot.cause})" if slot.cause else slot.session
        rows.append(
            [
                slot.section or DASH,
                session,
                speaker.strip(", ") or DASH,
                _times(slot.planned_start, slot.planned_end),
                _times(slot.actual_start, slot.actual_end),
                figures.shown(f"{name}.planned"),
                figures.shown(f"{name}.actual"),
                figures.shown(f"{name}.overrun"),
            ]
        )
    head = ["Bagian", "Sesi", "Pemateri", "Rencana", "Nyata", "Rencana (menit)", "Nyata (menit)", "Lebih (menit)"]
    caption = "Rincian acara, rencana dan nyata, dengan sebab sesi yang lebih lama"
    return _block(caption, head, (12, 0, 31, 19, 19, 14, 12, 12), "lllllrrr", rows)


def _times(start: str, end: str) -> str:
    return f"{start[:5]}–{end[:5]}".replace(":", ".") if start and end else DASH


def _before_after(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows = [_statement(one, data, figures) for one in both_asked(found, "self")]
    head = [
        "",
        "Pernyataan",
        "Sebelum",
        "Sesudah",
        "Ke ya",
        "Ke belum",
        "Selisih, poin (selang)",
        "p",
        "p Holm",
        "N-gain",
    ]
    caption = "Jawaban ya menurut penilaian sendiri, sebelum dan sesudah"
    return _block(caption, head, (7, 0, 16, 16, 8, 11, 22, 15, 13, 11), "llrrrrrrrr", rows)


def _statement(one: Statement, data: ReportData, figures: Figures) -> list[str]:
    def shown(what: str) -> str:
        return figures.shown(f"item.{one.code}.{what}")

    interval = f"{shown('points')} ({shown('low')} sampai {shown('high')})"
    return [
        one.code,
        data.words_of(one.code),
        *(
            f"{shown(f'{wave}.yes')} dari {shown(f'{wave}.n')} ({shown(f'{wave}.percent')})"
            for wave in ("before", "after")
        ),
        shown("gained"),
        shown("lost"),
        interval if f"item.{one.code}.points" in figures else DASH,
        shown("p") if one.pairs else f"{shown('fisher')} (Fisher)",
        shown("holm"),
        shown("gain"),
    ]


def _knowledge(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows = []
    for one in both_asked(found, "knowledge"):
        own = next((a for a in found.against if a.knowledge_code == one.code and a.wave == "after"), None)
        told = f"{own.self_code}: " + figures.shown(f"against.{one.code}.after.only_says") if own else DASH
        base = figures.shown(f"against.{one.code}.after.n") if own else DASH
        row = _statement(one, data, figures)
        rows.append([*row[:6], row[7], f"{told} dari {base}" if own else DASH])
    head = ["", "Soal", "Benar sebelum", "Benar sesudah", "Ke benar", "Ke salah", "p", "Bilang tahu, jawaban salah"]
    return _block("Soal pengetahuan, sebelum dan sesudah", head, (8, 0, 18, 18, 12, 12, 16, 26), "llrrrrrr", rows)


def _responses(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows = []
    for scale in found.scales:
        if scale.answers.mean is None:
            continue
        gave = (figures.shown(f"item.{scale.code}.gave_{step}") for step in range(1, 6))
        n, mean, sd = (figures.shown(f"item.{scale.code}.{what}") for what in ("n", "mean", "sd"))
        rows.append([scale.code, data.words_of(scale.code), *gave, n, mean, sd])
    head = ["", "Pernyataan", "1", "2", "3", "4", "5", "n", "Rata-rata", "SD"]
    caption = "Tanggapan peserta: banyaknya jawaban 1 sampai 5, rata-rata, dan simpangan baku (SD)"
    return _block(caption, head, (8, 0, 9, 9, 9, 9, 9, 10, 17, 13), "llrrrrrrrr", rows)


def _questions(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows = [
        [str(number), one.text, one.session or DASH, one.answer or promise(one.owner, one.due)]
        for number, one in enumerate(data.questions, 1)
    ]
    return _block("Pertanyaan dan jawabannya", ["No.", "Pertanyaan", "Sesi", "Jawaban"], (10, 0, 34, 58), "llll", rows)


def promise(owner: str, due: date | None) -> str:
    """Who finds an answer out by when; that nobody does, if so."""
    return f"Belum; {owner}, paling lambat {date_long(due)}" if owner and due else "Belum dijawab"


def _aid(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows = [
        [
            f"{item.name} ({item.unit})",
            *(figures.shown(f"aid.{number}.{what}") for what in ("stock", "handed", "left", "receivers", "without")),
            figures.shown(f"aid.{number}.worth"),
        ]
        for number, item in enumerate(data.aid, 1)
    ]
    head = ["Bantuan", "Ada", "Diserahkan", "Sisa", "Penerima", "Hadir, tidak menerima", "Nilai yang diserahkan"]
    return _block("Bantuan yang diserahkan", head, (0, 14, 20, 14, 17, 24, 28), "lrrrrrr", rows)


def _people(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows = [
        [
            one.card,
            "ya" if one.invited else "tidak",
            one.arrived.replace(":", ".") or DASH,
            one.left.replace(":", ".") or DASH,
            DASH if one.minutes is None else str(one.minutes),
        ]
        for one in data.people
    ]
    head = ["Kartu", "Diundang", "Datang", "Pulang", "Menit hadir"]
    return _block("Peserta menurut kode kartu", head, (26, 26, 26, 26, 0), "lllll", rows)


def _instrument(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    kinds = {"self": "penilaian diri, ya atau belum", "knowledge": "soal pengetahuan", "response": "skala 1 sampai 5"}
    rows = [[one.code, one.text, kinds.get(one.kind, one.kind)] for one in data.wording]
    return _block("Pernyataan dan soal", ["Kode", "Bunyi", "Jenis"], (16, 0, 45), "lll", rows)


def _origin(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    """One row for each subject and origin: its figures."""
    subjects: dict[str, dict[str, list[str]]] = {}
    for name, figure in figures.items():
        if figure.kind in ("flag", "text"):
            continue
        subject, _, last = name.removeprefix("item.").partition(".")
        base = "" if figure.base is None else f" dari {figure.base}"
        told = f"{last} {figure.shown()}{base}".strip()
        subjects.setdefault(subject, {}).setdefault(figure.origin, []).append(told)
    rows = [
        [subject if place == 0 else "", "; ".join(values), origin]
        for subject, origins in subjects.items()
        for place, (origin, values) in enumerate(origins.items())
    ]
    return _block("Semua angka menurut nama, dengan dasarnya", ["Nama", "Angka", "Asal"], (26, 0, 42), "lll", rows)
