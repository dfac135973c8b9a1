"""Forms and names of what follows an event, and of the public schedule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.outreach.forms.events import count
from satupintu.outreach.models import Announcement
from satupintu.registry.forms.choices import Plain, text
from satupintu.registry.rules.identity import BadPhone, read_phone

RUNG_LABELS: Any = {
    "understands": _("Paham cara mengurus izin"),
    "documents_ready": _("Surat-suratnya siap"),
    "applied": _("Sudah mengajukan izin"),
    "licensed": _("Punya NIB (Nomor Induk Berusaha)"),
    "recording": _("Mencatat jualan"),
    "borrowed": _("Meminjam di Pegadaian"),
}
GAIN_LABELS: Any = {"low": _("rendah"), "medium": _("sedang"), "high": _("tinggi")}
WAY_LABELS: Any = [("phone", _("Dengan nomor HP di halaman jadwal")), ("counter", _("Di loket atau di tempat"))]
AGREE_LABELS: Any = [
    ("whatsapp", _("Boleh, lewat WhatsApp")),
    ("sms", _("Boleh, lewat SMS")),
    ("no", _("Tidak. Saya datang langsung.")),
]


class AnnounceForm(Plain):
    """How the public signs up for an event."""

    way = forms.ChoiceField(
        label=_("Cara mendaftar"),
        choices=WAY_LABELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih cara mendaftar.")},
    )
    how = text(_("Daftar di mana, bawa apa"), _("Contoh: loket kelurahan, bawa KTP."), most=250)
    capacity = count(_("Jumlah tempat"), _("Boleh kosong kalau tidak dibatasi."), most=10_000)

    @staticmethod
    def initial_of(announced: Announcement | None) -> dict[str, Any]:
        """What stands in the form for an event that is announced already."""
        return {name: getattr(announced, name) for name in ("way", "how", "capacity")} if announced else {}


class SignUpForm(Plain):
    """A number, and whether messages may be sent to it. Who says no leaves no number."""

    agree = forms.ChoiceField(
        label=_("Boleh kami kirim pesan?"),
        choices=AGREE_LABELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu jawaban.")},
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        help_text=_("Contoh: 0812 3456 7890"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "width-16", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean(self) -> dict[str, Any]:
        """The number in E.164 form if messages may be sent to it; else none at all."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("agree") == "no":
            return values | {"phone": ""}
        try:
            return values | {"phone": read_phone(values.get("phone", ""))}
        except BadPhone as error:
            self.add_error("phone", str(error))
            return values
