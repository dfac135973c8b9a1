"""What people type about their own file: how it is filled, withdrawn, objected to, and what came of it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.registry.forms.choices import NOTHING, Plain, day, digits, one_of, text
from satupintu.registry.pictures import MOST_BYTES

YES_NO: Any = [("yes", _("Ya, boleh")), ("no", _("Tidak"))]
CHANNELS: Any = [("counter", _("Di loket")), ("market", _("Di pasar")), ("event", _("Saat sosialisasi"))]
PHOTO_ATTRS: Any = {"accept": "image/*,application/pdf", "data-shrink": _("Dikecilkan: # menjadi #.")}


def words(label: Any, hint: Any, required: Any, most: int = 1_000) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={
            "required": required,
            "max_length": _("Terlalu panjang. Paling banyak %(limit_value)d huruf."),
        },
    )


def a_photo(label: Any, required: bool = True) -> forms.FileField:
    """A photo or PDF, made small on the phone first."""
    return forms.FileField(
        label=label,
        help_text=_("Foto dikecilkan dulu di HP supaya hemat kuota. Paling besar 8 MB."),
        required=required,
        error_messages={"required": _("Pilih foto atau PDF dulu."), "empty": _("Berkasnya kosong. Pilih yang lain.")},
        widget=forms.FileInput(attrs=PHOTO_ATTRS),
    )


def content_of(file: Any) -> bytes:
    """The bytes of an upload; no more is read than the action will take."""
    return bytes(file.read(MOST_BYTES + 1))


class StartForm(Plain):
    """For which business, and for staff where the file is filled in."""

    usaha = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("Diisi di mana"),
        choices=CHANNELS,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )


class WordForm(Plain):
    """One message."""

    text = words(_("Pesan"), _("Jangan tulis sandi atau kode OTP."), _("Tulis pesannya dulu."))


class PhotoForm(Plain):
    """A new photo or PDF for one slot."""

    file = a_photo(_("Foto atau PDF"))


class WithdrawForm(Plain):
    """Why an application is taken back, if they want to say."""

    reason = one_of(_("Alasannya"), [], _("Boleh kosong."))

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reason"].choices = [("", _("Tidak perlu alasan")), *reasons]  # type: ignore[attr-defined]


class ObjectionForm(Plain):
    """Why somebody objects to a refusal."""

    reason = words(
        _("Kenapa keberatan"),
        _("Tulis apa yang menurut Bapak/Ibu keliru."),
        _("Tulis kenapa Bapak/Ibu keberatan."),
    )


class FiledForm(Plain):
    """On which day and where it was filed at the other office."""

    filed_on = day(_("Tanggal diajukan"), "", _("Pilih tanggalnya."))
    where = text(_("Diajukan di mana"), _("Contoh: OSS di HP sendiri, loket MPP."))


class NumberForm(Plain):
    """The number of the paper that came, as read from it."""

    number = digits(_("Nomor surat"), "", most=60)
    issued = day(_("Tanggal terbit"), _("Boleh kosong."))
    file = a_photo(_("Foto atau PDF surat"), required=False)

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        given = dict(self.cleaned_data)
        sent = given.pop("file")
        return given | {"content": content_of(sent) if sent else b""}


class OutsideRefusalForm(Plain):
    """Why the other office refused."""

    reason = one_of(_("Alasannya"), [], "", _("Pilih alasannya dari daftar."))
    note = words(_("Catatan"), _("Boleh kosong. Tulis seperti di jawabannya."), "")

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reason"].choices = [NOTHING, *reasons]  # type: ignore[attr-defined]


class SittingForm(Plain):
    """A sitting in which somebody was helped, consent first."""

    given = forms.ChoiceField(
        label=_("Jawaban"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jawabannya: ya atau tidak."), "invalid_choice": _("Pilih dari daftar.")},
    )
    place = text(_("Tempatnya"), _("Contoh: pasar, loket kecamatan."), _("Tulis tempatnya, misalnya loket kecamatan."))
    minutes = forms.IntegerField(
        label=_("Berapa menit"),
        help_text=_("Boleh kosong."),
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"class": "width-4", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Tulis menitnya dengan angka, 1 sampai 600.")
        ),
    )
    outcome = text(_("Hasilnya"), _("Contoh: NIB terbit, atau kode OTP tidak masuk."), most=250)

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        return self.cleaned_data | {"given": self.cleaned_data["given"] == "yes"}
