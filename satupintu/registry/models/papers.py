"""Papers somebody holds, the wallet of documents, and the dated steps of their way."""

import uuid
from typing import ClassVar

from django.db import models

from satupintu.audit.fields import SealedTextField
from satupintu.registry.models.businesses import Business
from satupintu.registry.models.people import Person

CONTENT_TYPES = (("image/jpeg", "Foto"), ("application/pdf", "PDF"))


class Document(models.Model):
    """A sealed file in somebody's wallet. ``kind`` is a document of the catalogue; the bytes lie under ``uploads/``."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=40)
    content_type = models.CharField(max_length=20, choices=CONTENT_TYPES)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    has_thumbnail = models.BooleanField(default=False)
    retention_until = models.DateField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["retention_until"], name="registry_document_retention")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class PaperHeld(models.Model):
    """A paper somebody has: its number as read from it, never issued by us. ``paper`` is a code of the catalogue."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="papers", db_index=False)
    business = models.ForeignKey(Business, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers")
    paper = models.CharField(max_length=40)
    number = SealedTextField()
    number_lookup = models.CharField(max_length=64, blank=True, editable=False)
    number_ending = models.CharField(max_length=64, blank=True, editable=False)
    issuer = models.CharField(max_length=150, blank=True)
    issued = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    evidence = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers")
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-issued", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(issued__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("issued")),
                name="registry_paper_dates_in_order",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "paper"], name="registry_paper_of_person"),
            models.Index(fields=["paper", "person"], name="registry_paper_by_kind"),
            models.Index(fields=["number_lookup"], name="registry_paper_number"),
            models.Index(fields=["number_ending"], name="registry_paper_ending"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.ref}"


class Milestone(models.Model):
    """One dated step of somebody's way, written by the room that knows it; ``evidence`` is a reference."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="milestones", db_index=False)
    code = models.CharField(max_length=40)
    day = models.DateField()
    evidence = models.CharField(max_length=120, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("day", "pk")
        indexes: ClassVar = [
            models.Index(fields=["person", "day"], name="registry_milestone_of_person"),
            models.Index(fields=["code", "day"], name="registry_milestone_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"
