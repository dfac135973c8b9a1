"""Devices that may send what was captured, and what they sent."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from satupintu.accounts.models import Office
from satupintu.audit.fields import SealedTextField
from satupintu.sync.rules import CONFLICT, STATES


class Device(models.Model):
    """A phone that captures for its owner. Of its token only a keyed hash is kept.

    ``captured`` is how many records the phone said it made, when it last sent.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="devices")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="devices")
    token_lookup = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)
    captured = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("-issued_at", "-pk")

    def __str__(self) -> str:
        return self.name


class Received(models.Model):
    """One record as it arrived and what became of it.

    A client UUID stands once; another content under the same UUID is kept beside it as a ``conflict``. The content
    is sealed, and emptied once it is carried out. ``made_at`` is ``device_time`` put right (`rules.seen_at`).
    """

    client_uuid = models.UUIDField()
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    content = SealedTextField()
    shown = models.JSONField(default=dict)
    device_time = models.DateTimeField()
    made_at = models.DateTimeField()
    sequence = models.PositiveBigIntegerField(default=0)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(state, state) for state in STATES])
    result = models.CharField(max_length=120, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.CharField(max_length=80, blank=True)
    set_aside_why = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ("-received_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client_uuid"], condition=~models.Q(state=CONFLICT), name="sync_one_record_per_uuid"
            ),
            models.UniqueConstraint(fields=["client_uuid", "content_hash"], name="sync_one_record_per_content"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="sync_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "set_aside_at", "-received_at"], name="sync_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.client_uuid}"
