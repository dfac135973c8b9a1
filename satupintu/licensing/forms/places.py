"""What the plan of a market is narrowed to."""

from __future__ import annotations

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.rules.answers import days_said
from satupintu.registry.forms.choices import DAY_LABELS, Plain
from satupintu.web.formats import clock


class PlanFilterForm(Plain):
    """A day of the week and a moment of it; what cannot be read counts as not chosen."""

    hari = forms.ChoiceField(label=_("Hari"), required=False, choices=[("", _("Semua hari")), *DAY_LABELS])
    jam = forms.TimeField(
        label=_("Jam"), required=False, widget=forms.TimeInput(attrs={"type": "time", "class": "width-10"})
    )

    def window(self) -> tuple[str, time | None]:
        """The chosen day, empty for any, and the moment, None for any."""
        self.is_valid()
        return self.cleaned_data.get("hari") or "", self.cleaned_data.get("jam")

    def said(self) -> str:
        """The chosen day and hour in words; empty when nothing is narrowed."""
        day, moment = self.window()
        language = page_language()
        words = [days_said([day], language)] if day else []
        return ", ".join([*words, *([clock(moment, language)] if moment else [])])
