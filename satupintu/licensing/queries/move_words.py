"""Each move of a file in words for staff, as something that was done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MOVES = {
    "submit": _("Permohonan dikirim"),
    "return_for_repair": _("Dikembalikan untuk diperbaiki"),
    "repair": _("Perbaikan dikirim"),
    "accept": _("Diterima lengkap"),
    "bill": _("Biaya ditagih"),
    "pay": _("Biaya dibayar"),
    "ask": _("Ditanyakan ke pemohon"),
    "answer": _("Pertanyaan dijawab"),
    "ask_again": _("Ditanyakan lagi, waktu kembali ke awal"),
    "answer_again": _("Dijawab, waktu dihitung dari awal"),
    "plan_visit": _("Kunjungan direncanakan"),
    "report_visit": _("Hasil kunjungan dicatat"),
    "seek_recommendation": _("Rekomendasi diminta"),
    "recommend": _("Rekomendasi diberikan"),
    "examine": _("Selesai diperiksa"),
    "send_back": _("Dikembalikan ke pemeriksa"),
    "grant": _("Disetujui"),
    "grant_with_conditions": _("Disetujui dengan syarat"),
    "refuse": _("Ditolak"),
    "deem": _("Disetujui oleh hukum karena lewat waktu"),
    "object": _("Keberatan diajukan"),
    "uphold": _("Keberatan ditolak"),
    "overturn": _("Keberatan diterima"),
    "issue": _("Surat terbit"),
    "hand_over": _("Surat diserahkan"),
    "correct": _("Surat dibetulkan"),
    "suspend": _("Surat ditangguhkan"),
    "lift": _("Surat berlaku lagi"),
    "revoke": _("Surat dicabut"),
    "expire": _("Masa berlaku habis"),
    "renew": _("Diganti surat baru"),
    "file_elsewhere": _("Diajukan di kantor lain"),
    "note_number": _("Nomor dari kantor lain dicatat"),
    "note_refusal": _("Penolakan kantor lain dicatat"),
    "withdraw": _("Ditarik pemohon"),
    "withdraw_complete": _("Ditarik pemohon"),
    "lapse": _("Ditutup karena lama tidak dilengkapi"),
    "lapse_waiting": _("Ditutup karena lama tidak dijawab"),
}


def move_words(move: str) -> str:
    """What a move did, in a few words; its own name if it has none."""
    return str(MOVES.get(move, move))
