"""A vendor's file as it is captured at a market: the same fields on the kept page and in the record that it sends."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from satupintu.licensing.forms.answers import AnswersForm
from satupintu.licensing.queries import capturing as queries
from satupintu.licensing.queries.applying import title_of
from satupintu.licensing.rules.serving import Service
from satupintu.registry.forms.choices import NOTHING, Plain, digits, kelurahan_choices, one_of, text

YES_NO: Any = [("yes", _("Ya, boleh")), ("no", _("Tidak"))]
NO_MARKET: Any = ("", _("Bukan di pasar"))


class CaptureForm(Plain):
    """Where we are, consent, who, what is sold. A phone without a network keeps exactly what this form posts."""

    version = forms.CharField(max_length=10, widget=forms.HiddenInput)
    licence = one_of(_("Surat"), [], "", _("Pilih suratnya."))
    market = one_of(_("Pasar"), [])
    place = text(_("Tempatnya"), _("Contoh: pasar, loket kecamatan."), _("Tulis tempatnya, misalnya loket kecamatan."))
    region = one_of(_("Kelurahan tempat jualan"), [], "", _("Pilih kelurahan."))
    given = forms.ChoiceField(
        label=_("Jawaban"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jawabannya: ya atau tidak."), "invalid_choice": _("Pilih dari daftar.")},
    )
    display_name = text(_("Nama"), _("Seperti di KTP."), _("Tulis nama seperti di KTP."))
    phone = digits(_("Nomor HP"), _("Nomor WA, contoh 0812 3456 7890. Boleh kosong."))
    nik = digits(_("NIK"), _("16 angka di KTP. Boleh kosong dulu."))
    goods = text(_("Jualan apa"), _("Contoh: cilok keliling."), _("Tulis apa yang dijual."))
    stall = text(_("Nomor lapak"), _("Boleh kosong."), most=40, width="width-10")

    def __init__(self, *args: Any, area: str | None, on: date, **given: Any) -> None:
        super().__init__(*args, **given)
        papers = [(code, title_of(code)) for code in queries.papers_of_ours(on)]
        lists: dict[str, Any] = {
            "licence": papers,
            "market": [NO_MARKET, *queries.markets_in(area)],
            "region": [NOTHING, *kelurahan_choices(area)],
        }
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["stall"].widget.attrs["list"] = "stalls"

    def person(self) -> dict[str, str]:
        """Who was met, as the registry takes it."""
        return {name: self.cleaned_data[name] for name in ("display_name", "phone", "nik", "region")}

    def consent(self) -> dict[str, Any]:
        """What was answered to the text that was read, and where."""
        given = self.cleaned_data
        return {"given": given["given"] == "yes", "place": given["place"], "version": given["version"]}


def answers_form(service: Service, on: date, posted: MultiValueDict[str, str] | None = None) -> AnswersForm:
    """The questions of one paper, each name beginning with its code, so that one page holds several papers."""
    return AnswersForm(
        posted, questions=queries.questions_of(service), answers={}, markets=(), on=on, prefix=service.code
    )
