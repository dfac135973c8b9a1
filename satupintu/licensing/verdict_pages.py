"""What the check page answers, in words: a heading, one sentence, and a picture; never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. ``kind`` and ``icon`` are those of the shell's notices and drawings."""

    kind: str
    icon: str
    title: str | Promise
    sentence: str | Promise


YES, NO, PAUSED, NOT_KNOWN = _("BERLAKU"), _("TIDAK BERLAKU"), _("DITANGGUHKAN"), _("BELUM DIKETAHUI")


def _no(sentence: str | Promise) -> Answer:
    return Answer("failure", "circle-x", NO, sentence)


def _not_known(sentence: str | Promise) -> Answer:
    return Answer("info", "circle-alert", NOT_KNOWN, sentence)


# The first six are statuses of ``kernel.seal.verdicts``; ``check.js`` chooses among the others.
ANSWERS = {
    "active": Answer("success", "circle-check", YES, _("Surat ini asli dan berlaku.")),
    "suspended": Answer("warning", "triangle-alert", PAUSED, _("Surat ini dibekukan dulu. Tanya kantor penerbit.")),
    "revoked": _no(_("Surat ini sudah dicabut.")),
    "expired": _no(_("Masa berlaku surat ini sudah habis.")),
    "not_yet_valid": _no(_("Surat ini belum mulai berlaku.")),
    "superseded": _no(_("Surat ini sudah diganti. Minta surat yang baru.")),
    "forged": _no(_("Ini bukan surat asli kami, atau isinya diubah.")),
    "key_revoked": _no(_("Tanda tangan lama ini tidak dipakai lagi. Minta surat yang baru.")),
    "unreadable": _not_known(_("Isi kodenya tidak lengkap. Pindai lagi, atau ketik kodenya.")),
    "unknown_key": _not_known(_("HP ini belum kenal tanda tangannya. Nyalakan internet, lalu cek lagi.")),
    "no_data": _not_known(_("HP ini belum punya data untuk mengecek. Nyalakan internet, lalu cek lagi.")),
    "no_list": _not_known(_("Tanda tangannya asli. Daftar pencabutan belum ada, jadi cek lagi nanti.")),
    "no_signatures": _not_known(_("HP ini tidak bisa mengecek tanda tangan. Ketik kodenya.")),
    "code_offline": _not_known(_("Kode yang diketik perlu internet. Pindai QR, atau cek lagi nanti.")),
}
