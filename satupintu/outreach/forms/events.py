"""Forms about the plan of an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satupintu.audit.rules import Actor
from satupintu.outreach.models import Event, Session
from satupintu.outreach.queries.events import Filters, lessons, templates
from satupintu.registry.forms.choices import ALL, NOTHING, Plain, day, digits, one_of, region_choices, text
from satupintu.registry.queries.places import market_by_key, market_choices

STATE_LABELS: Any = {"planned": _("Direncanakan"), "running": _("Sedang berjalan"), "closed": _("Selesai")}
PARTNER_LABELS: Any = {
    "university": _("Kampus"),
    "neighbourhood": _("RT/RW (pengurus warga)"),
    "pegadaian": _("Pegadaian"),
    "dpmptsp": _("DPMPTSP (dinas izin satu pintu)"),
    "office": _("Kantor pemerintah lain"),
    "other": _("Lainnya"),
}
ROLE_LABELS: Any = {
    "host": _("Pembawa acara (MC)"),
    "coordinator": _("Koordinator"),
    "speaker": _("Pemateri"),
    "assistant": _("Asisten"),
}


def clock(label: Any, required: Any) -> forms.TimeField:
    """A time of the day; a colon or a point parts hours and minutes."""
    wrong = _("Tulis jam seperti 08.30.")
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"required": required, "invalid": wrong},
        widget=forms.TimeInput(
            attrs={"class": "width-10", "autocomplete": "off", "placeholder": "08.30"}, format="%H.%M"
        ),
    )


def count(label: Any, hint: Any = "", required: Any = "", most: int = 1_000_000) -> forms.IntegerField:
    """A whole number."""
    wrong = _("Tulis angka bulat, contoh 20.")
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=most,
        required=bool(required),
        error_messages={"required": required, "invalid": wrong, "min_value": wrong, "max_value": wrong},
        widget=forms.TextInput(attrs={"class": "width-10", "inputmode": "numeric", "autocomplete": "off"}),
    )


class FilterForm(Plain):
    """What the list of events is narrowed to; what is not in the lists narrows nothing."""

    wilayah = one_of(_("Wilayah"), [])
    keadaan = one_of(_("Keadaan"), [ALL, *STATE_LABELS.items()])
    tahun = digits(_("Tahun"), _("Contoh: 2026."), width="width-4", most=4)

    def __init__(self, *args: Any, actor: Actor, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["wilayah"].choices = [ALL, *region_choices(actor)]  # type: ignore[attr-defined]
        self.fields["tahun"].required = False

    def filters(self) -> Filters:
        """The filters that were chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        year = str(chosen.get("tahun", ""))
        usable = year.isascii() and year.isdigit() and 1900 <= int(year) <= 9999
        return Filters(chosen.get("wilayah", ""), chosen.get("keadaan", ""), int(year) if usable else None)


class EventForm(Plain):
    """An event: when, where, for how many, with what."""

    template = one_of(_("Mulai dari"), [], _("Susunan acara langsung terisi. Nanti bisa diubah."))
    title = text(_("Nama acara"), "", _("Tulis nama acara."))
    day = day(_("Tanggal"), "", _("Pilih tanggal acara."))
    region = one_of(_("Kelurahan"), [], "", _("Pilih kelurahan."))
    place = text(_("Tempat"), _("Contoh: halaman rumah warga."), most=250)
    market = one_of(_("Pasar"), [], _("Boleh kosong."))
    target = count(_("Jumlah sasaran"), _("Berapa orang yang seharusnya ikut?"))
    target_source = text(_("Sumber jumlah itu"), _("Contoh: daftar pedagang RT, tanggal berapa."), most=250)
    funding = text(_("Sumber dana"), _("Boleh kosong."), most=250)
    letter = text(_("Nomor surat tugas"), _("Boleh kosong."))
    note = text(_("Catatan"), _("Boleh kosong."), most=500)

    def __init__(self, *args: Any, actor: Actor, new: bool = True, **given: Any) -> None:
        super().__init__(*args, **given)
        english = get_language() == "en"
        begins = [(code, found.title_en if english else found.title) for code, found in templates().items()]
        self.fields["template"].choices = [*begins, ("", _("Kosong"))]  # type: ignore[attr-defined]
        self.fields["region"].choices = [NOTHING, *region_choices(actor, kelurahan_only=True)]  # type: ignore[attr-defined]
        self.fields["market"].choices = [("", _("Bukan di pasar")), *market_choices(actor)]  # type: ignore[attr-defined]
        self.fields["template"].initial = next(iter(templates()), "")
        if not new:
            del self.fields["template"]

    @staticmethod
    def initial_of(event: Event) -> dict[str, Any]:
        """What stands in the form for an event that exists."""
        names = ("title", "day", "region", "place", "market", "target", "target_source", "funding", "letter", "note")
        return {name: getattr(event, name) for name in names} | {"market": event.market_id or ""}

    def values(self) -> dict[str, Any]:
        """The event's values, with the market itself."""
        key = self.cleaned_data["market"]
        return self.cleaned_data | {"market": market_by_key(int(key)) if key else None}


class SessionForm(Plain):
    """One line of the programme."""

    section = text(_("Bagian"), _("Contoh: II. Boleh kosong."), most=10, width="width-4")
    section_title = text(_("Judul bagian"), _("Boleh kosong."))
    title = text(_("Nama sesi"), "", _("Tulis nama sesi."), most=200)
    begins = clock(_("Mulai"), _("Tulis jam mulai."))
    ends = clock(_("Selesai"), _("Tulis jam selesai."))
    speaker = text(_("Pemateri"), _("Boleh kosong."))
    affiliation = text(_("Dari lembaga"), _("Boleh kosong."))
    topics = forms.MultipleChoiceField(
        label=_("Materi yang diajarkan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = text(_("Catatan"), _("Boleh kosong."), most=300)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        english = get_language() == "en"
        named = [(code, found.title_en if english else found.title) for code, found in lessons().items()]
        self.fields["topics"].choices = named  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(session: Session) -> dict[str, Any]:
        """What stands in the form for a session that exists."""
        return {name: getattr(session, name) for name in SessionForm.base_fields}


class PartnerForm(Plain):
    """Who holds the event together with us."""

    kind = one_of(_("Jenis mitra"), [NOTHING, *PARTNER_LABELS.items()], "", _("Pilih jenis mitra."))
    name = text(_("Nama mitra"), "", _("Tulis nama mitra."))


class MemberForm(Plain):
    """Who works at the event."""

    role = one_of(_("Tugas"), [NOTHING, *ROLE_LABELS.items()], "", _("Pilih tugasnya."))
    name = text(_("Nama"), _("Boleh nomor, contoh: Asisten 1."), _("Tulis namanya."))
