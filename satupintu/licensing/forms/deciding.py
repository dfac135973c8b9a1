"""Forms of a decision and of what happens to a paper afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satupintu.licensing.rules.periods import last_day
from satupintu.licensing.rules.serving import Reason, Service
from satupintu.registry.forms.choices import Plain, day, digits
from satupintu.registry.forms.choices import text as line

GRANT, REFUSE = "grant", "refuse"


def words(label: Any, hint: Any = "", required: Any = "", most: int = 500) -> forms.CharField:
    """Some sentences; ``required`` is the sentence shown when it is empty, none if it may be."""
    field = line(label, hint, required, most=most)
    field.widget = forms.Textarea(attrs={"rows": 3})
    return field


def some_of(label: Any, choices: Any, hint: Any = "") -> forms.MultipleChoiceField:
    """Any number of a list."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )


class Opened(Plain):
    """What the page was opened with: somebody may have moved the file since, or the rules may have changed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    rules = forms.CharField(widget=forms.HiddenInput, required=False)


class DaysForm(Opened):
    """From when until when a paper holds; the end is empty only where the licence has none."""

    valid_from = day(_("Berlaku mulai"), "", _("Isi tanggal mulai."))
    valid_until = day(_("Berlaku sampai"), _("Kosong hanya untuk surat tanpa batas."))

    def __init__(self, *args: Any, service: Service, today: date, **given: Any) -> None:
        given["initial"] = {"valid_from": today, "valid_until": usual_last_day(service, today)} | (
            given.get("initial") or {}
        )
        super().__init__(*args, **given)
        self.service = service
        if service.validity.forever:
            self.fields["valid_until"].help_text = _("Surat ini berlaku selama usaha berjalan. Biarkan kosong.")
        elif service.validity.months is None:
            self.fields["valid_until"].help_text = _(
                "Masa berlaku di kota ini belum kami tahu. Tulis menurut SK dinas."
            )


class DecideForm(DaysForm):
    """Grant, perhaps with conditions, or refuse with reasons."""

    outcome = forms.ChoiceField(
        label=_("Putusan"),
        choices=[(GRANT, _("Setujui dan terbitkan")), (REFUSE, _("Tolak"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih putusan dulu."), "invalid_choice": _("Pilih dari daftar.")},
    )
    conditions = some_of(_("Syarat di surat"), (), _("Boleh kosong."))
    reasons = some_of(_("Alasan menolak"), (), _("Dibaca pemohon persis seperti ini."))
    note = words(_("Catatan untuk pemohon"), _("Kalimat pendek. Boleh kosong."))

    def __init__(self, *args: Any, presets: tuple[Reason, ...], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["conditions"].choices = [(one.code, _told(one)) for one in self.service.conditions]  # type: ignore[attr-defined]
        self.fields["reasons"].choices = [(one.code, _told(one)) for one in presets]  # type: ignore[attr-defined]
        self.fields["valid_from"].required = False

    def clean(self) -> dict[str, Any]:
        """A refusal needs a reason, a paper needs its first day."""
        given = super().clean() or self.cleaned_data
        if given.get("outcome") == REFUSE and not (given.get("reasons") or given.get("note")):
            self.add_error("reasons", ValidationError(_("Pilih satu alasan atau tulis dengan kata sendiri.")))
        if given.get("outcome") == GRANT and not given.get("valid_from") and "valid_from" not in self.errors:
            self.add_error("valid_from", ValidationError(_("Isi tanggal mulai.")))
        return given


class ObjectionForm(DaysForm):
    """The answer to an objection, always with words."""

    outcome = forms.ChoiceField(
        label=_("Jawaban keberatan"),
        choices=[("overturn", _("Keberatan diterima, terbitkan")), ("uphold", _("Penolakan tetap"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih putusan dulu."), "invalid_choice": _("Pilih dari daftar.")},
    )
    note = words(_("Alasan"), _("Dibaca pemohon persis seperti ini."), _("Tulis alasannya dengan kata sendiri."))


class StatusForm(Plain):
    """Why a paper is suspended or revoked."""

    reasons = some_of(_("Alasan"), ())
    note = words(_("Dengan kata sendiri"), _("Boleh kosong kalau ada alasan yang dipilih."))

    def __init__(self, *args: Any, presets: tuple[Reason, ...], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reasons"].choices = [(one.code, _told(one)) for one in presets]  # type: ignore[attr-defined]


class LiftForm(Plain):
    """Why a suspended paper holds again."""

    note = words(_("Kenapa berlaku lagi?"), "", _("Tulis kenapa surat ini berlaku lagi."))


class SignForm(Plain):
    """Who signs, where the national service does it. Nothing of it is kept."""

    nik = digits(_("NIK penanda tangan"), _("16 angka, terdaftar di BSrE."), most=16)
    passphrase = forms.CharField(
        label=_("Passphrase BSrE"),
        help_text=_("Tidak disimpan di sini."),
        strip=False,
        max_length=200,
        error_messages={"required": _("Isi passphrase dulu.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, national: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        self.national = national
        if not national:  # the deployment signs by itself
            self.fields.clear()

    def clean_nik(self) -> str:
        """Sixteen digits."""
        nik: str = self.cleaned_data["nik"].replace(" ", "")
        if not (nik.isdecimal() and len(nik) == 16):
            raise ValidationError(_("NIK harus 16 angka. Periksa lalu isi lagi."))
        return nik


CORRECTED = {
    "holder": _("Nama pemegang"),
    "business": _("Usaha"),
    "address": _("Alamat tempat usaha"),
    "size": _("Ukuran lapak"),
    "hours": _("Hari dan jam"),
}


class CorrectForm(Plain):
    """What was printed wrong, and how it should read."""

    reason = line(_("Kenapa dibetulkan?"), "", _("Tulis alasannya."), most=250)

    def __init__(self, *args: Any, printed: dict[str, Any], **given: Any) -> None:
        super().__init__(*args, **given)
        for name, label in CORRECTED.items():
            self.fields[name] = line(label, most=200)
            self.fields[name].initial = printed[name]
        self.order_fields([*CORRECTED, "reason"])

    def changes(self) -> dict[str, str]:
        """The printed values as they should read."""
        return {name: self.cleaned_data[name] for name in CORRECTED}


def usual_last_day(service: Service, first: date) -> date | None:
    """The last day by the licence's data, None where it has none or it is not known."""
    months = service.validity.months
    return None if months is None else last_day(first, months)


def _told(entry: Any) -> str:
    return str(entry.text_en if get_language() == "en" else entry.text)
