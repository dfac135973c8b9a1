"""Who is registered."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from satupintu.audit.fields import SealedTextField
from satupintu.registry.rules.identity import local_phone, masked_nik, masked_phone

SEXES = (("female", "Perempuan"), ("male", "Laki-laki"))
LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"))
CHANNELS = (("whatsapp", "WhatsApp"), ("sms", "SMS"), ("none", "Tidak usah dikirimi"))


class Person(models.Model):
    """A vendor as the city knows them. Other rooms name them by ``ref``, the audit too.

    ``merged_into`` marks an entry that was a double; ``forgotten_at`` one whose values were erased.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    display_name = models.CharField(max_length=150)
    sort_name = models.CharField(max_length=60, editable=False)
    nik = SealedTextField()
    nik_lookup = models.CharField(max_length=64, blank=True, editable=False)
    phone = SealedTextField()
    phone_lookup = models.CharField(max_length=64, blank=True, editable=False)
    phone_ending = models.CharField(max_length=64, blank=True, editable=False)
    sex = models.CharField(max_length=6, choices=SEXES, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    region = models.CharField(max_length=13, blank=True)
    district = models.CharField(max_length=8, blank=True, editable=False)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="id")
    channel = models.CharField(max_length=10, choices=CHANNELS, default="none")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    source = models.CharField(max_length=40, default="counter")
    retention_until = models.DateField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from")

    class Meta:
        ordering = ("sort_name", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="registry_not_merged_into_itself"
            ),
            models.UniqueConstraint(
                fields=["nik_lookup"],
                condition=~models.Q(nik_lookup="") & models.Q(merged_into__isnull=True, forgotten_at__isnull=True),
                name="registry_one_nik",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sort_name", "id"], name="registry_person_by_name"),
            models.Index(fields=["district", "sort_name", "id"], name="registry_person_by_district"),
            models.Index(fields=["region", "sort_name", "id"], name="registry_person_by_region"),
            models.Index(fields=["nik_lookup"], name="registry_person_nik"),
            models.Index(fields=["phone_lookup"], name="registry_person_phone"),
            models.Index(fields=["phone_ending"], name="registry_person_ending"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def reference(self) -> str:
        """How the audit and other rooms name this person."""
        return str(self.ref)

    @property
    def masked_nik(self) -> str:
        """The NIK as screens show it."""
        return masked_nik(self.nik)

    @property
    def masked_phone(self) -> str:
        """The phone number as screens show it."""
        return masked_phone(self.phone)

    @property
    def shown_phone(self) -> str:
        """The phone number as people write it; only for those to whom it was revealed."""
        return local_phone(self.phone)
