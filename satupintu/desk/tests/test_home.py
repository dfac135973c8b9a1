import re

import pytest
from django.test import Client


def test_home_offers_the_finder_and_a_person_without_signing_in(client: Client):
    response = client.get("/")
    assert response.status_code == 200
    assert "<h1>Urus izin jualan, gratis.</h1>" in response.text
    assert 'class="button" href="/cek-izin/"' in response.text
    assert "Perlu dibantu orang?" in response.text
    assert "Jam buka: tanyakan ke kantor." in response.text


@pytest.mark.django_db
def test_home_shows_no_dead_tile(client: Client):
    tiles = re.findall(r'class="tile" href="([^"]+)"', client.get("/").text)
    assert "/tanya/" in tiles
    assert [address for address in tiles if client.get(address).status_code != 200] == []
