"""What an officer keeps of their own about the queue."""

from typing import ClassVar

from django.db import models


class SavedView(models.Model):
    """A view of the queue with its filters under a name of the officer's own; ``query`` is the query string."""

    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="licensing_one_view_per_name"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.name}"
