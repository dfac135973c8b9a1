"""The menu of each role: what it may open, at most four entries."""

import re

import pytest

from satupintu.accounts.tests.factories import client_as

PUBLIC = ["Beranda", "Cek izin", "Tanya", "Bantuan"]


def menu_of(text: str) -> list[str]:
    """The words of the menu at the top."""
    inside = re.search(r'<nav class="top-nav".*?</nav>', text, re.S)
    assert inside is not None
    return re.findall(r"<span>([^<]+)</span>", inside[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("vendor", ["Langkah", "Berkas", "Tanya", "Bantuan"]),
        ("facilitator", ["Kerja", "Pedagang", "Dampingi", "Cek izin"]),
        ("signing_official", ["Kerja", "Antrean", "Pedagang", "Cek izin"]),
        ("leadership", ["Kerja", "Antrean", "Cek izin", "Tanya"]),
        ("partner", ["Kerja", "Cek izin", "Tanya"]),
    ],
)
def test_each_role_has_the_menu_of_what_it_may_open(role: str, words: list[str]):
    client, _ = client_as(role)
    assert menu_of(client.get("/tanya/").text) == words


def test_a_visitor_keeps_the_menu_of_the_public(client, db):
    assert menu_of(client.get("/tanya/").text) == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "shown"), [("vendor", True), ("verifier", False)])
def test_the_help_of_the_public_is_not_shown_to_staff(role: str, shown: bool):
    client, _ = client_as(role)
    assert ('id="help"' in client.get("/tanya/").text) is shown
