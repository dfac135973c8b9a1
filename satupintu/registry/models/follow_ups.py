"""What was promised to somebody."""

from typing import ClassVar

from django.db import models

from satupintu.registry.models.people import Person


class FollowUp(models.Model):
    """Something to do for a person by a day, by one actor (``owner`` as in the audit) or a whole office."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follow_ups")
    why = models.CharField(max_length=250)
    due = models.DateField()
    owner = models.CharField(max_length=80, blank=True)
    office = models.CharField(max_length=40)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ("due", "pk")
        indexes: ClassVar = [
            models.Index(
                fields=["office", "owner", "due"],
                name="registry_follow_up_open",
                condition=models.Q(done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.due} {self.why}"
