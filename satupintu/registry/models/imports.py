"""Files of people that were taken in."""

import uuid
from typing import ClassVar

from django.db import models


class Import(models.Model):
    """One file: checked as a whole first, then taken in some rows at a time.

    ``passed`` rows are behind us, ``added`` of them became people. ``errors`` name row and column, no values: before
    the first row is in what must be put right, after that the rows that were left out.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    office = models.CharField(max_length=40)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    passed = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.rows})"
