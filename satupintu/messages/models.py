"""The outbox: every message that leaves the house has its row here first."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from satupintu.audit.fields import SealedTextField
from satupintu.messages import rules


class Channel(models.TextChoices):
    """The way a message goes."""

    EMAIL = rules.EMAIL, _("E-mail")
    WHATSAPP = rules.WHATSAPP, "WhatsApp"
    SMS = rules.SMS, "SMS"


class State(models.TextChoices):
    """Where a message is on its way."""

    WAITING = rules.WAITING, _("Menunggu")
    SENDING = rules.SENDING, _("Sedang dikirim")
    SENT = rules.SENT, _("Terkirim")
    FAILED = rules.FAILED, _("Ditolak")
    GIVEN_UP = rules.GIVEN_UP, _("Dihentikan")
    UNCERTAIN = rules.UNCERTAIN, _("Belum pasti terkirim")


class Message(models.Model):
    """One message to one receiver. ``key`` makes it one of its kind: whoever asks again gets this row.

    ``next_try_at`` is when it is due; while it is being sent, when its worker counts as lost. ``claim`` is a random
    word of the worker that sends it, so that only that worker's answer counts. ``person`` is the reference of whom it
    is for, where that is known. After ``expires_at`` it is not sent any more.
    """

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    receiver = SealedTextField()
    receiver_lookup = models.CharField(max_length=64, db_index=True)
    person = models.CharField(max_length=80, blank=True, db_index=True)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    subject = SealedTextField()
    text = SealedTextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    gateway = models.CharField(max_length=10, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=rules.LONGEST_ANSWER, blank=True)
    created_by = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=rules.STATES), name="message_state_known"),
            models.CheckConstraint(condition=Q(channel__in=rules.CHANNELS), name="message_channel_known"),
            models.CheckConstraint(
                condition=Q(state__in=(rules.WAITING, rules.SENDING), next_try_at__isnull=False)
                | (~Q(state__in=(rules.WAITING, rules.SENDING)) & Q(next_try_at__isnull=True)),
                name="message_on_its_way_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=rules.SENT, sent_at__isnull=False) | (~Q(state=rules.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=(rules.WAITING, rules.SENDING)),
                name="message_due",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_blank(self) -> bool:
        """Whether receiver and text were erased: kept long enough, or the person was forgotten."""
        return not self.receiver_lookup

    @property
    def is_secret(self) -> bool:
        """Whether nobody but the receiver may read the text."""
        return self.template in rules.SECRET
