"""Forms about markets and about tables of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from satupintu.audit.rules import Actor
from satupintu.registry.forms.choices import (
    DAY_LABELS,
    NOTHING,
    ZONE_LABELS,
    Plain,
    degrees,
    one_of,
    region_choices,
    text,
)
from satupintu.registry.models import Market


class MarketForm(Plain):
    """A market with its days and its zone."""

    name = text(_("Nama pasar"), "", _("Tulis nama pasar."))
    region = one_of(_("Kelurahan"), [], "", _("Pilih kelurahan."))
    address = text(_("Alamat"), most=250)
    days = forms.MultipleChoiceField(
        label=_("Hari pasar"), choices=DAY_LABELS, required=False, widget=forms.CheckboxSelectMultiple
    )
    opening_hours = text(_("Jam buka"), _("Contoh: 06.00–10.00."), most=100, width="width-10")
    zone = one_of(_("Zona"), ZONE_LABELS, _("Menurut aturan kota tentang pedagang kaki lima."))
    zone_source = text(_("Sumber zona"), _("Wajib kalau zonanya diketahui."), most=250)

    def __init__(self, *args: Any, actor: Actor, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["region"].choices = [NOTHING, *region_choices(actor, kelurahan_only=True)]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(market: Market) -> dict[str, Any]:
        """What stands in the form for a market that exists."""
        names = ("name", "region", "address", "days", "opening_hours", "zone", "zone_source")
        return {name: getattr(market, name) for name in names}

    def clean_zone(self) -> str:
        """Unknown unless told otherwise."""
        return self.cleaned_data["zone"] or "unknown"

    def code(self) -> str:
        """A code made from the name and the kelurahan."""
        return slugify(f"{self.cleaned_data['name']} {self.cleaned_data['region'][-4:]}")[:40].strip("-")


class StallForm(Plain):
    """A stall of a market: where it is and in which zone."""

    label = text(_("Nomor lapak"), _("Contoh: A12."), _("Tulis nomor lapak."), most=40, width="width-10")
    zone = one_of(_("Zona"), ZONE_LABELS, _("Menurut aturan kota tentang pedagang kaki lima."))
    zone_source = text(_("Sumber zona"), _("Wajib kalau zonanya diketahui."), most=250)
    latitude = degrees(_("Lintang"), _("Derajat, contoh -6,263100. Boleh kosong."), 90)
    longitude = degrees(_("Bujur"), _("Derajat, contoh 107,027400. Boleh kosong."), 180)

    def clean_zone(self) -> str:
        """Unknown unless told otherwise."""
        return self.cleaned_data["zone"] or "unknown"


class ImportForm(Plain):
    """A table of people."""

    file = forms.FileField(
        label=_("Berkas CSV atau XLSX"),
        error_messages={"required": _("Pilih berkasnya dulu."), "empty": _("Berkasnya kosong. Pilih yang lain.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def content(self) -> bytes:
        """The bytes of the file, no more than can be taken."""
        from satupintu.registry.sheets import MOST_BYTES

        return self.cleaned_data["file"].read(MOST_BYTES + 1)
