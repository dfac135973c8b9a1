"""What the public register is narrowed to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from satupintu.licensing.queries.register import Asked, markets, papers_issued
from satupintu.licensing.rules.register import HOLDS
from satupintu.registry.forms.choices import ALL, Plain, kelurahan_choices, one_of, text

STANDING_LABELS: Any = [
    (HOLDS, _("Berlaku")),
    ("suspended", _("Ditangguhkan")),
    ("ended", _("Sudah berakhir atau dicabut")),
    ("all", _("Semua")),
]


class RegisterForm(Plain):
    """The search and the filters; what is not in the lists narrows nothing."""

    cari = text(_("Nomor surat atau kode 7 tanda"), most=60)
    surat = one_of(_("Surat"), [])
    pasar = one_of(_("Pasar"), [])
    wilayah = one_of(_("Kelurahan"), [])
    keadaan = one_of(_("Keadaan"), STANDING_LABELS)

    def __init__(self, *args: Any, day: date, **given: Any) -> None:
        super().__init__(*args, **given)
        lists: dict[str, list[Any]] = {
            "surat": list(papers_issued(day).items()),
            "pasar": markets(),
            "wilayah": kelurahan_choices(""),
        }
        for name, choices in lists.items():
            self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What was chosen from the lists."""
        self.is_valid()
        chosen = self.cleaned_data
        return Asked(
            text=chosen.get("cari", ""),
            paper=chosen.get("surat", ""),
            market=chosen.get("pasar", ""),
            region=chosen.get("wilayah", ""),
            standing=chosen.get("keadaan") or HOLDS,
        )
