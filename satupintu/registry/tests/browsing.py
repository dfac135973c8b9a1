"""Asking for the registry's pages as a browser does."""

from django.test import Client
from django.urls import reverse

from satupintu.accounts.tests.factories import client_as, make_office, make_user, set_second_factor, sign_in
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import Person
from satupintu.registry.tests.factories import AT, MUSTIKAJAYA


def office_of(area: str) -> str:
    return f"kec-{area.replace('.', '-')}"


def staff(role: str = "front_office", area: str = MUSTIKAJAYA) -> Client:
    """A browser of somebody of a kecamatan who gave all their role asks for."""
    client, user = client_as(role, office=make_office(office_of(area), "kecamatan", area))
    set_second_factor(user)
    return client


def vendor(person: Person) -> Client:
    user = person.user or make_user("vendor")
    actions.link_account(person=person, user=user, by=SYSTEM, at=AT)
    return sign_in(Client(), user)


def address(name: str, person: Person | None = None, **given: object) -> str:
    return reverse(f"registry:{name}", kwargs=given | ({"ref": person.ref} if person else {}))


def html(client: Client, path: str, **given: object) -> str:
    response = client.get(path, given)
    assert response.status_code == 200, response.status_code
    return response.content.decode()
