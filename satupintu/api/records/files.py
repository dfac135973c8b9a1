"""A file captured at a market, and a visit of the place, as phones without a network kept them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from satupintu.api.records.reading import read
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.capturing import Captured
from satupintu.licensing.actions.capturing import capture_file as capture
from satupintu.licensing.actions.visits import MOST_PHOTOS, report_visit
from satupintu.licensing.forms.capturing import CaptureForm, answers_form
from satupintu.licensing.queries import capturing as queries
from satupintu.licensing.queries.visible import file_for
from satupintu.licensing.rules.numbers import read_number
from satupintu.sync.rules import NotCarriedOut

PHOTO, ORIGINAL = "photo.", "original"
BROKEN = "Foto ini rusak. Ambil lagi."


class FileLabels(Mapping[str, Any]):
    """What the fields of a captured file are called; those of a paper are looked up in its data."""

    _own = {name: field.label for name, field in CaptureForm.base_fields.items()} | {ORIGINAL: _("Asli ke loket")}

    def __getitem__(self, name: str) -> Any:
        found = self._own.get(name) or queries.label_of(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


FILE_LABELS = FileLabels()
VISIT_LABELS = {
    "number": _("Nomor berkas"),
    "fits": _("Sesuai"),
    "findings": _("Yang terlihat"),
    "latitude": _("Lintang"),
    "longitude": _("Bujur"),
    "photos": _("Foto"),
}
Degrees = Annotated[Decimal, Field(max_digits=9, decimal_places=6)]


class Visit(BaseModel):
    """What was found at the place of a file; ``photos`` are base64."""

    number: Annotated[str, Field(max_length=20)]
    fits: bool
    findings: Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    photos: Annotated[list[str], Field(max_length=MOST_PHOTOS)] = []


def capture_file(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Make the file, submitted when nothing is missing. Raises NotCarriedOut, ValidationError, NotAllowed."""
    fields, on = _fields(content), localdate(at)
    posted = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in fields.items()})
    form = CaptureForm(posted, area=by.area, on=on)
    if not form.is_valid():
        raise ValidationError([sentence for told in form.errors.values() for sentence in told])
    service = queries.papers_of_ours(on)[form.cleaned_data["licence"]]
    answers = answers_form(service, on, posted)
    if not answers.is_valid():
        told = {queries.label_of(f"{service.code}-{name}"): sentences for name, sentences in answers.errors.items()}
        raise ValidationError([f"{label}: {sentence}" for label, said in told.items() for sentence in said])
    slots = [one.code for one in service.documents]
    file = capture(
        captured=Captured(
            licence=service.code,
            person=form.person(),
            consent=form.consent(),
            goods=form.cleaned_data["goods"],
            market=queries.market_of(form.cleaned_data["market"]),
            stall=form.cleaned_data["stall"],
            answers=answers.values(),
            photos={slot: _photo(fields[PHOTO + slot]) for slot in slots if fields.get(PHOTO + slot)},
            originals=[slot for slot in slots if slot in posted.getlist(ORIGINAL)],
        ),
        ref=ref,
        said_at=seen_at,
        by=by,
        at=at,
    )
    return f"{file.reference}:{file.state}"


def visit(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Write a visit down. Raises NotCarriedOut, ValidationError, NotAllowed."""
    told = read(content, Visit)
    number = read_number(told.number)
    file = file_for(by, number) if number else None
    if file is None:
        raise NotCarriedOut("Berkas ini tidak ada, atau bukan untuk kantor petugas. Periksa nomornya.")
    report_visit(
        application=file,
        fits=told.fits,
        findings=told.findings,
        latitude=told.latitude,
        longitude=told.longitude,
        photos=[_photo(one) for one in told.photos],
        ref=ref,
        by=by,
        at=at,
    )
    return file.reference


def _fields(content: str) -> dict[str, Any]:
    """The fields of the page: each a text or a list of texts. Raises NotCarriedOut."""
    try:
        fields = json.loads(content)
    except ValueError as error:
        raise NotCarriedOut("Isi catatan ini tidak bisa dibaca. Sisihkan, lalu catat lagi.") from error
    if not isinstance(fields, dict):
        raise NotCarriedOut("Isi catatan ini bukan isian formulir. Sisihkan, lalu catat lagi.")
    return {
        str(name): [str(one) for one in value] if isinstance(value, list) else str(value)
        for name, value in fields.items()
    }


def _photo(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError as error:  # not base64, or not even ASCII
        raise NotCarriedOut(BROKEN) from error
