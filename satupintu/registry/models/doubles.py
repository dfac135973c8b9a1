"""Entries that may be one person, and merges of those that are."""

from typing import ClassVar

from django.db import models

from satupintu.audit.fields import SealedTextField
from satupintu.registry.models.people import Person


class Double(models.Model):
    """Two entries that look like one person, found when one was written; settled by a merge or a no."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="doubles_first")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="doubles_second")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    settled = models.CharField(max_length=10, blank=True, choices=(("merged", "Digabung"), ("apart", "Dua orang")))
    settled_by = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-score", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="registry_one_double_per_pair"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="registry_double_in_order"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-score", "id"], name="registry_double_open", condition=models.Q(settled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}: {self.score}"


class Merge(models.Model):
    """One merge: what moved, and what the kept entry held before and after (sealed), so that it can be undone."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_kept")
    removed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_removed")
    moved = models.JSONField(default=list)
    values = SealedTextField()
    reason = models.CharField(max_length=250)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.removed_id} ke {self.kept_id}"
