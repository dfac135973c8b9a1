"""Forms about what belongs to a person."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.registry.forms.choices import NOTHING, Plain, day, digits, one_of, region_choices, text
from satupintu.registry.models import Business, Person
from satupintu.registry.queries.known import barriers, documents, papers, photographed, purposes
from satupintu.registry.queries.places import market_by_key, market_choices


class OfPerson(Plain):
    """A form about one person, filled by one actor."""

    def __init__(self, *args: Any, actor: Actor, person: Person, **given: Any) -> None:
        super().__init__(*args, **given)
        self.actor, self.person = actor, person
        for name, choices in self.lists().items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def lists(self) -> dict[str, Any]:
        """The choices of each field that has some."""
        return {}


def _told(item: Any, name: str = "title") -> str:
    """A text of a list in the page's language."""
    return str(getattr(item, f"{name}_en" if get_language() == "en" else name))


class BusinessForm(OfPerson):
    """One more business."""

    trade_name = text(_("Nama usaha"), _("Boleh kosong."))
    place = one_of(_("Tempat berjualan"), [], "", _("Pilih tempat berjualan."))
    region = one_of(_("Kelurahan"), [], "", _("Pilih kelurahan."))
    address = text(_("Alamat atau patokan"), most=250)
    market = one_of(_("Pasar"), [])
    stall_label = text(_("Nomor lapak"), _("Isi kalau pasarnya dipilih."), most=40, width="width-10")
    codes_2020 = digits(_("Kode usaha (KBLI 2020)"), _("5 angka, pisahkan dengan koma. Yang utama dulu."), most=120)
    codes_2025 = digits(_("Kode usaha (KBLI 2025)"), _("Boleh kosong."), most=120)

    def lists(self) -> dict[str, Any]:
        """Places of the finder, kelurahan and markets of the area."""
        fact = catalogue.catalogue().facts["place"]
        labels = fact.labels_en if get_language() == "en" else fact.labels
        return {
            "place": [NOTHING, *((value, (labels or {}).get(value, value)) for value in fact.values)],
            "region": [NOTHING, *region_choices(self.actor, kelurahan_only=True)],
            "market": [("", _("Bukan di pasar")), *market_choices(self.actor)],
        }

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        given = dict(self.cleaned_data)
        given["market"] = market_by_key(int(given["market"])) if given["market"] else None
        codes = [(v, code) for v in ("2020", "2025") for code in re.split(r"[\s,;]+", given.pop(f"codes_{v}")) if code]
        return given | {"codes": codes}

    @staticmethod
    def initial_of(business: Business) -> dict[str, Any]:
        """What stands in the form for a business that exists."""
        codes: dict[str, list[str]] = {"2020": [], "2025": []}
        for row in business.codes.all():  # the main one first
            codes[row.version].append(row.code)
        return {
            "trade_name": business.trade_name,
            "place": business.place,
            "region": business.region,
            "address": business.address,
            "market": business.market_id or "",
            "stall_label": business.stall.label if business.stall else "",
        } | {f"codes_{version}": ", ".join(found) for version, found in codes.items()}


class ConsentForm(OfPerson):
    """An answer to one purpose; neither yes nor no stands chosen beforehand."""

    purpose = one_of(_("Tujuan"), [], "", _("Pilih tujuannya."))
    given = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[("yes", _("Ya, boleh")), ("no", _("Tidak"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jawabannya: ya atau tidak.")},
    )
    place = text(_("Ditanyakan di mana"), _("Contoh: loket kecamatan."))

    def lists(self) -> dict[str, Any]:
        """Every purpose."""
        return {"purpose": [NOTHING, *((p.purpose, _told(p)) for p in purposes().values())]}

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        return self.cleaned_data | {"given": self.cleaned_data["given"] == "yes"}


class BarrierForm(OfPerson):
    """One barrier."""

    code = one_of(_("Hambatan"), [], "", _("Pilih hambatannya."))

    def lists(self) -> dict[str, Any]:
        """Every coded barrier."""
        return {"code": [NOTHING, *((kind.code, _told(kind)) for kind in barriers().values())]}


class BarriersForm(Plain):
    """Everything that kept somebody from a licence so far, asked at once; none is an answer too."""

    codes = forms.MultipleChoiceField(
        label=_("Apa yang menghalangi selama ini?"),
        help_text=_("Boleh pilih lebih dari satu. Boleh dikosongkan."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["codes"].choices = [(kind.code, _told(kind)) for kind in barriers().values()]  # type: ignore[attr-defined]


class FollowUpForm(OfPerson):
    """Something promised."""

    why = text(_("Apa yang perlu dilakukan"), "", _("Tulis apa yang perlu dilakukan."), most=250)
    due = day(_("Paling lambat"), "", _("Pilih tanggalnya."))
    mine = forms.BooleanField(label=_("Saya sendiri yang mengerjakan"), required=False)

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        given = dict(self.cleaned_data)
        return {"why": given["why"], "due": given["due"], "owner": self.actor.ref if given["mine"] else ""}


class FinishForm(OfPerson):
    """What came of it."""

    outcome = text(_("Hasilnya"), "", _("Tulis hasilnya."), most=250)


class WhyForm(OfPerson):
    """A reason that is kept."""

    why = text(_("Alasannya"), _("Contoh: salah ketik nomor."), _("Tulis alasannya."), most=250)


class PaperForm(OfPerson):
    """A paper somebody holds."""

    paper = one_of(_("Surat"), [], "", _("Pilih suratnya."))
    number = digits(_("Nomor"), _("NIB berisi 13 angka."), most=60)
    issuer = text(_("Diterbitkan oleh"))
    issued = day(_("Tanggal terbit"))
    valid_until = day(_("Berlaku sampai"), _("Kosongkan kalau berlaku terus."))
    business = one_of(_("Untuk usaha"), [])
    evidence = one_of(_("Bukti di dompet berkas"), [])

    def lists(self) -> dict[str, Any]:
        """Papers of the catalogue, and the person's own businesses and documents."""
        kinds = documents()
        businesses = [(str(b.ref), b.trade_name or b.address or str(b.ref)[:8]) for b in self.person.businesses.all()]
        kept = [(str(d.ref), kinds.get(d.kind, d.kind)) for d in self.person.documents.filter(erased_at=None)]
        return {
            "paper": [NOTHING, *papers().items()],
            "business": [("", _("Semua usaha")), *businesses],
            "evidence": [("", _("Belum ada bukti")), *kept],
        }

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        given = dict(self.cleaned_data)
        given["business"] = self.person.businesses.filter(ref=given["business"]).first() if given["business"] else None
        given["evidence"] = self.person.documents.filter(ref=given["evidence"]).first() if given["evidence"] else None
        return given


class DocumentForm(OfPerson):
    """A photo or PDF for the wallet."""

    kind = one_of(_("Jenis berkas"), [], "", _("Pilih jenis berkas."))
    file = forms.FileField(
        label=_("Foto atau PDF"),
        help_text=_("Foto dikecilkan dulu di HP supaya hemat kuota. Paling besar 8 MB."),
        error_messages={"required": _("Pilih foto atau PDF dulu."), "empty": _("Berkasnya kosong. Pilih yang lain.")},
        widget=forms.FileInput(
            attrs={"accept": "image/*,application/pdf", "data-shrink": _("Dikecilkan: # menjadi #.")}
        ),
    )

    def lists(self) -> dict[str, Any]:
        """Every kind of document of the catalogue that can be photographed."""
        return {"kind": [NOTHING, *photographed().items()]}

    def values(self) -> dict[str, Any]:
        """As the action takes them; no more is read than the action will take."""
        from satupintu.registry.pictures import MOST_BYTES

        return {"kind": self.cleaned_data["kind"], "content": self.cleaned_data["file"].read(MOST_BYTES + 1)}
