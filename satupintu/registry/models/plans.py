"""The plan that is kept: what was answered, what it came to, and what was done since."""

import uuid
from typing import ClassVar

from django.db import models

from satupintu.registry.models.businesses import Business


class KeptPlan(models.Model):
    """The finder's answers for one business and the needs they gave on the day of law ``law_day``.

    ``answers`` are those of the finder's address by name; ``needs`` holds need by paper. ``changes`` are what the last
    recomputing found: paper, need before, need after. ``filled_by`` names the member of staff who filled it, if any.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    business = models.OneToOneField(Business, on_delete=models.CASCADE, related_name="plan")
    answers = models.JSONField(default=dict)
    needs = models.JSONField(default=dict)
    law_day = models.DateField()
    changes = models.JSONField(default=list)
    changed_at = models.DateTimeField(null=True, blank=True)
    filled_by = models.CharField(max_length=150, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.business_id} {self.law_day}"


class StepDone(models.Model):
    """A step somebody says is done: of a paper as a whole (``done``) or one way's numbered step (``online-2``)."""

    plan = models.ForeignKey(KeptPlan, on_delete=models.CASCADE, related_name="steps_done")
    paper = models.CharField(max_length=40)
    step = models.CharField(max_length=20)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "paper", "step"], name="registry_step_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.step}"
