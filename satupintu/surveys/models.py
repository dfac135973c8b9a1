"""What was asked of whom, and what they said. Rows of answers are added and never changed."""

import uuid
from typing import Any, ClassVar

from django.db import models


class NeverChanged(RuntimeError):
    """An answer was to be written over or taken away."""


class Survey(models.Model):
    """One version of a questionnaire asked in one wave about one subject.

    ``subject`` is a reference such as ``event:<ref>``: this room lies below events. ``region`` says whose area it is
    in; ``after_days`` tells one follow-up from another.
    """

    WAVES: ClassVar = [("before", "before"), ("after", "after"), ("then", "then"), ("followup", "followup")]

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    questionnaire = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    wave = models.CharField(max_length=10, choices=WAVES)
    after_days = models.PositiveSmallIntegerField(default=0)
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=150, blank=True)
    region = models.CharField(max_length=13, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "questionnaire", "wave", "after_days"], name="surveys_survey_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.version} {self.wave}"

    @property
    def reference(self) -> str:
        """How others name it."""
        return f"survey:{self.ref}"


class Added(models.Model):
    """A row that is written once."""

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


class Answering(Added):
    """One sheet by one respondent.

    ``respondent`` is ``card:<event>:P001``, ``person:<reference>``, or ``sheet:<event>:17`` for one without a card.

    ``entry`` is 1 and 2 for a paper typed twice, 3 for what settles their differences, 0 for everything else.
    ``consent`` is the purpose and version of the text that was agreed to. The last sheet of a respondent counts.
    """

    CHANNELS: ClassVar = [("phone", "phone"), ("paper", "paper"), ("table", "table")]

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answerings")
    respondent = models.CharField(max_length=120)
    channel = models.CharField(max_length=10, choices=CHANNELS)
    entry = models.PositiveSmallIntegerField(default=0)
    consent = models.CharField(max_length=60)
    said_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("said_at", "entry", "ref")
        indexes: ClassVar = [models.Index(fields=["survey", "respondent"], name="surveys_answering_of")]

    def __str__(self) -> str:
        return f"{self.respondent} {self.entry}"


class Answer(Added):
    """One item of a sheet and what was said; several choices are parted by semicolons."""

    answering = models.ForeignKey(Answering, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(max_length=40)
    value = models.TextField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["answering", "item"], name="surveys_answer_once")]

    def __str__(self) -> str:
        return f"{self.item}={self.value}"


class Tally(Added):
    """A show of hands for one item: how many said yes of how many asked. It pairs with nobody."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="tallies")
    item = models.CharField(max_length=40)
    yes = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()
    said_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("said_at", "ref")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(yes__lte=models.F("asked")), name="surveys_tally_yes_of_asked")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.yes}/{self.asked}"
