from urllib.parse import quote

import pytest
from django.test import Client


def test_pages_are_indonesian_whatever_the_browser_prefers(client: Client):
    response = client.get("/", headers={"accept-language": "en-US,en"})
    assert response.status_code == 200
    assert '<html lang="id"' in response.text
    assert "Urus izin jualan, gratis." in response.text
    assert response.headers["Content-Language"] == "id"
    assert "Accept-Language" not in response.headers["Vary"]


def test_language_link_for_english_sets_one_cookie_and_returns_to_the_page(client: Client):
    response = client.get("/bahasa/en/?next=/gaya/%3Fa%3D1")
    assert response.status_code == 302
    assert response.headers["Location"] == "/gaya/?a=1"
    assert list(response.cookies) == ["bahasa"]
    assert response.cookies["bahasa"]["samesite"] == "Lax"
    home = client.get("/")
    assert '<html lang="en"' in home.text
    assert "Get your selling licence, free of charge." in home.text
    assert "Cookie" in home.headers["Vary"]


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", "\\\\example.com"]
)
def test_language_link_never_leads_off_the_site(client: Client, elsewhere: str):
    response = client.get(f"/bahasa/en/?next={quote(elsewhere)}")
    assert response.headers["Location"] == "/"


def test_language_that_is_unknown_is_not_found_and_a_strange_cookie_is_ignored(client: Client):
    assert client.get("/bahasa/fr/").status_code == 404
    client.cookies["bahasa"] = "fr"
    assert '<html lang="id"' in client.get("/").text


def test_the_switch_brings_the_visitor_back_with_all_answers(client: Client):
    assert 'href="/bahasa/en/?next=%2Fgaya%2F%3Fa%3D1%26b%3D2"' in client.get("/gaya/?a=1&b=2").text
