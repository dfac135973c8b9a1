"""What the queue is narrowed to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.licensing import library
from satupintu.licensing.queries.queue import VIEWS, Filters, views_for
from satupintu.licensing.queries.told import paper_title
from satupintu.licensing.rules.moves import LICENSING
from satupintu.registry.forms.choices import ALL, Plain, one_of, region_choices, text
from satupintu.registry.queries.places import market_choices

CHANNEL_LABELS: Any = [
    ("self", _("Sendiri")),
    ("counter", _("Loket")),
    ("market", _("Di pasar")),
    ("event", _("Sosialisasi")),
]
VIEW_LABELS: Any = dict(
    zip(
        VIEWS,
        (
            _("Giliran saya"),
            _("Belum ada petugas"),
            _("Lewat batas"),
            _("Mendekati batas"),
            _("Menunggu pemohon"),
            _("Selesai"),
            _("Semua berkas"),
        ),
        strict=True,
    )
)


class FilterForm(Plain):
    """The filters of the queue; what is not in the lists narrows nothing."""

    surat = one_of(_("Surat"), [])
    keadaan = one_of(_("Keadaan"), [])
    wilayah = one_of(_("Wilayah"), [])
    pasar = one_of(_("Pasar"), [])
    asal = one_of(_("Masuk lewat"), [])
    rombongan = text(_("Rombongan"), _("Nama hari pendataan di pasar."), most=60)

    def __init__(self, *args: Any, actor: Actor, **given: Any) -> None:
        super().__init__(*args, **given)
        states = library.library().states
        english = get_language() == "en"
        lists: dict[str, list[Any]] = {
            "surat": [(code, paper_title(code)) for code in library.library().services(catalogue.today())],
            "keadaan": [
                (one.code, states[one.code].staff_en if english else states[one.code].staff)
                for one in LICENSING.states
                if one.code != LICENSING.start
            ],
            "wilayah": region_choices(actor),
            "pasar": market_choices(actor),
            "asal": CHANNEL_LABELS,
        }
        for name, choices in lists.items():
            self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """The filters that were chosen from the lists, and what was searched for."""
        self.is_valid()
        chosen = self.cleaned_data
        return Filters(
            licence=chosen.get("surat", ""),
            state=chosen.get("keadaan", ""),
            region=chosen.get("wilayah", ""),
            market=int(chosen["pasar"]) if chosen.get("pasar") else None,
            batch=chosen.get("rombongan", ""),
            channel=chosen.get("asal", ""),
            text=str(self.data.get("cari", "")).strip()[:100],
        )


def chosen_view(actor: Actor, typed: str) -> str:
    """The view that was asked for, or the first one of who asks."""
    views = views_for(actor)
    return typed if typed in views else views[0]
