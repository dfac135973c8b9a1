"""What somebody agreed to."""

from typing import ClassVar

from django.db import models

from satupintu.registry.models.people import Person


class Consent(models.Model):
    """A yes or no to one purpose, with the version of the text that was read, and its withdrawal.

    UU 27/2022 art. 22-24: recorded, separable, plain, with proof kept.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents", db_index=False)
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=10)
    given = models.BooleanField()
    place = models.CharField(max_length=150, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["person", "purpose", "-made_at"], name="registry_consent_latest")]

    def __str__(self) -> str:
        return f"{self.purpose} {'ya' if self.given else 'tidak'}"
