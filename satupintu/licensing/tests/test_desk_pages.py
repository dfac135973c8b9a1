"""The pages of the desk: the queue, one file, sending back, many at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from satupintu.accounts.queries import actor_of
from satupintu.accounts.tests.factories import client_as, make_office, set_second_factor
from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application
from satupintu.licensing.tests.factories import OFFICE, application, attach, in_wallet
from satupintu.registry.tests.browsing import html
from satupintu.registry.tests.factories import MUSTIKAJAYA

pytestmark = pytest.mark.django_db


def desk(role: str, office: str = OFFICE, area: str = "") -> tuple[Client, Actor]:
    """A browser of somebody of an office, and who they are."""
    client, user = client_as(role, office=make_office(office, "dinas", area))
    set_second_factor(user)
    actor = actor_of(user)
    assert actor is not None
    return client, actor


def counter() -> tuple[Client, Actor]:
    """A browser of somebody at the counter of the kecamatan."""
    return desk("front_office", "kec-mustikajaya", MUSTIKAJAYA)


def at(name: str, file: Application | None = None, **given: object) -> str:
    return reverse(f"licensing:{name}", kwargs=given | ({"number": file.number} if file else {}))


def test_queue_shows_what_waits_and_desk_file_what_it_holds() -> None:
    client, actor = counter()
    file = application("submitted")
    attach(file, in_wallet(file.person), "ktp")
    assert file.number in html(client, at("queue"), lihat="tanpa-petugas")
    page = html(client, at("desk-file", file))
    assert file.person.display_name in page
    assert "Terima lengkap" in page
    file.refresh_from_db()
    assert file.claimed_by == actor.ref
    assert file.number in html(client, at("queue"))
