"""What people type on the pages that cross rooms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.forms import read_answers
from satupintu.desk.queries.law_change import Sides, drafts
from satupintu.registry.forms.belongings import OfPerson
from satupintu.registry.forms.choices import NOTHING, Plain, day, digits, kelurahan_choices, one_of, text
from satupintu.registry.queries.known import barriers, documents

YES_NO: Any = [("yes", _("Ya, boleh")), ("no", _("Tidak"))]


def yes_or_no(label: Any) -> forms.ChoiceField:
    """A question with two answers of which none is chosen beforehand."""
    return forms.ChoiceField(
        label=label,
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jawabannya: ya atau tidak."), "invalid_choice": _("Pilih dari daftar.")},
    )


class AnswerForm(Plain):
    """A yes or no to one purpose."""

    given = yes_or_no(_("Jawaban"))


class AskedForm(AnswerForm):
    """A yes or no that a member of staff heard, and where."""

    place = text(_("Ditanyakan di mana"), _("Contoh: pasar, loket kecamatan."))


class RegisterForm(AskedForm):
    """A vendor met at the market, consent first. A phone without a network keeps exactly what this form posts."""

    version = forms.CharField(max_length=10, widget=forms.HiddenInput)
    display_name = text(_("Nama"), _("Seperti di KTP."), _("Tulis nama seperti di KTP."))
    phone = digits(_("Nomor HP"), _("Nomor WA, contoh 0812 3456 7890. Boleh kosong."))
    nik = digits(_("NIK"), _("16 angka di KTP. Boleh kosong dulu."))
    region = one_of(_("Kelurahan tempat jualan"), [], "", _("Pilih kelurahan."))
    trade_name = text(_("Jualan apa"), _("Contoh: cilok keliling."))
    selling_place = one_of(_("Tempat berjualan"), [])
    code_version = one_of(_("Daftar kode"), [("2020", "KBLI 2020"), ("2025", "KBLI 2025")])
    code = digits(_("Kode usaha (KBLI)"), _("5 angka. Boleh kosong dulu."), width="width-4", most=5)
    barriers = forms.MultipleChoiceField(
        label=_("Apa yang menghalangi?"),
        help_text=_("Boleh pilih lebih dari satu."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )
    answers = forms.CharField(max_length=2_000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, area: str | None, **given: Any) -> None:
        super().__init__(*args, **given)
        english = get_language() == "en"
        fact = catalogue.catalogue().facts["place"]
        labels = (fact.labels_en if english else fact.labels) or {}
        lists: dict[str, Any] = {
            "region": [NOTHING, *kelurahan_choices(area)],
            "selling_place": [NOTHING, *((value, labels.get(value, value)) for value in fact.values)],
            "barriers": [(kind.code, kind.title_en if english else kind.title) for kind in barriers().values()],
        }
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_answers(self) -> dict[str, str]:
        """The finder's answers out of its address; what is not on its lists is left out, as the finder itself does."""
        return read_answers(catalogue.catalogue(), QueryDict(self.cleaned_data["answers"])).values

    def clean(self) -> dict[str, Any]:
        """Answers are kept only of somebody who agreed. Raises ValidationError."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("answers") and given.get("given") == "no":
            raise forms.ValidationError(_("Jawaban Cek izin hanya disimpan kalau pedagang setuju."))
        return given

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        given = self.cleaned_data
        code = [(given["code_version"] or "2020", given["code"])] if given["code"] else []
        return {
            "person": {name: given[name] for name in ("display_name", "phone", "nik", "region")},
            "consent": {"given": given["given"] == "yes", "place": given["place"], "version": given["version"]},
            "business": {"trade_name": given["trade_name"], "place": given["selling_place"], "codes": code},
            "barriers": given["barriers"],
            "answers": given["answers"],
        }


class HeldForm(OfPerson):
    """A paper that came of the plan."""

    number = digits(_("Nomor surat"), "", most=60)
    issued = day(_("Tanggal terbit"), _("Boleh kosong."))
    evidence = one_of(_("Foto surat"), [])

    def lists(self) -> dict[str, Any]:
        """The person's own documents."""
        kinds = documents()
        kept = [(str(d.ref), kinds.get(d.kind, d.kind)) for d in self.person.documents.filter(erased_at=None)]
        return {"evidence": [("", _("Belum ada foto")), *kept]}

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        given = dict(self.cleaned_data)
        given["evidence"] = self.person.documents.filter(ref=given["evidence"]).first() if given["evidence"] else None
        return given


class LawChangeForm(Plain):
    """Two days of law, the second by a draft if one is chosen."""

    before = day(_("Hukum sebelum"), "", _("Pilih hari sebelum perubahan."))
    after = day(_("Hukum sesudah"), "", _("Pilih hari sesudah perubahan."))
    draft = one_of(_("Rancangan"), [])

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [("", _("Tanpa rancangan, aturan yang berlaku")), *((name, name) for name in drafts())]
        self.fields["draft"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different sides. Raises ValidationError."""
        given: dict[str, Any] = super().clean() or {}
        before, after = given.get("before"), given.get("after")
        if isinstance(before, date) and before == after and not given.get("draft"):
            raise forms.ValidationError(_("Dua harinya sama. Pilih hari lain atau satu rancangan."))
        return given

    def sides(self) -> Sides:
        """What to compare."""
        given = self.cleaned_data
        return Sides(given["before"], given["after"], given["draft"])


TRAIL_GROUPS = {
    "reading": _("Melihat data orang"),
    "people": _("Orang, usaha, surat, langkah"),
    "accounts": _("Masuk, akun, kartu, kantor"),
    "messages": _("Pesan"),
    "house": _("Pekerjaan malam dan rantai catatan"),
}


class TrailForm(forms.Form):
    """What to look for in the audit trail; everything may stay empty. ``orang`` is the reference of a person."""

    use_required_attribute = False

    orang = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    tentang = forms.CharField(
        label=_("Tentang siapa"),
        help_text=_("Nama pedagang, NIK, 4 angka terakhir HP, atau NIB. Pencarian ini tercatat."),
        required=False,
        max_length=100,
    )
    petugas = forms.CharField(label=_("Siapa yang melakukan"), required=False, max_length=100)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False, choices=[("", _("Semua")), *TRAIL_GROUPS.items()])
    dari = forms.DateField(label=_("Dari tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, offices: dict[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [("", _("Semua")), *offices.items()]
        self.fields["kantor"] = forms.ChoiceField(label=_("Kantor"), required=False, choices=choices)
        for name in ("dari", "sampai"):
            self.fields[name].error_messages["invalid"] = _("Tulis tanggal seperti 2026-11-24.")

    def clean(self) -> dict[str, Any]:
        """Days in order. Raises ValidationError."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("dari"), cleaned.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal akhir sebelum tanggal awal. Tukar keduanya."))
        return cleaned
