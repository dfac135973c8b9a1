"""Papers of an event, and what speakers give to take home."""

import uuid
from typing import ClassVar

from django.db import models

from satupintu.outreach.models.events import Event, Session

DOCUMENT_KINDS = tuple((kind, kind) for kind in ("assignment", "agreement", "funding", "material", "other"))
CONTENT_TYPES = (("image/jpeg", "Foto"), ("application/pdf", "PDF"))


class EventDocument(models.Model):
    """A sealed file of an event: its letters, or the ``material`` of a session.

    Material marked ``public`` can be taken by everybody; everything else only by who may see the event. ``stored`` is
    the name of the bytes on disk. One that was taken out keeps its row without bytes.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stored = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="documents")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(max_length=15, choices=DOCUMENT_KINDS)
    title = models.CharField(max_length=150)
    public = models.BooleanField(default=False)
    content_type = models.CharField(max_length=20, choices=CONTENT_TYPES)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("event", "kind", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(public=False) | models.Q(kind="material"), name="outreach_only_material_is_public"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["event", "kind"], name="outreach_document_of_event")]

    def __str__(self) -> str:
        return self.title
