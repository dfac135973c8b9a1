"""Forms about doubles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.registry.forms.choices import Plain, text
from satupintu.registry.rules.doubles import CHOOSABLE


class MergeForm(Plain):
    """Which values to take from the entry that goes, and why the two are one."""

    take = forms.MultipleChoiceField(
        label=_("Ambil dari data kedua"), choices=[(name, name) for name in CHOOSABLE], required=False
    )
    reason = text(_("Alasan menggabungkan"), _("Contoh: KTP sama."), _("Tulis alasannya dulu."), most=250)

    def chosen(self) -> frozenset[str]:
        """The names of the values to take."""
        taken: list[Any] = self.cleaned_data["take"]
        return frozenset(taken)
