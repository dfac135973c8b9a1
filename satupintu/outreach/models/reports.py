"""Reports of events: one draft at most, and final versions that are never changed."""

import uuid
from typing import Any, ClassVar

from django.db import models

from satupintu.audit.fields import SealedTextField
from satupintu.outreach.models.events import Event
from satupintu.outreach.models.observations import NeverChanged

STATES = (("draft", "draft"), ("final", "final"))


class Report(models.Model):
    """One version of an event's report.

    A draft holds only what people typed (``texts``) and is worked out from the event each time. A final one holds
    ``frozen``, the whole data as one JSON text with its ``sha256``, and ``document``, the words made from it; both are
    sealed, because answers and questions stand in them.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    frozen = SealedTextField()
    document = SealedTextField()
    sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    final_by = models.CharField(max_length=80, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("event", "-version", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event"], condition=models.Q(state="draft"), name="outreach_one_draft_of_report"
            ),
            models.UniqueConstraint(fields=["event", "version"], name="outreach_report_version_once"),
            models.CheckConstraint(
                condition=models.Q(state="draft", version__isnull=True, sha256="", final_at__isnull=True)
                | (models.Q(state="final", version__gte=1, final_at__isnull=False) & ~models.Q(sha256="")),
                name="outreach_report_frozen_when_final",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.state} {self.version or ''}".strip()

    def save(self, *args: Any, **given: Any) -> None:
        """Write a draft, or make it final. Raises NeverChanged for what is final already."""
        self._refuse_if_final()
        super().save(*args, **given)

    def delete(self, *args: Any, **given: Any) -> Any:
        """Take a draft away. Raises NeverChanged for a final version."""
        self._refuse_if_final()
        return super().delete(*args, **given)

    def _refuse_if_final(self) -> None:
        if self.pk is not None and Report.objects.filter(pk=self.pk, state="final").exists():
            raise NeverChanged(f"Report {self.pk}")
