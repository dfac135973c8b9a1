"""Forms used in the yard."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satupintu.outreach.forms.events import count
from satupintu.outreach.models import Event
from satupintu.registry.forms.choices import Plain, day, one_of
from satupintu.registry.forms.choices import text as line


class CardsForm(Plain):
    """How many cards without a name are to be added."""

    count = count(_("Tambah berapa kartu"), _("Kartu bernomor, tanpa nama."), _("Tulis jumlah kartu."), most=999)


class Observed(Plain):
    """Something seen in the yard: it carries its own UUID, so that sending it twice keeps it once."""

    ref = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["ref"].initial = uuid.uuid4

    def clean_ref(self) -> uuid.UUID:
        """A new one where none was sent."""
        return self.cleaned_data["ref"] or uuid.uuid4()


class CauseForm(Observed):
    """Why a session ran over."""

    cause = line(_("Kenapa lebih lama?"), "", _("Tulis sebabnya dulu."), most=250)


class QuestionForm(Observed):
    """What was asked."""

    text = line(_("Pertanyaan"), "", _("Tulis pertanyaannya."), most=500)
    session = one_of(_("Di sesi"), [], _("Boleh kosong."))
    card = line(_("Kartu penanya"), _("Contoh: P001. Boleh kosong."), most=8, width="width-4")
    answer = line(_("Jawaban"), _("Kosongkan kalau belum terjawab."), most=500)

    def __init__(self, *args: Any, event: Event, **given: Any) -> None:
        super().__init__(*args, **given)
        self.event = event
        sessions = [(str(session.pk), session.title) for session in event.sessions.all()]
        self.fields["session"].choices = [("", _("Tidak tahu")), *sessions]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes: the session and the participant themselves."""
        given = dict(self.cleaned_data)
        session, card = given.pop("session"), given.pop("card")
        found = self.event.participants.filter(card=card).first() if card else None
        return given | {
            "session": self.event.sessions.filter(pk=session).first() if session else None,
            "participant": found,
        }

    def clean_card(self) -> str:
        """A card of this event."""
        card: str = self.cleaned_data["card"].strip().upper()
        if card and not self.event.participants.filter(card=card).exists():
            raise forms.ValidationError(_("Kartu ini tidak ada di acara ini. Periksa kodenya."))
        return card


class ReplyForm(Plain):
    """The answer, or who finds it out by when."""

    answer = line(_("Jawaban"), _("Isi kalau sudah terjawab."), most=500)
    owner = line(_("Siapa yang mencari jawabannya"), _("Isi kalau belum terjawab."))
    due = day(_("Paling lambat"))


class AidForm(Plain):
    """A kind of aid."""

    name = line(_("Nama bantuan"), _("Contoh: paket sembako."), _("Tulis nama bantuannya."))
    unit = line(_("Satuan"), _("Contoh: paket."), _("Tulis satuannya."), most=40, width="width-10")
    stock = count(_("Jumlah yang ada"), "", _("Tulis jumlahnya."))
    value = count(_("Nilai satu satuan, rupiah"), _("Kosongkan kalau tidak tahu."), most=1_000_000_000)
