"""The pictures of a report as numbers to be drawn, each with the same numbers as a text for who cannot see it."""

from __future__ import annotations

from typing import Any

from satupintu.outreach.rules.evaluation import Evaluation
from satupintu.outreach.rules.report.data import ReportData
from satupintu.outreach.rules.report.figures import Figures
from satupintu.outreach.rules.report.tables import both_asked

Block = dict[str, Any]


def picture(kind: str, data: ReportData, found: Evaluation, figures: Figures) -> Block | None:
    """One picture by its kind; None if there is nothing to draw."""
    made = {"dumbbell": _dumbbell, "likert": _likert, "bars": _bars}[kind](data, found, figures)
    return {"type": "picture", "kind": kind, **made} if made["rows"] else None


def _dumbbell(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows, told = [], []
    ordered = sorted(both_asked(found, "self"), key=lambda one: (one.after.share or 0, one.before.share or 0))
    for one in ordered:
        before, after = (100 * float(count.share or 0) for count in (one.before, one.after))
        counts = [
            f"{figures.shown(f'item.{one.code}.{wave}.yes')} dari {figures.shown(f'item.{one.code}.{wave}.n')}"
            for wave in ("before", "after")
        ]
        rows.append({"label": f"{one.code}. {data.words_of(one.code)}", "before": before, "after": after})
        told.append(f"{one.code} {counts[0]} sebelum, {counts[1]} sesudah")
    return {
        "caption": "Persen jawaban ya sebelum (lingkaran kosong) dan sesudah (lingkaran penuh), yang terlemah di atas",
        "alt": f"Jawaban ya: {'; '.join(told)}.",
        "rows": rows,
    }


def _likert(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows, told = [], []
    for scale in found.scales:
        if scale.answers.n:
            rows.append({"label": f"{scale.code}. {data.words_of(scale.code)}", "counts": list(scale.answers.counts)})
            counts = ", ".join(f"{count} memberi {step}" for step, count in enumerate(scale.answers.counts, 1))
            told.append(f"{scale.code}: {counts}")
    return {
        "caption": "Tanggapan peserta: jawaban 1 sampai 5, dengan jawaban 3 di tengah",
        "alt": f"{'; '.join(told)}.",
        "rows": rows,
    }


def _bars(data: ReportData, found: Evaluation, figures: Figures) -> Block:
    rows, told = [], []
    for number, slot in enumerate(data.agenda, 1):
        name = f"agenda.{number}"
        if f"{name}.actual" in figures:
            planned, actual = (figures.number(f"{name}.{what}") for what in ("planned", "actual"))
            rows.append({"label": slot.session, "planned": planned, "actual": actual})
            told.append(
                f"{slot.session}: rencana {figures.shown(f'{name}.planned')}, nyata {figures.shown(f'{name}.actual')}"
            )
    return {
        "caption": "Lama tiap sesi dalam menit: batang nyata, garis rencana, jingga kalau lebih lama dari rencana",
        "alt": f"Menit. {'; '.join(told)}.",
        "rows": rows,
    }
