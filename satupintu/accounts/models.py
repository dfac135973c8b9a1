"""Who works in or with the house."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class Language(models.TextChoices):
    """What a person wants to read."""

    INDONESIAN = "id", "Bahasa Indonesia"
    ENGLISH = "en", "English"


class User(AbstractBaseUser, PermissionsMixin):
    """A person who may sign in: vendor, facilitator or officer. Created by `accounts.actions` only."""

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.INDONESIAN)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering = ("username",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="user_language_known")
        ]

    def __str__(self) -> str:
        return self.display_name
