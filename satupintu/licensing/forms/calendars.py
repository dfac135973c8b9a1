"""Forms about the calendar of an office, its service times and its delegations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.licensing.forms.deciding import some_of
from satupintu.registry.forms.choices import NOTHING, Plain, day, one_of
from satupintu.registry.forms.choices import text as line

CITY = "*"  # stands in the form for every office, which the action takes as an empty code


class Choosing(Plain):
    """A form whose first question is the office; ``offices`` are those the actor may choose."""

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.offices = offices
        self.fields["office"].choices = [NOTHING, *offices] if len(offices) != 1 else offices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class MonthForm(Choosing):
    """Which office and month are looked at; what cannot be read is the first office and this month."""

    office = one_of(_("Kantor"), [])
    bulan = forms.DateField(required=False, input_formats=["%Y-%m"])

    def chosen(self, own: str, today: date) -> tuple[str, date]:
        """The office, the actor's own where none was chosen, and the first day of the month."""
        self.is_valid()
        known = [code for code, _name in self.fields["office"].choices if code]  # type: ignore[attr-defined]
        usual = own if own in known else next(iter(known), "")
        return self.cleaned_data.get("office") or usual, (self.cleaned_data.get("bulan") or today).replace(day=1)


class ClosureForm(Choosing):
    """A day on which an office is closed, and why."""

    office = one_of(_("Kantor yang tutup"), [], required=_("Pilih kantornya."))
    day = day(_("Hari tutup"), _("Hari kerja, hari ini atau sesudahnya."), _("Pilih harinya."))
    reason = line(_("Alasan"), _("Contoh: listrik padam, pindah kantor."), _("Tulis alasan kantor tutup."))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        return given | {"office": "" if given["office"] == CITY else given["office"]}


class ServiceTimeForm(Choosing):
    """How many working days an office promises for a paper, from when on, by which letter."""

    office = one_of(_("Kantor"), [], required=_("Pilih kantornya."))
    licence = one_of(_("Surat"), [], required=_("Pilih suratnya."))
    days = forms.IntegerField(
        label=_("Hari kerja"),
        help_text=_("Sejak berkas lengkap dan benar sampai diputuskan."),
        widget=forms.TextInput(attrs={"class": "width-10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Tulis berapa hari kerja."), "invalid": _("Tulis dengan angka, contoh 5.")},
    )
    begins = day(_("Berlaku mulai"), _("Untuk berkas yang diterima mulai hari itu."), _("Pilih harinya."))
    letter = line(_("Nomor surat"), _("SK atau surat yang menetapkannya."), _("Tulis nomor suratnya."))
    example = forms.BooleanField(label=_("Ini contoh untuk uji coba, bukan ketetapan"), required=False)

    def __init__(self, *args: Any, licences: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["licence"].choices = [NOTHING, *licences]  # type: ignore[attr-defined]


class DelegationForm(Choosing):
    """Who acts for an office from when until when, for which papers, by which letter."""

    office = one_of(_("Untuk kantor"), [], required=_("Pilih kantornya."))
    holder = one_of(_("Pejabat yang bertindak"), [], required=_("Pilih pejabatnya."))
    licences = some_of(_("Surat apa saja?"), [], _("Tanpa pilihan: semua surat kantor itu."))
    longest_months = forms.IntegerField(
        label=_("Surat paling lama berlaku, bulan"),
        help_text=_("Kosong: tanpa batas."),
        required=False,
        min_value=1,
        max_value=600,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Tulis angka bulan, 1 sampai 600.")),
        widget=forms.TextInput(attrs={"class": "width-4", "inputmode": "numeric", "autocomplete": "off"}),
    )
    begins = day(_("Mulai"), "", _("Pilih hari pertamanya."))
    ends = day(_("Sampai"), _("Hari itu masih termasuk."), _("Pilih hari terakhirnya."))
    letter = line(
        _("Nomor surat"), _("Surat penunjukan pelaksana harian atau a.n."), _("Tulis nomor suratnya."), most=100
    )

    def __init__(
        self, *args: Any, holders: list[tuple[str, str]], licences: list[tuple[str, str]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.fields["holder"].choices = [NOTHING, *holders]  # type: ignore[attr-defined]
        self.fields["licences"].choices = licences  # type: ignore[attr-defined]
