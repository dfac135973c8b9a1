"""Photos of an event, who can be recognised on them, and what a card without a name agreed to."""

import uuid
from typing import ClassVar

from django.db import models

from satupintu.outreach.models.aid import AidItem
from satupintu.outreach.models.events import Event, Session
from satupintu.outreach.models.observations import Participant

PHOTO_KINDS = tuple((kind, kind) for kind in ("documentation", "paper_list", "hand_over"))
SHOWN = tuple((seen, seen) for seen in ("unknown", "nobody", "people"))


class Photo(models.Model):
    """A sealed photo. ``ref`` is made by the phone; the bytes lie under ``stored``, a name that only we choose.

    ``shows`` says whether a participant can be recognised: ``people`` are those of ``subjects``, and a photo of which
    nobody said so yet (``unknown``) goes into no report. ``item`` is the aid whose hand-over it proves. A photo that
    was taken out keeps its row; ``erased_at`` is when its bytes were destroyed.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stored = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="photos")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="photos")
    item = models.ForeignKey(AidItem, on_delete=models.PROTECT, null=True, blank=True, related_name="photos")
    kind = models.CharField(max_length=15, choices=PHOTO_KINDS, default="documentation")
    caption = models.CharField(max_length=250, blank=True)
    shows = models.CharField(max_length=10, choices=SHOWN, default="unknown")
    subjects = models.ManyToManyField(Participant, blank=True, related_name="photos")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    retention_until = models.DateField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_why = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("taken_at", "ref")
        indexes: ClassVar = [
            models.Index(fields=["event", "kind"], name="outreach_photo_of_event"),
            models.Index(fields=["retention_until"], name="outreach_photo_retention"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class CardConsent(models.Model):
    """A yes or no to one purpose by who holds a card without a name, with the version of the text that was read.

    People of the registry answer there; this is the same for somebody whose name we do not know (UU 27/2022 art.
    22-24: recorded, separable, with proof kept). A newer answer replaces the older one, which stays.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="consents", db_index=False)
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=10)
    given = models.BooleanField()
    place = models.CharField(max_length=150, blank=True)
    said_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-said_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["participant", "purpose", "-said_at"], name="outreach_consent_latest")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {'ya' if self.given else 'tidak'}"
