"""People, offices and clients for tests of any room."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import make_password
from django.test import Client

from satupintu.accounts import actions
from satupintu.accounts.models import Office, User
from satupintu.accounts.queries import actor_of
from satupintu.accounts.rules import STAFF_ROLES
from satupintu.audit.rules import SYSTEM, Actor

AT = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
PASSWORD = "tenda-biru-44"  # noqa: S105  a test's own
_numbers = iter(range(1, 1_000_000))


def make_office(code: str = "dpmptsp", kind: str = "dpmptsp", area: str = "") -> Office:
    """An office, the same one for the same code."""
    known = Office.objects.filter(code=code).first()
    return known or actions.create_office(code=code, name=f"Kantor {code}", kind=kind, area=area, by=SYSTEM, at=AT)


@cache
def _hashed(password: str) -> str:
    """Hashing is slow on purpose; the same password is hashed once for all tests."""
    return make_password(password)


def make_user(role: str = "vendor", **given: object) -> User:
    """A person with a role; staff are in an office and have PASSWORD."""
    number = next(_numbers)
    values: dict[str, object] = {"username": f"orang-{number}", "display_name": f"Orang {number}", "role": role}
    if role in STAFF_ROLES and "office" not in given:
        values["office"] = make_office()
    user = actions.create_user(**(values | given), by=SYSTEM, at=AT)  # type: ignore[arg-type]
    if role in STAFF_ROLES:
        user.password = _hashed(PASSWORD)
        user.save()
    return user


def make_actor(role: str = "vendor", **given: object) -> Actor:
    """A new person with a role, as they act."""
    actor = actor_of(make_user(role, **given))
    assert actor is not None
    return actor


def set_second_factor(user: User) -> str:
    """Turn an authenticator app and recovery codes on; returns the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret: str, periods_ahead: int = 0) -> str:
    """What an authenticator app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods_ahead))


def recovery_code(user: User) -> str:
    """One recovery code nobody has used."""
    return RecoveryCodes.activate(user).get_unused_codes()[0]


def secret_of(user: User) -> str:
    """The secret of somebody's authenticator app."""
    return decrypt(user.authenticator_set.get(type="totp").data["secret"])


def enter(client: Client, user: User, password: str = PASSWORD) -> Client:
    """Sign a member of staff in through the pages, with a second factor that is set up first if they have none."""
    if not user.authenticator_set.exists():
        set_second_factor(user)
    client.post("/masuk/petugas/", {"login": user.username, "password": password})
    client.post("/masuk/petugas/kode/", {"code": recovery_code(user)})
    return client


def sign_in(client: Client, user: User) -> Client:
    """Sign somebody in as if they had given all their role asks for."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": time.time()} for method in ("password", "mfa")
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def client_as(role: str, **given: object) -> tuple[Client, User]:
    """A browser in which a new person with this role is fully signed in."""
    user = make_user(role, **given)
    return sign_in(Client(), user), user
