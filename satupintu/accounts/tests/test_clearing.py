"""What has run out goes, and nothing that still holds."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from satupintu.accounts import actions
from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.models import SignInCode, User, WrongTries
from satupintu.accounts.rules import VISITOR, NotSignedIn
from satupintu.accounts.tests.factories import AT, make_actor, make_user
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM

pytestmark = pytest.mark.django_db


def session(user: User, ends_after: timedelta, listed_at: timedelta = timedelta(days=-1)) -> str:
    """A session that ends some time after AT, and its place in the list of sign-ins."""
    store = SessionStore()
    store.create()
    key = str(store.session_key)
    Session.objects.filter(session_key=key).update(expire_date=AT + ends_after)
    listed = UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="")
    UserSession.objects.filter(pk=listed.pk).update(created_at=AT + listed_at)
    return key


def told(action: str) -> object:
    return Record.objects.get(action=action).values


def test_a_session_goes_when_it_ran_out_and_with_it_the_listed_sign_in() -> None:
    user = make_user()
    session(user, timedelta(0))
    holds = session(user, timedelta(seconds=1))
    assert actions.clear_sessions(by=SYSTEM, at=AT) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == [holds]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [holds]
    assert told("accounts.sessions_cleared") == {"sessions": 1, "sign_ins": 1}


def test_a_sign_in_that_is_being_written_stays_listed() -> None:
    key = session(make_user(), timedelta(days=1), listed_at=timedelta(minutes=-1))
    Session.objects.all().delete()
    actions.clear_sessions(by=SYSTEM, at=AT)
    assert UserSession.objects.get().session_key == key


def test_codes_and_counted_tries_go_after_a_day() -> None:
    day = timedelta(days=1)
    for phone, at in (("+6281200000001", AT - day - timedelta(seconds=1)), ("+6281200000002", AT - day)):
        actions.request_code(phone=phone, by=VISITOR, at=at)
        SignInCode.objects.filter(made_at=at).update(made_at=at)
    for code, at in (("2222225", AT - 2 * day), ("3333339", AT)):
        WrongTries.objects.create(key=code, wrong=1, last_at=at)
    assert actions.clear_codes(by=SYSTEM, at=AT) == 1
    assert [row.made_at for row in SignInCode.objects.all()] == [AT - day]
    assert list(WrongTries.objects.values_list("key", flat=True)) == ["3333339"]
    assert told("accounts.codes_cleared") == {"codes": 1, "tries": 1}


def test_a_locked_card_stays_locked_when_the_house_clears_up() -> None:
    code, _ = actions.issue_card(user=make_user(), region="", pin="482915", by=SYSTEM, at=AT)
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            actions.sign_in_with_card(code=code, pin="482916", by=VISITOR, at=AT)
    actions.clear_codes(by=SYSTEM, at=AT + timedelta(minutes=14))
    with pytest.raises(NotSignedIn, match="locked"):
        actions.sign_in_with_card(code=code, pin="482915", by=VISITOR, at=AT + timedelta(minutes=14))


def test_no_person_clears_sessions_or_codes() -> None:
    for action in (actions.clear_sessions, actions.clear_codes):
        with pytest.raises(NotAllowed):
            action(by=make_actor("administrator"), at=AT)
