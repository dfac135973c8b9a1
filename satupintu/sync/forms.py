"""What people type on the pages of devices and received records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

STATE_LABELS: Any = [
    ("", _("Semua yang menunggu")),
    ("quarantined", _("Belum bisa diterima")),
    ("conflict", _("Isinya berbeda")),
    ("set_aside", _("Disisihkan")),
]


class Plain(forms.Form):
    """A form whose errors the server tells in our words, not the browser in its own."""

    use_required_attribute = False


class DeviceForm(Plain):
    """What to call the phone."""

    name = forms.CharField(
        label=_("Nama HP"),
        help_text=_("Contoh: HP merah kantor."),
        max_length=60,
        error_messages={"required": _("Tulis nama HP dulu."), "max_length": _("Paling banyak 60 huruf.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput)


class FilterForm(Plain):
    """Which records to list; what is not in the lists narrows nothing."""

    keadaan = forms.ChoiceField(label=_("Keadaan"), choices=STATE_LABELS, required=False)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)

    def __init__(self, *args: Any, kinds: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["jenis"].choices = [("", _("Semua")), *kinds]  # type: ignore[attr-defined]


class SetAsideForm(Plain):
    """Why nothing more comes of a record."""

    why = forms.CharField(
        label=_("Alasan"),
        help_text=_("Contoh: pedagang sudah terdaftar."),
        max_length=250,
        error_messages={"required": _("Tulis alasannya dulu."), "max_length": _("Paling banyak 250 huruf.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
