"""Everything licensing keeps about one person, for that person (UU 27/2022 art. 13)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from satupintu.licensing import library
from satupintu.licensing.models import Application, Certificate
from satupintu.licensing.queries.standing import answers_of
from satupintu.registry.models import Person


def files_of_person(person: Person) -> list[dict[str, Any]]:
    """Plain values ready for JSON: each file with answers, documents, moves, messages, decisions and papers.

    Files of an entry that was merged into this one are theirs too.
    """
    own = Q(person=person) | Q(person__merged_into=person)
    return [_file(one) for one in Application.objects.filter(own).order_by("pk")]


def _file(file: Application) -> dict[str, Any]:
    return {
        "nomor": file.number,
        "surat": file.licence,
        "keadaan": library.library().states[file.state].applicant,
        "isian": answers_of(file),
        "dokumen": [{"jenis": one.slot, "penilaian": one.verdict} for one in file.attachments.all()],
        "langkah": [
            {"apa": step.move, "pada": str(step.made_at), "oleh": step.made_by_name, "catatan": step.note}
            for step in file.steps.all()
        ],
        "pesan": [{"pada": str(w.made_at), "dari": w.made_by_name, "isi": w.text} for w in file.words.all()],
        "kunjungan": [{"hari": str(v.planned_for), "temuan": v.findings} for v in file.visits.all()],
        "rekomendasi": [{"kantor": r.office, "jawaban": r.answer} for r in file.recommendations.all()],
        "keputusan": [
            {"pada": str(d.made_at), "hasil": d.outcome, "catatan": d.note, "dasar_beku": d.frozen}
            for d in file.decisions.all()
        ],
        "surat_terbit": [_paper(one) for one in file.certificates.all()],
    }


def _paper(one: Certificate) -> dict[str, Any]:
    return {
        "nomor": one.number,
        "kode": one.code,
        "keadaan": one.status,
        "sebab": one.status_reason,
        "berlaku_mulai": str(one.valid_from),
        "berlaku_sampai": str(one.valid_until) if one.valid_until else None,
        "tercetak": one.printed,
    }
