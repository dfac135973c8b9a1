"""Forms about visits of the place and recommendations of other offices."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.licensing.forms.deciding import words
from satupintu.registry.forms.choices import NOTHING, Plain, day, degrees, one_of
from satupintu.registry.forms.choices import text as line

PHOTOS = ("photo", "second", "third")
YES, NO = "yes", "no"


class Opened(Plain):
    """What the page was opened with: somebody may have moved the file since."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class VisitPlanForm(Opened):
    """The day of a visit."""

    day = day(_("Hari kunjungan"), _("Hari kerja. Pemohon diberi tahu harinya."), _("Pilih harinya."))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


def yes_or_no(label: Any, yes: Any, no: Any) -> forms.ChoiceField:
    """Two answers, one of them."""
    return forms.ChoiceField(
        label=label,
        choices=[(YES, yes), (NO, no)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu jawaban."), "invalid_choice": _("Pilih dari daftar.")},
    )


def picture(label: Any) -> forms.FileField:
    """A photo that may be left out; the phone makes it small first."""
    return forms.FileField(
        label=label,
        required=False,
        error_messages={"empty": _("Berkasnya kosong. Pilih yang lain.")},
        widget=forms.FileInput(
            attrs={"accept": "image/*", "capture": "environment", "data-shrink": _("Dikecilkan: # menjadi #.")}
        ),
    )


class VisitReportForm(Opened):
    """What was found at the place."""

    ref = forms.UUIDField(widget=forms.HiddenInput, required=False)
    fits = yes_or_no(_("Sama dengan permohonan?"), _("Ya, sama"), _("Tidak, ada yang beda"))
    findings = words(
        _("Yang terlihat"), _("Apa adanya: tempat, ukuran, barang, jalan."), _("Tulis apa yang terlihat."), most=2000
    )
    photo = picture(_("Foto 1"))
    second = picture(_("Foto 2"))
    third = picture(_("Foto 3"))
    latitude = degrees(_("Lintang"), _("Derajat, contoh -6,300000. Boleh kosong."), 90)
    longitude = degrees(_("Bujur"), _("Derajat, contoh 107,020000. Boleh kosong."), 180)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        files = [given.pop(name) for name in PHOTOS]
        return given | {"fits": given["fits"] == YES, "photos": [one.read() for one in files if one]}


class VisitDayForm(Plain):
    """The day of which visits are looked at."""

    hari = day(_("Hari"))
    saya = forms.BooleanField(label=_("Hanya rencana saya"), required=False)

    def chosen(self, today: date) -> tuple[date, bool]:
        """The day, today where none can be read, and whether only one's own are asked for."""
        self.is_valid()
        return self.cleaned_data.get("hari") or today, bool(self.cleaned_data.get("saya"))


class RecommendationAskForm(Opened):
    """Which office is asked for what."""

    office = one_of(_("Kantor yang diminta"), [], required=_("Pilih kantornya."))
    question = line(
        _("Yang ditanyakan"),
        _("Satu kalimat, contoh: apakah jalannya boleh dipakai?"),
        _("Tulis apa yang ditanyakan."),
        most=250,
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["office"].choices = [NOTHING, *offices]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class RecommendationForm(Opened):
    """The answer of the office asked."""

    favourable = yes_or_no(_("Pendapat kantor"), _("Mendukung"), _("Tidak mendukung"))
    answer = words(_("Penjelasan"), _("Dasar dan syaratnya, singkat."), _("Tulis pendapat kantor."), most=2000)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data | {"favourable": self.cleaned_data["favourable"] == YES}
