"""Who may come and who said so beforehand, and what was promised to whom after an event."""

import uuid
from typing import ClassVar

from django.db import models

from satupintu.audit.fields import SealedTextField
from satupintu.outreach.models.events import Event
from satupintu.outreach.models.observations import Participant
from satupintu.registry.models import FollowUp
from satupintu.registry.rules.identity import masked_phone

WAYS = (("phone", "phone"), ("counter", "counter"))
CHANNELS = (("whatsapp", "whatsapp"), ("sms", "sms"))
OCCASIONS = tuple((occasion, occasion) for occasion in ("weak", "wave-30", "wave-90"))


class Announcement(models.Model):
    """An event that the public may see. ``way`` is how one signs up: with a phone number, or only where ``how`` says.

    ``capacity`` is how many may sign up (empty: as many as like). Withdrawn, the event is shown to nobody outside.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="announcement")
    way = models.CharField(max_length=10, choices=WAYS, default="phone")
    how = models.CharField(max_length=250, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.event_id} {self.way}"


class SignUp(models.Model):
    """A phone number that means to come. ``ref`` is known only to who got it in a message.

    ``consent`` is purpose and version of the text agreed to; ``participant`` the card it became.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sign_ups")
    phone = SealedTextField()
    phone_lookup = models.CharField(max_length=64, blank=True, editable=False)
    channel = models.CharField(max_length=10, choices=CHANNELS)
    language = models.CharField(max_length=2, default="id")
    consent = models.CharField(max_length=60)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="sign_ups"
    )
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "phone_lookup"],
                condition=~models.Q(phone_lookup="") & models.Q(cancelled_at__isnull=True),
                name="outreach_signed_up_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["phone_lookup"], name="outreach_sign_up_phone")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.pk}"

    @property
    def masked_phone(self) -> str:
        """The number as screens show it; empty once it was erased."""
        return masked_phone(self.phone)


class Promised(models.Model):
    """That a participant was promised something on one occasion, so that it is promised once."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="promised")
    occasion = models.CharField(max_length=10, choices=OCCASIONS)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.SET_NULL, null=True, blank=True, related_name="promised")
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "occasion"], name="outreach_promised_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.occasion}"
