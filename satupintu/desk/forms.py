"""What people type on the pages that cross rooms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.desk.queries.law_change import Sides, drafts
from satupintu.registry.forms import DocumentForm
from satupintu.registry.forms.belongings import OfPerson
from satupintu.registry.forms.choices import Plain, day, digits, one_of, text
from satupintu.registry.queries.known import documents

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


class PhotoForm(DocumentForm):
    """A photo or PDF from the phone; made smaller there if the browser can."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["file"].label = _("Foto atau PDF")
        self.fields["file"].help_text = _("Foto dikecilkan dulu di HP supaya hemat kuota. Paling besar 8 MB.")
        self.fields["file"].widget.attrs["data-shrink"] = _("Dikecilkan: # menjadi #.")


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
