"""An event as it is planned: who holds it, for how many, and what is told when."""

import uuid
from typing import ClassVar

from django.db import models

from satupintu.registry.models import Market

STATES = (("planned", "planned"), ("running", "running"), ("closed", "closed"))
PARTNER_KINDS = tuple(
    (kind, kind) for kind in ("university", "neighbourhood", "pegadaian", "dpmptsp", "office", "other")
)
TEAM_ROLES = tuple((role, role) for role in ("host", "coordinator", "speaker", "assistant"))


class Event(models.Model):
    """One morning of outreach. ``target`` is how many people it is meant for, read in ``target_source``."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=150)
    day = models.DateField()
    place = models.CharField(max_length=250, blank=True)
    market = models.ForeignKey(Market, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    region = models.CharField(max_length=13)
    target = models.PositiveIntegerField(null=True, blank=True)
    target_source = models.CharField(max_length=250, blank=True)
    funding = models.CharField(max_length=250, blank=True)
    letter = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    template = models.CharField(max_length=60, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(target_source=""),
                name="outreach_target_has_source",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-day", "-id"], name="outreach_event_by_day"),
            models.Index(fields=["region", "-day"], name="outreach_event_by_region"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How other rooms and the audit name it."""
        return f"event:{self.ref}"


class Partner(models.Model):
    """Who holds the event together with us."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="partners")
    kind = models.CharField(max_length=20, choices=PARTNER_KINDS)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "name"], name="outreach_partner_once")]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One line of the programme, from ``begins`` to ``ends`` on the day. ``topics`` are codes of lessons."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=10, blank=True)
    section_title = models.CharField(max_length=150, blank=True)
    title = models.CharField(max_length=200)
    speaker = models.CharField(max_length=150, blank=True)
    affiliation = models.CharField(max_length=150, blank=True)
    begins = models.TimeField()
    ends = models.TimeField()
    topics = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("event", "position", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("begins")), name="outreach_session_forwards")
        ]
        indexes: ClassVar = [models.Index(fields=["event", "position"], name="outreach_session_in_order")]

    def __str__(self) -> str:
        return self.title


class TeamMember(models.Model):
    """Who works at the event, and as what."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="team")
    role = models.CharField(max_length=20, choices=TEAM_ROLES)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "role", "name"], name="outreach_team_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"
