"""The lists of papers that no longer hold, as they were published."""

from typing import ClassVar

from django.db import models


class PublishedList(models.Model):
    """One edition of the signed list, numbered upwards. The newest is what everybody gets; a few older ones stay."""

    sequence = models.PositiveBigIntegerField(unique=True)
    issued = models.DateField()
    next_update = models.DateField()
    entries = models.PositiveIntegerField()
    content = models.BinaryField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ("-sequence",)

    def __str__(self) -> str:
        return f"list {self.sequence} of {self.issued}"
