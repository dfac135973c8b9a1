"""What is looked into between a complete file and its decision."""

from typing import ClassVar

from django.db import models

from satupintu.audit.fields import SealedTextField
from satupintu.licensing.models.files import Application
from satupintu.registry.models import Document


class Visit(models.Model):
    """A visit of the place: planned for a day, then what was found there.

    ``report_ref`` is the number a phone gave the report, so that the same one sent twice is written once.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="visits")
    planned_for = models.DateField()
    planned_by = models.CharField(max_length=80)
    planned_at = models.DateTimeField()
    fits = models.BooleanField(null=True)
    findings = SealedTextField()
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    made_by = models.CharField(max_length=80, blank=True)
    made_by_name = models.CharField(max_length=150, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    report_ref = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ("planned_for", "pk")
        indexes: ClassVar = [
            models.Index(fields=["planned_for"], name="licensing_visit_open", condition=models.Q(made_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.planned_for}"


class VisitPhoto(models.Model):
    """A photo of a visit, kept as a sealed document of the person."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="visit_photos")

    def __str__(self) -> str:
        return f"{self.visit_id} {self.document_id}"


class Recommendation(models.Model):
    """A technical recommendation asked of another office."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="recommendations")
    office = models.CharField(max_length=40)
    question = models.CharField(max_length=250)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    favourable = models.BooleanField(null=True)
    answer = SealedTextField()
    made_by = models.CharField(max_length=80, blank=True)
    made_by_name = models.CharField(max_length=150, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["office"], name="licensing_asked_office", condition=models.Q(made_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.office}"


class Bill(models.Model):
    """A fee in whole rupiah with its basis, and its payment."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="bills")
    rupiah = models.PositiveBigIntegerField()
    basis = models.CharField(max_length=150)
    billed_by = models.CharField(max_length=80)
    billed_at = models.DateTimeField()
    paid_on = models.DateField(null=True, blank=True)
    receipt = models.CharField(max_length=60, blank=True)
    made_by = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("billed_at", "pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.rupiah}"
