"""A vendor who asks to be forgotten leaves no account behind."""

import pytest
from django.core.exceptions import ValidationError

from satupintu.accounts import actions
from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.rules import STAFF_ROLES
from satupintu.accounts.tests.factories import AT, make_actor, make_user
from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM

pytestmark = pytest.mark.django_db


def test_name_phone_and_cards_of_a_forgotten_vendor_are_gone_and_the_chain_is_whole() -> None:
    user = make_user(phone="+6281234567890")
    actions.issue_card(user=user, region="", pin="482915", by=SYSTEM, at=AT)
    actions.forget_vendor(user=user, why="permintaan sendiri", by=make_actor("administrator"), at=AT)
    user.refresh_from_db()
    assert (user.username, user.display_name) == (f"dihapus-{user.pk}", "Data dihapus")
    assert (user.phone, user.phone_lookup, user.email, user.is_active) == ("", "", "", False)
    assert not user.has_usable_password()
    assert user.cards.filter(revoked_at=None).count() == 0
    assert make_user(phone="+6281234567890").phone == "+6281234567890"
    assert list(audit.breaks()) == []


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_an_account_of_staff_is_closed_never_erased(role: str) -> None:
    user = make_user(role)
    with pytest.raises(ValidationError):
        actions.forget_vendor(user=user, why="x", by=SYSTEM, at=AT)
    user.refresh_from_db()
    assert user.is_active


@pytest.mark.parametrize("role", ["vendor", *(role for role in STAFF_ROLES if role != "administrator")])
def test_only_an_administrator_forgets_an_account(role: str) -> None:
    user = make_user()
    with pytest.raises(NotAllowed):
        actions.forget_vendor(user=user, why="x", by=make_actor(role), at=AT)
