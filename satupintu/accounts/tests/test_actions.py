"""Writes of people, on the real database."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from satupintu.accounts import actions
from satupintu.accounts.models import User
from satupintu.audit.rules import SYSTEM

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)


def test_a_new_user_has_joined_at_the_given_moment_and_cannot_sign_in_yet() -> None:
    user = actions.create_user(username="petugas-01", display_name="Petugas 01", by=SYSTEM, at=AT)
    stored = User.objects.get()
    assert stored == user
    assert (stored.username, stored.display_name, stored.is_staff, stored.is_active) == (
        "petugas-01",
        "Petugas 01",
        False,
        True,
    )
    assert (stored.date_joined, stored.language, str(stored)) == (AT, "id", "Petugas 01")
    assert not stored.has_usable_password()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "Petugas 01"}, "username"),
        ({"username": "ab"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"display_name": ""}, "display_name"),
        ({"display_name": "x" * 151}, "display_name"),
        ({"language": "su"}, "language"),
    ],
)
def test_a_user_who_cannot_be_is_refused_with_the_field_named(changed: dict[str, str], field: str) -> None:
    given = {"username": "petugas-01", "display_name": "Petugas 01"} | changed
    with pytest.raises(ValidationError) as refused:
        actions.create_user(**given, by=SYSTEM, at=AT)
    assert list(refused.value.message_dict) == [field]
    assert User.objects.count() == 0


def test_a_taken_name_is_refused_and_the_first_user_stays() -> None:
    first = actions.create_user(username="petugas-01", display_name="Petugas 01", by=SYSTEM, at=AT)
    with pytest.raises(ValidationError) as refused:
        actions.create_user(username="petugas-01", display_name="Lain", by=SYSTEM, at=AT)
    assert list(refused.value.message_dict) == ["username"]
    assert list(User.objects.values_list("pk", "display_name")) == [(first.pk, "Petugas 01")]


def test_the_database_itself_refuses_an_unknown_language() -> None:
    user = actions.create_user(username="petugas-01", display_name="Petugas 01", by=SYSTEM, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(language="su")
