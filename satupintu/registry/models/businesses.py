"""What people run."""

import uuid
from typing import ClassVar

from django.db import models

from satupintu.registry.models.people import Person
from satupintu.registry.models.places import Market, Stall


class Business(models.Model):
    """One business of a person. ``facts`` are the finder's facts by name, with capital and sales in rupiah."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="businesses")
    trade_name = models.CharField(max_length=150, blank=True)
    place = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=13, blank=True)
    address = models.CharField(max_length=250, blank=True)
    market = models.ForeignKey(
        Market, on_delete=models.PROTECT, null=True, blank=True, related_name="businesses", db_index=False
    )
    stall = models.ForeignKey(Stall, on_delete=models.SET_NULL, null=True, blank=True, related_name="businesses")
    facts = models.JSONField(default=dict, blank=True)
    started = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(fields=["market", "person"], name="registry_business_by_market"),
            models.Index(fields=["region"], name="registry_business_by_region"),
        ]

    def __str__(self) -> str:
        return self.trade_name or f"{self.pk}"


class BusinessCode(models.Model):
    """A KBLI code of a business, always with the version of the list it stands in."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="codes")
    version = models.CharField(max_length=4, choices=(("2020", "KBLI 2020"), ("2025", "KBLI 2025")))
    code = models.CharField(max_length=5)
    main = models.BooleanField(default=False)

    class Meta:
        ordering = ("-main", "version", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "version", "code"], name="registry_code_once_per_business"),
            models.UniqueConstraint(fields=["business"], condition=models.Q(main=True), name="registry_one_main_code"),
        ]
        indexes: ClassVar = [models.Index(fields=["version", "code"], name="registry_code_of_business")]

    def __str__(self) -> str:
        return f"KBLI {self.version} {self.code}"
