"""Papers of an event, and what everybody may take home."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from satupintu.outreach.models import Event, EventDocument
from satupintu.registry import uploads


def documents_of(event: Event) -> list[EventDocument]:
    """Every document that was not taken out, by kind and then in the order they came."""
    return list(EventDocument.objects.filter(event=event, erased_at=None).select_related("session"))


def document_of(event: Event, ref: UUID | str) -> EventDocument | None:
    """One document of an event that was not taken out."""
    return EventDocument.objects.filter(event=event, ref=ref, erased_at=None).select_related("event").first()


def public_materials(event: Event) -> list[EventDocument]:
    """The material of an event that everybody may take, in the order of its sessions."""
    return list(_public().filter(event=event).order_by("session__position", "pk"))


def materials_about(topic: str, newest: int = 5) -> list[EventDocument]:
    """The newest public material of sessions that teach a lesson, of any event."""
    found = []
    for document in _public().filter(session__isnull=False).order_by("-made_at", "-pk")[:200]:
        if document.session is not None and topic in document.session.topics:
            found.append(document)
    return found[:newest]


def public_material(ref: UUID | str) -> tuple[EventDocument, bytes] | None:
    """One public material with its bytes; None for one that is not there or not public."""
    document = _public().filter(ref=ref).first()
    if document is None:
        return None
    try:
        return document, uploads.content(document.stored)
    except FileNotFoundError:
        return None


def _public() -> QuerySet[EventDocument]:
    return EventDocument.objects.filter(public=True, erased_at=None).select_related("event", "session")
