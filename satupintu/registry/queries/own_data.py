"""Everything the registry keeps about one person, for that person."""

from __future__ import annotations

from typing import Any

from satupintu.audit import queries as audit
from satupintu.registry.models import Business, Person
from satupintu.registry.queries.known import region_name
from satupintu.registry.queries.visible import references


def own_data(person: Person) -> dict[str, Any]:
    """Plain values ready for JSON: who, what they run, hold, sent in, agreed to, planned, and who looked at it."""
    return {
        "nama": person.display_name,
        "nik": person.nik,
        "nomor_hp": person.shown_phone,
        "jenis_kelamin": person.get_sex_display(),
        "tahun_lahir": person.birth_year,
        "tempat_jualan": region_name(person.region),
        "bahasa": person.language,
        "kirim_kabar_lewat": person.channel,
        "disimpan_sampai": str(person.retention_until),
        "usaha": [_business(business) for business in person.businesses.select_related("market").all()],
        "surat": [
            {"surat": p.paper, "nomor": p.number, "terbit": _day(p.issued), "berlaku_sampai": _day(p.valid_until)}
            for p in person.papers.filter(withdrawn_at=None)
        ],
        "berkas": [
            {"jenis": d.kind, "dikirim": str(d.made_at), "disimpan_sampai": str(d.retention_until)}
            for d in person.documents.filter(erased_at=None)
        ],
        "persetujuan": [
            {
                "tujuan": c.purpose,
                "versi_kalimat": c.text_version,
                "jawaban": "ya" if c.given else "tidak",
                "pada": str(c.made_at),
                "dicabut": str(c.withdrawn_at) if c.withdrawn_at else None,
            }
            for c in person.consents.all()
        ],
        "hambatan": [{"kode": b.code, "pada": str(b.made_at)} for b in person.barriers.all()],
        "perjalanan": [{"kode": m.code, "tanggal": str(m.day)} for m in person.milestones.all()],
        "siapa_membuka": [
            {"pada": str(r.at), "apa": r.action, "peran": r.role, "alasan": r.why}
            for r in audit.with_reasons(audit.about_person(*references(person)))
        ],
    }


def _business(business: Business) -> dict[str, Any]:
    plan = getattr(business, "plan", None)
    return {
        "nama": business.trade_name,
        "tempat": business.place,
        "wilayah": region_name(business.region),
        "alamat": business.address,
        "pasar": business.market.name if business.market else "",
        "kode": [f"KBLI {code.version} {code.code}" for code in business.codes.all()],
        "fakta": business.facts,
        "langkah": plan
        and {
            "jawaban": plan.answers,
            "surat": plan.needs,
            "hari_hukum": str(plan.law_day),
            "selesai": [f"{step.paper} {step.step}" for step in plan.steps_done.all()],
        },
    }


def _day(day: Any) -> str | None:
    return str(day) if day else None
