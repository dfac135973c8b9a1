"""What keeps somebody from getting a licence."""

from typing import ClassVar

from django.db import models

from satupintu.registry.models.people import Person

WHERE = (("finder", "Cek izin"), ("counter", "Loket"), ("event", "Sosialisasi"), ("import", "Data masuk"))


class Barrier(models.Model):
    """A coded barrier somebody named, and when it was gone; codes are those of ``data/barriers.yaml``."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="barriers", db_index=False)
    code = models.CharField(max_length=40)
    asked = models.CharField(max_length=10, choices=WHERE, default="counter")
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["person", "code"], name="registry_barrier_of_person"),
            models.Index(
                fields=["code", "person"], name="registry_barrier_open", condition=models.Q(gone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.code
