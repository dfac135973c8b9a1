"""Forms about one person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.audit.rules import Actor
from satupintu.registry.forms.choices import (
    ALL,
    CHANNEL_LABELS,
    LANGUAGE_LABELS,
    NOTHING,
    SEX_LABELS,
    Plain,
    digits,
    one_of,
    region_choices,
    text,
)
from satupintu.registry.queries.known import barriers, papers
from satupintu.registry.queries.people import Filters
from satupintu.registry.queries.places import market_choices
from satupintu.registry.rules.lists import FORGET_REASONS


class FilterForm(Plain):
    """What a list is narrowed to; what is not in the lists narrows nothing."""

    wilayah = one_of(_("Wilayah"), [])
    pasar = one_of(_("Pasar"), [])
    belum = one_of(_("Belum punya surat"), [])
    hambatan = one_of(_("Hambatan"), [])

    def __init__(self, *args: Any, actor: Actor, **given: Any) -> None:
        super().__init__(*args, **given)
        lists: dict[str, list[Any]] = {
            "wilayah": region_choices(actor),
            "pasar": market_choices(actor),
            "belum": list(papers().items()),
            "hambatan": [(kind.code, kind.title) for kind in barriers().values()],
        }
        for name, choices in lists.items():
            self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """The filters that were chosen from the lists."""
        self.is_valid()
        chosen = self.cleaned_data
        return Filters(
            region=chosen.get("wilayah", ""),
            market=int(chosen["pasar"]) if chosen.get("pasar") else None,
            missing=chosen.get("belum", ""),
            barrier=chosen.get("hambatan", ""),
        )


class PersonForm(Plain):
    """Somebody new, or their changed values."""

    display_name = text(_("Nama"), _("Seperti di KTP."), _("Tulis nama seperti di KTP."))
    nik = digits(_("NIK"), _("16 angka di KTP. Boleh kosong dulu."))
    phone = digits(_("Nomor HP"), _("Nomor WA, contoh 0812 3456 7890. Boleh kosong."))
    region = one_of(_("Kelurahan tempat jualan"), [], "", _("Pilih kelurahan."))
    sex = one_of(_("Jenis kelamin"), [("", _("Belum diisi")), *SEX_LABELS])
    birth_year = digits(_("Tahun lahir"), _("Kosongkan kalau NIK sudah diisi."), width="width-4", most=4)
    language = one_of(_("Bahasa"), LANGUAGE_LABELS)
    channel = one_of(_("Kirim kabar lewat"), CHANNEL_LABELS)
    another_person = forms.BooleanField(
        label=_("Sudah saya periksa, ini orang lain"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, actor: Actor, asks: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["region"].choices = [NOTHING, *region_choices(actor, kelurahan_only=True)]  # type: ignore[attr-defined]
        if asks:
            self.fields["another_person"].widget = forms.CheckboxInput()

    def clean_birth_year(self) -> int | None:
        """A year as a number."""
        typed = str(self.cleaned_data["birth_year"]).strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(_("Tulis tahun dengan 4 angka, contoh 1980."))
        return int(typed)

    def clean_language(self) -> str:
        """Indonesian unless told otherwise."""
        return self.cleaned_data["language"] or "id"

    def clean_channel(self) -> str:
        """No messages unless told otherwise."""
        return self.cleaned_data["channel"] or "none"

    def values(self) -> dict[str, Any]:
        """The person's values, without the answer about doubles."""
        return {name: value for name, value in self.cleaned_data.items() if name != "another_person"}


class ForgetForm(Plain):
    """Why somebody is forgotten: from a closed list, because the audit keeps it."""

    reason = one_of(_("Alasan"), [NOTHING, *((why, why) for why in FORGET_REASONS)], "", _("Pilih alasannya."))


class RevealForm(Plain):
    """Which masked number is to be shown, and why."""

    reason = text(_("Alasan"), "", _("Tulis alasannya dulu."), most=250)

    what = one_of("", [("nik", "NIK"), ("phone", "HP")], "", _("Pilih dari daftar."))
