"""Papers of our own offices: their number series, what was issued, and reminders of their end."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from satupintu.audit.fields import SealedTextField
from satupintu.licensing.models.decisions import Decision
from satupintu.licensing.models.files import Application
from satupintu.registry.models import Business, Person

STATUSES = (
    ("active", _("Berlaku")),
    ("suspended", _("Ditangguhkan")),
    ("revoked", _("Dicabut")),
    ("expired", _("Lewat masa")),
    ("superseded", _("Diganti")),
)
SIGNATURES = (("", _("Belum ditandatangani")), ("local", _("Uji coba kota")), ("bsre", _("BSrE")), ("none", _("Tanpa")))


class Series(models.Model):
    """The last number of one kind of paper of one office in one year."""

    office = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="licensing_one_series")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.kind} {self.year}: {self.last}"


class Certificate(models.Model):
    """One issued paper. A correction or renewal is a new row with the same ``number`` and its own ``code``.

    ``holder`` are initials. ``public`` is what the public register shows, without personal data. ``token`` is the
    signed payload of the QR. The PDF is made and signed by the worker after commit, kept sealed under ``uploads/``.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="certificates")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    business = models.ForeignKey(Business, on_delete=models.SET_NULL, null=True, related_name="certificates")
    licence = models.CharField(max_length=40)
    office = models.CharField(max_length=40)
    region = models.CharField(max_length=13)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=48)
    code = models.CharField(max_length=7, unique=True)
    status = models.CharField(max_length=12, choices=STATUSES, default="active")
    status_reason = models.CharField(max_length=250, blank=True)
    status_at = models.DateTimeField()
    issued = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    holder = models.CharField(max_length=12)
    printed = SealedTextField()
    public = models.JSONField(default=dict)
    conditions = models.JSONField(default=list, blank=True)
    token = models.TextField()
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    signature = models.CharField(max_length=10, choices=SIGNATURES, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    signing_fault = models.CharField(max_length=250, blank=True)
    made_by = models.CharField(max_length=80)
    made_by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-issued", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "licence", "year", "serial", "edition"], name="licensing_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="licensing_certificate_dates_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "valid_until"], name="licensing_paper_ending"),
            models.Index(fields=["licence", "-issued"], name="licensing_paper_by_licence"),
            models.Index(fields=["region", "-issued"], name="licensing_paper_by_region"),
            models.Index(fields=["number"], name="licensing_paper_number"),
            # The register walks it: what is asked for is seen without looking a row up.
            models.Index(fields=["-issued", "-id", "status", "valid_until"], name="licensing_paper_newest"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        """How the audit names this paper."""
        return f"certificate:{self.code}"


class Reminder(models.Model):
    """A reminder that was sent: once for each stage before a paper ends."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="reminders")
    stage = models.PositiveSmallIntegerField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["certificate", "stage"], name="licensing_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.stage}"
