"""The texts of a report that people type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satupintu.outreach.queries.reports import form_of_report
from satupintu.registry.forms.choices import Plain

SHORT = ("leader", "approver")
PROBLEM_LABELS: Any = {
    "empty": _("Teks kosong"),
    "prompt": _("Pertanyaan atau isian tertinggal"),
    "contradiction": _("Saling bertentangan"),
    "claim_without_data": _("Pernyataan tanpa data"),
    "number_without_base": _("Angka tanpa dasar"),
    "target_missing": _("Jumlah sasaran"),
    "event_open": _("Acara belum ditutup"),
    "day_missing": _("Tanggal acara"),
    "attended_missing": _("Jumlah yang hadir"),
    "impossible_mean": _("Rata-rata yang mustahil"),
    "too_strong": _("Lebih kuat dari datanya"),
    "figure_missing": _("Angka yang tidak ada"),
}


class TextsForm(Plain):
    """One field for each typed text of the report's form; any may stay empty while it is a draft."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        english = get_language() == "en"
        for name, asked in form_of_report().texts.items():
            self.fields[name] = forms.CharField(
                label=asked.title_en if english else asked.title,
                help_text=asked.ask_en if english else asked.ask,
                required=False,
                strip=True,
                widget=forms.Textarea(attrs={"rows": 2 if name in SHORT else 5}),
            )

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {"texts": {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}}
