"""Every write to accounts."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from satupintu.accounts.models import Language, Office, User
from satupintu.accounts.rules import DEMO_ACCOUNTS, username_problem
from satupintu.audit.actions import record
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor


@transaction.atomic
def create_office(*, code: str, name: str, kind: str, area: str = "", by: Actor, at: datetime) -> Office:
    """Write a new office; ``area`` is a region code, empty for the whole city. Raises ValidationError."""
    office = Office(code=code, name=name, kind=kind, area=area)
    office.full_clean()
    office.save(force_insert=True)
    values = {"name": name, "kind": kind, "area": area}
    record(action="accounts.office_created", object=f"office:{code}", values=values, by=by, at=at)
    return office


@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    role: str = "vendor",
    office: Office | None = None,
    phone: str = "",
    email: str = "",
    password: str | None = None,
    language: str = Language.INDONESIAN,
    by: Actor,
    at: datetime,
) -> User:
    """Write a new user; without a password they cannot sign in by one.

    ``phone`` in E.164 form (+62812...); ``at`` must carry a time zone and becomes the joining date.
    Raises ValidationError with an Indonesian sentence when a value is not usable or the name or phone is taken.
    """
    if problem := username_problem(username):
        raise ValidationError({"username": problem})
    user = User(
        username=username,
        display_name=display_name,
        role=role,
        office=office,
        phone=phone,
        phone_lookup=lookup("phone", phone),
        email=email,
        language=language,
        is_staff=role != "vendor",
        date_joined=at,
    )
    user.password = make_password(password)
    user.full_clean()
    user.save(force_insert=True)
    values = {"role": role, "office": office.code if office else ""}
    record(action="accounts.user_created", object=f"user:{user.pk}", values=values, by=by, at=at)
    return user


def demo(*, by: Actor, at: datetime) -> list[User]:
    """Create the demo accounts that are not there yet; returns the new ones."""
    known = set(User.objects.filter(username__in=DEMO_ACCOUNTS).values_list("username", flat=True))
    return [
        create_user(username=username, display_name=name, by=by, at=at)
        for username, name in DEMO_ACCOUNTS.items()
        if username not in known
    ]
