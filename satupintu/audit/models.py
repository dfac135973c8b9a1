"""The chains of records. Rows are added by ``audit.actions`` and never changed: the database itself refuses it."""

from typing import ClassVar

from django.db import models


class Chain(models.Model):
    """The head of one chain; its row is locked while a record is added. ``mark`` needs the key ``witness.key``."""

    office = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.office


class Record(models.Model):
    """One thing that was done or read. ``values`` names no person; what does is in ``sealed``."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    object = models.CharField(max_length=120)
    person = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)
    sealed = models.BinaryField(default=b"")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("chain", "number")
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "number"], name="one_record_per_number")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"]),
            models.Index(fields=["object", "-at"]),
            models.Index(fields=["-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.number}: {self.action}"


class Seal(models.Model):
    """Where a chain stood at the end of a day. ``mark`` needs the key ``witness.key``."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="seals")
    day = models.DateField()
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)

    class Meta:
        ordering = ("chain", "day")
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "day"], name="one_seal_per_day")]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.day}"


class PersonKey(models.Model):
    """The key that opens what the chains hold about one person. Destroying it forgets the person there."""

    person = models.CharField(max_length=40, primary_key=True)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.person
