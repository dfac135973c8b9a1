"""What somebody asked for, and everything said and done about it."""

import uuid
from typing import ClassVar

from django.db import models

from satupintu.audit.fields import SealedTextField
from satupintu.licensing.rules.moves import STATES
from satupintu.registry.models import Business, Consent, Document, Market, Person, Stall

STATE_CODES = tuple(state.code for state in STATES)
CHANNELS = (("self", "Sendiri"), ("counter", "Loket"), ("market", "Di pasar"), ("event", "Sosialisasi"))


class Application(models.Model):
    """One file. ``number`` is drawn by chance, so that nobody counts up to a neighbour's file.

    ``answers`` are the form's values by field as JSON, sealed. ``open_parts`` names what was sent back, as
    ``field:size`` or ``document:ktp``, with whether it was repaired; in a draft all is open. ``checks`` holds the
    checklist by item: whether it holds, who said so and when. ``law_day`` is the day whose law decides.
    ``working_hours`` is the running time of the clock at the decision, begun hours counted whole, ``in_time`` whether
    it kept the service time, if one was known: what the public standard measures.
    ``deadline`` is a copy of the clock for sorting. ``revision`` grows with every move, so that of two officers who
    opened the same page only the first one wins.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    business = models.ForeignKey(Business, on_delete=models.SET_NULL, null=True, related_name="applications")
    licence = models.CharField(max_length=40)
    law_day = models.DateField()
    state = models.CharField(max_length=30, default="draft")
    answers = SealedTextField()
    open_parts = models.JSONField(default=dict, blank=True)
    checks = models.JSONField(default=dict, blank=True)
    office = models.CharField(max_length=40)
    region = models.CharField(max_length=13)
    market = models.ForeignKey(Market, on_delete=models.PROTECT, null=True, related_name="applications")
    stall = models.ForeignKey(Stall, on_delete=models.SET_NULL, null=True, related_name="applications")
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    days = models.JSONField(default=list, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=CHANNELS, default="self")
    batch = models.CharField(max_length=60, blank=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_name = models.CharField(max_length=150, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    deadline_estimated = models.BooleanField(default=False)
    warned = models.JSONField(default=list, blank=True)
    first_time_right = models.BooleanField(null=True)
    working_hours = models.PositiveIntegerField(null=True, blank=True)
    in_time = models.BooleanField(null=True)
    revision = models.PositiveIntegerField(default=0)
    renews = models.ForeignKey(
        "licensing.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    filed_on = models.DateField(null=True, blank=True)
    filed_where = models.CharField(max_length=150, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=STATE_CODES), name="licensing_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "state", "deadline", "id"], name="licensing_queue"),
            models.Index(fields=["region", "state", "deadline", "id"], name="licensing_queue_by_region"),
            models.Index(fields=["state", "moved_at"], name="licensing_by_state"),
            models.Index(fields=["market", "state"], name="licensing_by_market"),
            models.Index(fields=["region", "latitude", "longitude"], name="licensing_by_place"),
            models.Index(fields=["claimed_by", "state"], name="licensing_held"),
            models.Index(fields=["deadline", "id"], name="licensing_due", condition=models.Q(deadline__isnull=False)),
            models.Index(fields=["licence", "submitted_at"], name="licensing_by_licence"),
            models.Index(fields=["-moved_at", "-id"], name="licensing_newest"),
            # Holds all that the measured figures of a standard ask, so that they are read from the index alone.
            models.Index(
                fields=["decided_at", "licence", "working_hours", "in_time", "first_time_right"],
                name="licensing_measured",
                condition=models.Q(working_hours__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        """How the audit and messages name this file."""
        return f"application:{self.number}"


class Step(models.Model):
    """A move that was made. Never changed: history of four eyes, events of the clock and timeline at once."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps", db_index=False)
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=30)
    state = models.CharField(max_length=30)
    made_by = models.CharField(max_length=80)
    made_by_name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20)
    office = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    reasons = models.JSONField(default=list, blank=True)
    parts = models.JSONField(default=list, blank=True)
    note = SealedTextField()

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "number"], name="licensing_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.number} {self.move}"


class Attachment(models.Model):
    """A document slot of a file: one from the wallet, or the original that is brought to the counter.

    A repaired one gets a new row; the old one keeps its verdict with ``replaced_at``.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    slot = models.CharField(max_length=40)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments")
    at_counter = models.BooleanField(default=False)
    verdict = models.CharField(max_length=10, blank=True, choices=(("fits", "Sesuai"), ("wrong", "Perlu diganti")))
    reason = models.CharField(max_length=40, blank=True)
    judged_by = models.CharField(max_length=80, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "slot"],
                condition=models.Q(replaced_at__isnull=True),
                name="licensing_one_document_per_slot",
            ),
            models.CheckConstraint(
                condition=models.Q(at_counter=True) | models.Q(document__isnull=False),
                name="licensing_attachment_is_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.slot}"


class Word(models.Model):
    """One message of the thread between applicant and office."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="words")
    text = SealedTextField()
    made_by = models.CharField(max_length=80)
    made_by_name = models.CharField(max_length=150)
    from_applicant = models.BooleanField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.pk}"


class Assisted(models.Model):
    """A sitting in which somebody was helped with a file (PP 7/2021 art. 40): who helped, where, by what consent."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sittings")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="sittings")
    place = models.CharField(max_length=150)
    helped_by = models.CharField(max_length=80)
    helped_by_name = models.CharField(max_length=150)
    office = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=250, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.place}"
