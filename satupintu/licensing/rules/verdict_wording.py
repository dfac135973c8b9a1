"""What a check says, as sentences and as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from satupintu.kernel.seal import refusals
from satupintu.kernel.seal.revocations import RevocationList
from satupintu.kernel.seal.verdicts import Verdict

STATUS = {
    "active": "Surat ini sah dan berlaku.",
    "suspended": "Surat ini dibekukan sementara. Tanyakan ke kantor penerbit.",
    "revoked": "Surat ini sudah dicabut.",
    "expired": "Masa berlaku surat ini sudah habis.",
    "not_yet_valid": "Surat ini belum mulai berlaku.",
    "superseded": "Surat ini sudah diganti. Minta surat yang baru.",
}
REASON = {
    refusals.UNREADABLE: "isinya bukan kode surat",
    refusals.TOO_LONG: "isinya terlalu panjang",
    refusals.NOT_CANONICAL: "isinya rusak, terpotong, atau diubah",
    refusals.TAG: "bentuknya bukan bentuk surat kami",
    refusals.SHAPE: "bentuknya bukan bentuk surat kami",
    refusals.UNPROTECTED_HEADER: "ada keterangan di luar tanda tangan",
    refusals.PROTECTED_HEADER: "keterangan tanda tangannya tidak dikenal",
    refusals.ALGORITHM: "cara tanda tangannya tidak diterima",
    refusals.UNKNOWN_KEY: "kunci penandanya tidak dikenal",
    refusals.KEY_REVOKED: "kunci penandanya sudah dicabut",
    refusals.KEY_NOT_FOR_THIS: "kunci penandanya bukan untuk ini",
    refusals.KEY_OUTSIDE_ITS_TIME: "ditandai di luar masa kuncinya",
    refusals.SIGNATURE: "tanda tangannya tidak cocok",
    refusals.CLAIMS: "isinya bukan yang seharusnya",
    refusals.UNKNOWN_CODE: "kodenya tidak ada di daftar",
    refusals.ROLLBACK: "nomornya lebih lama dari yang pernah dilihat",
}


def why_refused(reason: str) -> str:
    """The reason of a refusal in words."""
    return REASON[reason]


def sentences(verdict: Verdict, listed: RevocationList | None, at: date, *, from_register: bool = False) -> list[str]:
    """What to tell a person: the status, what the paper says, and how far revocation was looked at."""
    claims = verdict.claims
    if claims is None:
        return [f"Surat ini tidak bisa dipercaya: {why_refused(verdict.reason or refusals.CLAIMS)}."]
    until = claims.valid_until.isoformat() if claims.valid_until else "tanpa batas"
    return [
        STATUS[verdict.status],
        f"Nomor: {claims.number}",
        f"Jenis: {claims.kind}",
        f"Penerbit: {claims.issuer}",
        f"Pemegang: {claims.holder}",
        f"Berlaku: {claims.valid_from.isoformat()} sampai {until}",
        f"Kode: {claims.code}",
        "Menurut daftar surat di basis data ini." if from_register else _looked_at(listed, at),
    ]


def list_as_json(listed: RevocationList | None, at: date) -> dict[str, Any] | None:
    """Which list was looked at and whether it is past its day; None: none was."""
    if listed is None:
        return None
    return {
        "sequence": listed.sequence,
        "issued": listed.issued.isoformat(),
        "next_update": listed.next_update.isoformat(),
        "stale": listed.is_stale(at),
    }


def _looked_at(listed: RevocationList | None, at: date) -> str:
    if listed is None:
        return "Perhatian: daftar pencabutan belum diperiksa."
    if listed.is_stale(at):
        return f"Perhatian: daftar pencabutan sudah lama, dari {listed.issued.isoformat()}. Ambil daftar yang baru."
    return f"Daftar pencabutan: nomor {listed.sequence}, {listed.issued.isoformat()}."
