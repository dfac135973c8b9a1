"""Browsers of vendors and staff with their people, for tests of this room."""

from __future__ import annotations

from urllib.parse import urlencode

from django.test import Client

from satupintu.accounts.models import User
from satupintu.accounts.tests.factories import make_office, make_user, set_second_factor, sign_in
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import Person
from satupintu.registry.tests.factories import AT, CILOK, MUSTIKAJAYA, register

ADDRESS = urlencode(CILOK)


def vendor(person: Person | None = None) -> tuple[Client, Person]:
    """A browser in which a vendor is signed in, and who they are in the registry."""
    person = person or register()
    user = person.user or make_user("vendor")
    person = actions.link_account(person=person, user=user, by=SYSTEM, at=AT)
    return sign_in(Client(), user), person


def staff(role: str = "facilitator", area: str = MUSTIKAJAYA) -> tuple[Client, User]:
    """A browser in which a member of staff of an area is fully signed in."""
    code = f"kantor-{area.replace('.', '-')}" if area else "dpmptsp"
    user = make_user(role, office=make_office(code, "kecamatan" if area else "dpmptsp", area))
    set_second_factor(user)
    return sign_in(Client(), user), user
