"""The lists from which people choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.accounts.rules import sees_region
from satupintu.audit.rules import Actor
from satupintu.registry.queries.known import regions

NOTHING: Any = ("", _("Pilih dulu"))
ALL: Any = ("", _("Semua"))
SEX_LABELS: Any = [("female", _("Perempuan")), ("male", _("Laki-laki"))]
CHANNEL_LABELS: Any = [("none", _("Tidak usah dikirimi")), ("whatsapp", "WhatsApp"), ("sms", "SMS")]
LANGUAGE_LABELS: Any = [("id", "Bahasa Indonesia"), ("en", "English")]
ZONE_LABELS: Any = [
    ("unknown", _("Belum diketahui")),
    ("binaan", _("Lokasi binaan pemerintah kota")),
    ("green", _("Zona hijau, boleh berjualan")),
    ("red", _("Zona merah, dilarang berjualan")),
]
DAY_LABELS: Any = [
    ("mon", _("Senin")),
    ("tue", _("Selasa")),
    ("wed", _("Rabu")),
    ("thu", _("Kamis")),
    ("fri", _("Jumat")),
    ("sat", _("Sabtu")),
    ("sun", _("Minggu")),
]
REASON_LABELS: Any = {
    "same_nik": _("NIK sama"),
    "same_phone": _("Nomor HP sama"),
    "similar_name": _("Nama mirip"),
    "same_paper": _("Nomor surat sama"),
}


def region_choices(actor: Actor, kelurahan_only: bool = False) -> list[tuple[str, str]]:
    """The kecamatan and kelurahan of the actor's area (a vendor may sell anywhere), named with the kecamatan."""
    return _regions_in("" if actor.role == "vendor" else actor.area, kelurahan_only)


def kelurahan_choices(area: str | None) -> list[tuple[str, str]]:
    """The kelurahan of an area (empty: of the whole city), named with the kecamatan."""
    return _regions_in(area, True)


def _regions_in(area: str | None, kelurahan_only: bool) -> list[tuple[str, str]]:
    known, found = regions(), []
    for code, region in known.items():
        if not sees_region(area, code) or (kelurahan_only and region.kind != "kelurahan"):
            continue
        above = known.get(code[:8])
        label = f"{above.name} / {region.name}" if above and region.kind == "kelurahan" else region.name
        found.append((code, label))
    return sorted(found, key=lambda pair: pair[1])


class Plain(forms.Form):
    """A form whose errors the server tells in our words, not the browser in its own."""

    use_required_attribute = False


def text(label: Any, hint: Any = "", required: Any = "", *, most: int = 150, width: str = "") -> forms.CharField:
    """A line of text; ``required`` is the sentence shown when it is empty, none if it may be."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        error_messages={
            "required": required,
            "max_length": _("Terlalu panjang. Paling banyak %(limit_value)d huruf."),
        },
        widget=forms.TextInput(attrs={"class": width, "autocomplete": "off"} if width else {"autocomplete": "off"}),
    )


def digits(label: Any, hint: Any = "", *, width: str = "width-16", most: int = 40) -> forms.CharField:
    """A number that is no amount: NIK, phone, year."""
    field = text(label, hint, most=most)
    field.widget = forms.TextInput(attrs={"class": width, "inputmode": "numeric", "autocomplete": "off"})
    return field


def degrees(label: Any, hint: Any, most: int) -> forms.DecimalField:
    """A latitude or longitude in degrees; a comma or a point parts the decimals."""
    wrong = _("Tulis derajat dengan angka, contoh 107,027400.")
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=False,
        localize=True,
        min_value=-most,
        max_value=most,
        max_digits=9,
        decimal_places=6,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"), wrong),
        widget=forms.TextInput(attrs={"class": "width-10", "inputmode": "decimal", "autocomplete": "off"}),
    )


def one_of(label: Any, choices: Any, hint: Any = "", required: Any = "") -> forms.ChoiceField:
    """One of a list."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=bool(required),
        error_messages={"required": required, "invalid_choice": _("Pilih dari daftar.")},
    )


def day(label: Any, hint: Any = "", required: Any = "") -> forms.DateField:
    """A date."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(required),
        error_messages={"required": required, "invalid": _("Tulis tanggal seperti 2026-11-24.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "width-10"}, format="%Y-%m-%d"),
    )
