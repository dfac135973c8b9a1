"""Opening a survey, locking a phone, sending a form of another tool."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satupintu.audit.rules import Actor
from satupintu.registry.forms.choices import NOTHING, Plain, digits, one_of, region_choices, text
from satupintu.surveys import queries
from satupintu.surveys.forms.labels import WAVES
from satupintu.surveys.rules.kiosk import pin_problem


class SurveyForm(Plain):
    """Which questionnaire is asked, when, and where."""

    questionnaire = one_of(_("Kuesioner"), [], required=_("Pilih kuesioner."))
    wave = one_of(_("Kapan ditanyakan"), [NOTHING, *WAVES.items()], required=_("Pilih waktunya."))
    after_days = digits(
        _("Berapa hari sesudah acara?"), _("Hanya untuk tindak lanjut, misalnya 30."), width="width-4", most=3
    )
    title = text(_("Untuk acara apa?"), _("Contoh: Sosialisasi Pasar Pagi."), _("Tulis nama acaranya."))
    region = one_of(_("Wilayah"), [], required=_("Pilih wilayah."))

    def __init__(self, *args: Any, actor: Actor, day: date, **given: Any) -> None:
        super().__init__(*args, **given)
        english = get_language() == "en"
        named = [(code, form.title_en if english else form.title) for code, form in queries.forms(day).items()]
        self.fields["questionnaire"].choices = [NOTHING, *named]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["region"].choices = [NOTHING, *region_choices(actor)]  # type: ignore[attr-defined]

    def clean_after_days(self) -> int:
        """Days as a number, 0 if none."""
        typed = self.cleaned_data["after_days"]
        if typed and not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(_("Tulis angka bulat, misalnya 30."))
        return int(typed or 0)


class PinForm(Plain):
    """The PIN that locks and opens a phone that goes round."""

    pin = digits(_("PIN 4 sampai 6 angka"), width="width-10", most=6)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        widget = forms.PasswordInput(attrs={"class": "width-10", "inputmode": "numeric", "autocomplete": "off"})
        self.fields["pin"].widget = widget


class KioskForm(PinForm):
    """A new PIN."""

    def clean_pin(self) -> str:
        """Four to six figures."""
        problem = pin_problem(self.cleaned_data["pin"])
        if problem:
            raise forms.ValidationError(problem)
        return str(self.cleaned_data["pin"])


class XlsFormForm(Plain):
    """An XLSForm to be read."""

    file = forms.FileField(
        label=_("Berkas XLSForm (XLSX)"),
        error_messages={"required": _("Pilih berkasnya dulu."), "empty": _("Berkas ini kosong. Pilih yang lain.")},
    )
