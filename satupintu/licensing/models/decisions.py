"""Decisions with what they rested on, who may decide for whom, and when offices are closed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from satupintu.audit.fields import SealedTextField
from satupintu.licensing.models.files import Application

OUTCOMES = (
    ("granted", _("Disetujui")),
    ("granted_with_conditions", _("Disetujui dengan syarat")),
    ("refused", _("Ditolak")),
    ("deemed", _("Disetujui oleh hukum karena lewat waktu")),
)


class Delegation(models.Model):
    """For some days one official acts for another office, by a letter (pelaksana harian, a.n.).

    ``licences`` and ``longest_months`` are the limits of that authority: which papers, and for how long at most a paper
    may hold; empty is no limit.
    """

    office = models.CharField(max_length=40)
    holder = models.CharField(max_length=80)
    holder_name = models.CharField(max_length=150)
    licences = models.JSONField(default=list, blank=True)
    longest_months = models.PositiveSmallIntegerField(null=True, blank=True)
    begins = models.DateField()
    ends = models.DateField()
    letter = models.CharField(max_length=100)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-begins", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("begins")), name="licensing_delegation_days_in_order"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["holder", "ends"], name="licensing_delegation_of")]

    def __str__(self) -> str:
        return f"{self.office} {self.begins}"


class Decision(models.Model):
    """A decision and everything needed to explain it years later.

    ``frozen`` is canonical JSON, sealed: answers and facts as they were, the rows of law that decided, the hash of each
    file read, verdicts, the clock with the days off it met, who acted by which delegation. ``frozen_sha256`` is over
    that text.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=30, choices=OUTCOMES)
    reasons = models.JSONField(default=list, blank=True)
    conditions = models.JSONField(default=list, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    note = SealedTextField()
    frozen = SealedTextField()
    frozen_sha256 = models.CharField(max_length=64)
    rule_version = models.CharField(max_length=64)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    made_by = models.CharField(max_length=80)
    made_by_name = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    office = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.outcome}"


class Closure(models.Model):
    """A day on which an office is closed besides weekends and holidays. Empty office: the whole city."""

    office = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    reason = models.CharField(max_length=150)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("day", "office")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "day"], name="licensing_one_closure_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.day}"


class ServiceTime(models.Model):
    """How many working days an office promises for a licence from a day on, by its own letter.

    It goes before what the licence's file says; ``example`` marks a time assumed for trying, which pages say.
    """

    office = models.CharField(max_length=40)
    licence = models.CharField(max_length=40)
    days = models.PositiveSmallIntegerField()
    begins = models.DateField()
    letter = models.CharField(max_length=150)
    example = models.BooleanField(default=False)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-begins", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "licence", "begins"], name="licensing_one_service_time"),
            models.CheckConstraint(condition=models.Q(days__gte=1), name="licensing_service_time_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.licence} {self.days}"
