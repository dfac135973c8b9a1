"""The pages and files of the shell itself."""

import gzip
import json
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied, server_error

from satupintu.web import offline
from satupintu.web.navigation import Entry, OfflinePage, address


def test_components_shows_every_component_within_its_weight(client: Client):
    response = client.get("/gaya/")
    assert response.status_code == 200
    for name in ("button-danger", "licence-card", "dumbbell", "likert", "table-cards", "scanner", "step-list"):
        assert name in response.text
    assert len(gzip.compress(response.content)) <= 14 * 1024


def test_sheet_sample_has_no_menu_at_the_bottom(client: Client):
    response = client.get("/gaya/lembar/")
    assert 'class="paper-a5"' in response.text
    assert "bottom-nav" not in response.text


def test_offline_page_says_what_to_do(client: Client):
    response = client.get("/luring/")
    assert response.status_code == 200
    assert "Coba lagi saat sinyal ada." in response.text


def test_unknown_address_is_answered_in_plain_indonesian(client: Client):
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman tidak ketemu" in response.text
    assert 'id="help"' in response.text


def test_forbidden_page_says_whom_to_ask(rf: RequestFactory):
    request = rf.get("/")
    request.LANGUAGE_CODE = "id"
    response = permission_denied(request, PermissionDenied())
    assert response.status_code == 403
    assert "tanyakan ke petugas" in response.content.decode()


def test_broken_page_stands_without_the_shell(rf: RequestFactory):
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Ada kerusakan di pihak kami, bukan salah Bapak/Ibu." in response.content.decode()


def test_a_form_sent_too_late_is_explained(settings: LazySettings):
    response = Client(enforce_csrf_checks=True).post("/", {"a": "1"})
    assert response.status_code == 403
    assert "Kiriman belum masuk" in response.text


def test_help_and_menu_stand_in_the_same_order_on_every_page(client: Client):
    for address_ in ("/", "/gaya/", "/luring/", "/tidak-ada/"):
        text = client.get(address_).text
        marks = ['class="skip"', 'class="sign-board"', '<main id="content"', 'id="help"', 'class="bottom-nav"']
        places = [text.index(mark) for mark in marks]
        assert places == sorted(places), address_


def test_menu_leaves_out_what_does_not_exist_and_marks_where_we_are(client: Client, settings: LazySettings):
    settings.NAVIGATION = (
        Entry(target="/", label="Beranda", icon="house"),
        Entry(target="nowhere:page", label="Hilang", icon="x"),
        Entry(target="web:components", label="Gaya", icon="circle"),
    )
    text = client.get("/gaya/").text
    assert "Hilang" not in text
    assert re.findall(r'href="([^"]+)" aria-current="page"', text)[:1] == ["/gaya/"]


def test_menu_has_at_most_four_entries_and_all_exist(settings: LazySettings):
    assert len(settings.NAVIGATION) <= 4
    assert [entry.target for entry in settings.NAVIGATION if address(entry.target) is None] == []


def test_manifest_names_icons_that_exist(client: Client):
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    assert manifest["lang"] == "id"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
    for icon in manifest["icons"]:
        plain = re.sub(r"\.[0-9a-f]{12}(?=\.)", "", icon["src"].removeprefix("/static/"))
        assert finders.find(plain), icon["src"]


def plan_of(script: str) -> dict[str, Any]:
    return json.loads(script.splitlines()[0].removeprefix("const PLAN = ").removesuffix(";"))


def test_service_worker_is_served_at_the_root_and_never_cached(client: Client):
    response = client.get("/sw.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    assert 'self.addEventListener("fetch"' in response.text


def test_service_worker_keeps_shell_and_named_pages(settings: LazySettings):
    settings.OFFLINE_PAGES = (
        OfflinePage("/cek/", "web:offline", ("static:web/app-icon.svg", "/gaya/")),
        OfflinePage("/hilang/", "nowhere:page"),
        OfflinePage("/cek/dalam/", "web:components"),
        OfflinePage("/pasar/", "web:sheet-sample", ("static:web/outbox.js",), field=True),
    )
    plan = plan_of(offline.worker_script())
    assert plan["pages"] == ["/", "/gaya/", "/luring/"]
    stand_ins = [["/cek/dalam/", "/gaya/"], ["/pasar/", "/gaya/lembar/"], ["/cek/", "/luring/"], ["/", "/luring/"]]
    assert plan["standIns"] == stand_ins
    field = plan["field"]
    assert (field["pages"], [name.split("/")[-1][:7] for name in field["files"]]) == (["/gaya/lembar/"], ["outbox."])
    assert not {*field["files"]} & {*plan["files"]}
    assert all(re.search(r"\.[0-9a-f]{12}\.", name) for name in plan["files"])


def test_version_of_the_worker_changes_with_what_a_room_shows(settings: LazySettings):
    before = plan_of(offline.worker_script())["version"]
    settings.OFFLINE_VERSIONS = (f"{__name__}.other_state",)
    assert plan_of(offline.worker_script())["version"] != before


def other_state() -> str:
    return "another state of the data"


@pytest.mark.parametrize("address_", ["/", "/gaya/", "/luring/", "/gaya/lembar/"])
def test_pages_of_the_shell_only_answer_reading(client: Client, address_: str):
    assert client.post(address_).status_code == 405
