"""Every write to accounts. An actor is named by reference (`"system:demo"`, `"user:12"`)."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from satupintu.accounts.models import Language, User
from satupintu.accounts.rules import DEMO_ACCOUNTS, username_problem


def create_user(
    *,
    username: str,
    display_name: str,
    is_staff: bool = False,
    language: str = Language.INDONESIAN,
    by: str,
    at: datetime,
) -> User:
    """Write a new user who cannot sign in yet (no usable password); returns it.

    `by` names who does it; `at` must carry a time zone and becomes the joining date.
    Raises ValidationError with an Indonesian sentence when the name is not usable or taken.
    """
    if problem := username_problem(username):
        raise ValidationError({"username": problem})
    user = User(username=username, display_name=display_name, is_staff=is_staff, language=language, date_joined=at)
    user.password = make_password(None)
    with transaction.atomic():
        user.full_clean()
        user.save(force_insert=True)
    return user


def demo(*, by: str, at: datetime) -> list[User]:
    """Create the demo accounts that are not there yet; returns the new ones."""
    known = set(User.objects.filter(username__in=DEMO_ACCOUNTS).values_list("username", flat=True))
    return [
        create_user(username=username, display_name=name, by=by, at=at)
        for username, name in DEMO_ACCOUNTS.items()
        if username not in known
    ]
