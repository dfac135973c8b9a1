"""Photos of an event, and which of them the report may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from satupintu.outreach.models import Event, Participant, Photo
from satupintu.outreach.queries.consents import PHOTO, who_agreed
from satupintu.outreach.rules.photos import why_not_in_report
from satupintu.registry import uploads


@dataclass(frozen=True, slots=True)
class Reported:
    """A photo that may stand in the report: JPEG bytes, what is on it, of which session, and when it was taken."""

    ref: UUID
    content: bytes
    caption: str
    kind: str
    session: str
    taken_at: datetime


def photos_of(event: Event) -> list[dict[str, Any]]:
    """Every photo that was not destroyed, in the order they were taken, with who is on it and why it stays out.

    ``why_not`` is empty for a photo that may stand in the report. Five queries, however many photos.
    """
    photos = list(_kept(event).select_related("session", "item").prefetch_related("subjects__person"))
    agreed = who_agreed({person.pk: person for photo in photos for person in photo.subjects.all()}.values(), PHOTO)
    rows = []
    for photo in photos:
        people = [(person, person.pk in agreed) for person in photo.subjects.all()]
        why_not = why_not_in_report(photo.kind, photo.shows, [yes for _, yes in people])
        rows.append({"photo": photo, "people": people, "why_not": why_not})
    return rows


def photos_for_report(event: Event) -> list[Reported]:
    """The photos on which everybody who can be recognised agreed, or nobody can be; bytes whose file is gone are not.

    A consent that was taken back counts from that moment.
    """
    found = []
    for row in photos_of(event):
        photo = row["photo"]
        if row["why_not"]:
            continue
        try:
            content = uploads.content(photo.stored)
        except FileNotFoundError:
            continue
        session = photo.session.title if photo.session else ""
        found.append(Reported(photo.ref, content, photo.caption, photo.kind, session, photo.taken_at))
    return found


def photo_of(event: Event, ref: UUID | str) -> Photo | None:
    """One photo of an event that was not destroyed."""
    return _kept(event).filter(ref=ref).select_related("event", "session", "item").first()


def photos_with(participant: Participant) -> list[Photo]:
    """The photos on which a participant can be recognised."""
    return list(Photo.objects.filter(subjects=participant, erased_at=None))


def paper_lists_of(event: Event) -> list[Photo]:
    """The photos of signed lists, the oldest first."""
    return list(_kept(event).filter(kind="paper_list"))


def proofs_of(event: Event) -> dict[tuple[int, int], Photo]:
    """Photos of handing over, by item and participant; the last one counts. Two queries, however many photos."""
    found = {}
    for photo in _kept(event).filter(kind="hand_over", item__isnull=False).prefetch_related("subjects"):
        for person in photo.subjects.all():
            found[photo.item_id or 0, person.pk] = photo
    return found


def _kept(event: Event) -> QuerySet[Photo]:
    return Photo.objects.filter(event=event, erased_at=None)
