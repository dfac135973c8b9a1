"""Who works in or with the house."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from satupintu.accounts.rules import OFFICE_KINDS, ROLES
from satupintu.audit.fields import SealedTextField


class Language(models.TextChoices):
    """What a person wants to read."""

    INDONESIAN = "id", "Bahasa Indonesia"
    ENGLISH = "en", "English"


class Office(models.Model):
    """An office with the area it answers for: a region code, or empty for the whole city."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in OFFICE_KINDS])
    area = models.CharField(max_length=13, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser, PermissionsMixin):
    """A person who may sign in: vendor, facilitator or officer. Created by `accounts.actions` only.

    What was handed out before ``credentials_reset_at``, such as the token of a field device, counts no more.
    """

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=150)
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES], default="vendor")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="users")
    email = models.EmailField(blank=True)
    phone = SealedTextField()
    phone_lookup = models.CharField(max_length=64, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    credentials_reset_at = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.INDONESIAN)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering = ("username",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="user_language_known"),
            models.CheckConstraint(condition=models.Q(role__in=ROLES), name="user_role_known"),
            models.CheckConstraint(
                condition=models.Q(role="vendor") | models.Q(office__isnull=False), name="staff_has_an_office"
            ),
            models.UniqueConstraint(
                fields=["phone_lookup"], condition=~models.Q(phone_lookup=""), name="one_account_per_phone"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class Card(models.Model):
    """A printed card with which a vendor without a phone signs in: a code to show and a PIN to know."""

    code = models.CharField(max_length=7, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cards")
    pin = models.CharField(max_length=128)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.code


class SignInCode(models.Model):
    """A one-time code asked for by a phone number, known to us or not; only keyed hashes of both are kept."""

    phone_lookup = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        indexes: ClassVar = [models.Index(fields=["phone_lookup", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.phone_lookup[:8]} {self.made_at:%Y-%m-%d %H:%M}"


class WrongTries(models.Model):
    """How often a card was tried with a wrong PIN, counted alike for cards that exist and for those that do not."""

    key = models.CharField(max_length=64, primary_key=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.wrong}"
