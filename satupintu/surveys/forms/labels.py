"""The words for what the files say in codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

YESNO: Any = {"yes": _("Ya"), "no": _("Belum")}
FACES = {"yes": "face_yes", "no": "face_not_yet"}
# The report prints no words for 1 to 5; these are ours.
LIKERT: Any = {
    "1": _("Sangat tidak setuju"),
    "2": _("Tidak setuju"),
    "3": _("Biasa saja"),
    "4": _("Setuju"),
    "5": _("Sangat setuju"),
}
WAVES: Any = {
    "before": _("Sebelum acara"),
    "after": _("Sesudah acara"),
    "then": _("Sesudah acara, tentang keadaan sebelumnya"),
    "followup": _("Tindak lanjut"),
}
KINDS: Any = {
    "needs": _("Wawancara"),
    "self_rating": _("Menilai diri sendiri"),
    "response": _("Menilai acara"),
    "knowledge": _("Soal pengetahuan"),
    "readiness": _("Kesiapan"),
    "followup": _("Tindak lanjut"),
}
TYPES: Any = {
    "yesno": _("Ya atau Belum"),
    "likert5": _("Angka 1 sampai 5"),
    "single": _("Pilih satu"),
    "multiple": _("Boleh pilih lebih dari satu"),
    "number": _("Angka"),
    "text": _("Tulisan"),
}
