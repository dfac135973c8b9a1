"""Who took part, and what was seen on the day. What was seen is added and never changed."""

import uuid
from typing import Any, ClassVar

from django.db import models

from satupintu.outreach.models.events import Event, Session
from satupintu.registry.models import FollowUp, Person

OF_PEOPLE = ("arrived", "left")
OF_SESSIONS = ("started", "stopped", "cause")
SOURCES = ("phone", "qr", "code", "paper")


class NeverChanged(RuntimeError):
    """What was seen was to be written over or taken away."""


class Participant(models.Model):
    """A card of an event; behind it a person of the registry, or nobody we know."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    card = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    invited = models.BooleanField(default=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("event", "card")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "card"], name="outreach_card_once"),
            models.UniqueConstraint(fields=["event", "person"], name="outreach_person_once"),
        ]

    def __str__(self) -> str:
        return self.card


class Added(models.Model):
    """A row that is written once. ``ref`` is made by the phone: the same one sent twice is one row."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **given: Any) -> None:
        """Write a new row. Raises NeverChanged for one that stands already."""
        if self.pk is not None:
            raise NeverChanged(f"{type(self).__name__} {self.pk}")
        super().save(*args, **given)

    def delete(self, *args: Any, **given: Any) -> Any:
        """Raises NeverChanged."""
        raise NeverChanged(f"{type(self).__name__} {self.pk}")


class Tap(Added):
    """One press of a button: somebody arrived or left, a session started or stopped, or why it ran over.

    ``pressed_at`` is the time of the phone; ``made_at`` when it reached us. ``source`` says how it was known: a name
    tapped, a QR card, a typed code, or the signed paper list, whose photo is the ``evidence``.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="taps")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in (*OF_PEOPLE, *OF_SESSIONS)])
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="taps")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="taps")
    cause = models.CharField(max_length=250, blank=True)
    source = models.CharField(max_length=10, choices=[(source, source) for source in SOURCES], default="phone")
    evidence = models.ForeignKey("outreach.Photo", on_delete=models.PROTECT, null=True, blank=True, related_name="taps")
    pressed_at = models.DateTimeField()

    class Meta:
        ordering = ("pressed_at", "ref")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OF_PEOPLE, participant__isnull=False, session__isnull=True)
                | models.Q(kind__in=OF_SESSIONS, participant__isnull=True, session__isnull=False),
                name="outreach_tap_about_one_thing",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["event", "kind"], name="outreach_tap_of_event")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pressed_at}"


class Question(Added):
    """What somebody asked, in which session; without a participant it came from the yard."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="questions")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    text = models.CharField(max_length=500)
    pressed_at = models.DateTimeField()

    class Meta:
        ordering = ("pressed_at", "ref")

    def __str__(self) -> str:
        return self.text


class Reply(Added):
    """What came of a question: an answer, or who finds it out by when. The last one counts."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=500, blank=True)
    owner = models.CharField(max_length=150, blank=True)
    due = models.DateField(null=True, blank=True)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.SET_NULL, null=True, blank=True, related_name="replies")

    class Meta:
        ordering = ("made_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(answer="") | (~models.Q(owner="") & models.Q(due__isnull=False)),
                name="outreach_reply_answers_or_promises",
            )
        ]

    def __str__(self) -> str:
        return self.answer or f"{self.owner} {self.due}"
