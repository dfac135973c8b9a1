"""Forms about what proves an event: photos, papers, the signed list, the name behind a card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from satupintu.outreach.forms.events import clock
from satupintu.outreach.forms.yard import Observed
from satupintu.outreach.models import Event, Participant, Photo
from satupintu.registry.forms.choices import NOTHING, Plain, one_of
from satupintu.registry.forms.choices import text as line
from satupintu.registry.forms.people import PersonForm
from satupintu.registry.pictures import MOST_BYTES
from satupintu.surveys.rules.answers import read_card

PHOTO_LABELS: Any = {
    "documentation": _("Dokumentasi acara"),
    "paper_list": _("Daftar hadir kertas"),
    "hand_over": _("Serah terima bantuan"),
}
SHOWS_LABELS: Any = {
    "nobody": _("Tidak ada peserta yang wajahnya dikenali"),
    "people": _("Ada peserta yang wajahnya dikenali"),
    "unknown": _("Belum diperiksa"),
}
ERASE_LABELS: Any = {
    "asked": _("Diminta orang yang ada di foto"),
    "wrong": _("Salah foto"),
    "unclear": _("Kabur atau dobel"),
}
DOCUMENT_LABELS: Any = {
    "assignment": _("Surat tugas"),
    "agreement": _("Perjanjian kerja sama (MoU)"),
    "funding": _("Surat dana"),
    "material": _("Bahan pemateri"),
    "other": _("Lainnya"),
}


def upload(label: Any, hint: Any, accept: str) -> forms.FileField:
    """A file; a photo among them is made small on the phone first."""
    return forms.FileField(
        label=label,
        help_text=hint,
        error_messages={"required": _("Pilih berkasnya dulu."), "empty": _("Berkasnya kosong. Pilih yang lain.")},
        widget=forms.FileInput(attrs={"accept": accept, "data-shrink": _("Dikecilkan: # menjadi #.")}),
    )


class DescribeForm(Plain):
    """What is on a photo, and who."""

    caption = line(_("Keterangan foto"), _("Contoh: tanya-jawab sesi 7. Jangan tulis nama."), most=250)
    session = one_of(_("Di sesi"), [])
    shows = forms.ChoiceField(
        label=_("Siapa yang terlihat?"),
        choices=list(SHOWS_LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu jawaban.")},
    )
    cards = line(_("Kode kartu yang terlihat"), _("Contoh: P001, P004. Kosongkan kalau tidak ada."), most=500)

    def __init__(self, *args: Any, event: Event, **given: Any) -> None:
        super().__init__(*args, **given)
        self.event = event
        sessions = [(str(session.pk), session.title) for session in event.sessions.all()]
        self.fields["session"].choices = [("", _("Bukan di satu sesi")), *sessions]  # type: ignore[attr-defined]

    def clean_cards(self) -> list[Participant]:
        """The participants of these cards."""
        codes = []
        for typed in self.cleaned_data["cards"].replace(";", ",").split(","):
            if typed.strip():
                try:
                    codes.append(read_card(typed))
                except ValueError as error:
                    raise forms.ValidationError(str(error)) from error
        found = {one.card: one for one in self.event.participants.filter(card__in=codes).select_related("person")}
        if missing := [code for code in codes if code not in found]:
            raise forms.ValidationError(
                _("Kartu %(card)s tidak ada di acara ini. Periksa kodenya."), params={"card": missing[0]}
            )
        return [found[code] for code in dict.fromkeys(codes)]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        session = given.pop("session")
        given["session"] = self.event.sessions.filter(pk=session).first() if session else None
        return given | {"subjects": given.pop("cards")}

    @staticmethod
    def initial_of(photo: Photo) -> dict[str, Any]:
        """What stands in the form for a photo that was kept."""
        cards = ", ".join(photo.subjects.order_by("card").values_list("card", flat=True))
        return {"caption": photo.caption, "session": photo.session_id or "", "shows": photo.shows, "cards": cards}


class PhotoForm(DescribeForm, Observed):
    """A new photo."""

    file = upload(_("Pilih foto"), _("Dikecilkan dulu di HP. Lokasi foto ikut dihapus."), "image/*")
    kind = one_of(_("Foto apa?"), [*PHOTO_LABELS.items()], "", _("Pilih jenisnya."))
    item = one_of(_("Bantuan yang diserahkan"), [], _("Isi untuk foto serah terima."))

    field_order = ("file", "kind", "item", "caption", "session", "shows", "cards", "ref")

    def __init__(self, *args: Any, event: Event, **given: Any) -> None:
        super().__init__(*args, event=event, **given)
        items = [(str(item.pk), item.name) for item in event.aid.all()]
        self.fields["item"].choices = [("", _("Tidak ada")), *items]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes; no more is read than it will take."""
        given = super().values()
        item, file = given.pop("item"), given.pop("file")
        given["item"] = self.event.aid.filter(pk=item).first() if item else None
        return given | {"content": file.read(MOST_BYTES + 1)}


class EraseForm(Plain):
    """Why a photo is destroyed."""

    why = one_of(_("Alasan"), [NOTHING, *ERASE_LABELS.items()], "", _("Pilih alasannya."))


class DocumentForm(Plain):
    """A paper of the event, or what a speaker gives to take home."""

    kind = one_of(_("Jenis berkas"), [NOTHING, *DOCUMENT_LABELS.items()], "", _("Pilih jenisnya."))
    title = line(_("Judul"), _("Contoh: Surat tugas dosen."), _("Tulis judulnya."))
    file = upload(_("PDF atau foto"), _("Paling besar 8 MB."), "image/*,application/pdf")
    session = one_of(_("Bahan untuk sesi"), [], _("Hanya untuk bahan pemateri."))
    public = forms.ChoiceField(
        label=_("Siapa boleh mengambil?"),
        help_text=_("Bahan boleh dibuka umum kalau pematerinya setuju."),
        choices=[("", _("Hanya petugas")), ("yes", _("Siapa saja, tanpa masuk"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, event: Event, **given: Any) -> None:
        super().__init__(*args, **given)
        self.event = event
        sessions = [(str(session.pk), session.title) for session in event.sessions.all()]
        self.fields["session"].choices = [("", _("Bukan untuk satu sesi")), *sessions]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        session, file = given.pop("session"), given.pop("file")
        given["session"] = self.event.sessions.filter(pk=session).first() if session else None
        return given | {"public": given["public"] == "yes", "content": file.read(MOST_BYTES + 1)}


class PaperListForm(Observed):
    """Who signed the paper list: a tick for each card, one time for all, another where the list says another."""

    photo = one_of(_("Foto daftarnya"), [])
    arrived = clock(_("Jam datang untuk semua"), _("Tulis jam datang."))

    def __init__(
        self, *args: Any, event: Event, lists: Mapping[str, Any], waiting: list[Participant], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.event, self.lists, self.waiting = event, lists, waiting
        self.fields["photo"].choices = [  # type: ignore[attr-defined]
            *((ref, _("Foto %(number)d") % {"number": number}) for number, ref in enumerate(lists, 1)),
            ("", _("Belum ada foto")),
        ]
        self.fields["photo"].initial = next(iter(lists), "")
        first = event.sessions.order_by("begins").first()
        self.fields["arrived"].initial = first.begins if first else None
        for one in waiting:
            self.fields[f"came-{one.card}"] = forms.BooleanField(label=one.card, required=False)
            for kind, label in (("at", _("Datang")), ("left", _("Pulang"))):
                self.fields[f"{kind}-{one.card}"] = clock(label, "")
                self.fields[f"{kind}-{one.card}"].required = False

    def rows(self) -> list[dict[str, Any]]:
        """One row for each card that is not known to have come, in the order of the printed list."""
        return [
            {
                "participant": one,
                "came": self[f"came-{one.card}"],
                "at": self[f"at-{one.card}"],
                "left": self[f"left-{one.card}"],
            }
            for one in self.waiting
        ]

    def clean(self) -> dict[str, Any]:
        """At least one tick; nobody leaves before they came."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"came-{one.card}") for one in self.waiting):
            raise forms.ValidationError(_("Centang dulu siapa yang tanda tangan."))
        for one in self.waiting:
            arrived, left = cleaned.get(f"at-{one.card}") or cleaned.get("arrived"), cleaned.get(f"left-{one.card}")
            if cleaned.get(f"came-{one.card}") and arrived and left and left < arrived:
                self.add_error(f"left-{one.card}", _("Jam pulang harus sesudah jam datang."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        seen = [
            (one, self._moment(given[f"at-{one.card}"] or given["arrived"]), self._moment(given[f"left-{one.card}"]))
            for one in self.waiting
            if given[f"came-{one.card}"]
        ]
        return {"ref": given["ref"], "seen": seen, "photo": self.lists.get(given["photo"])}

    def _moment(self, of_day: time | None) -> datetime | None:
        return None if of_day is None else make_aware(datetime.combine(self.event.day, of_day))


class AgreedForm(Plain):
    """Whether somebody agrees; neither answer stands chosen beforehand."""

    agreed = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[("yes", _("Ya, boleh")), ("no", _("Tidak"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jawabannya: ya atau tidak.")},
    )

    def clean_agreed(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["agreed"] == "yes")


class HolderForm(PersonForm, AgreedForm):
    """Who holds a card, if the registry does not know them yet, and whether the card may carry their name."""

    def values(self) -> dict[str, Any]:
        """The person's values."""
        return {name: value for name, value in super().values().items() if name != "agreed"}
