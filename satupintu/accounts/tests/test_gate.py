"""The gate before actions and pages, and what templates ask of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template import Context, Template
from django.test import Client

from satupintu.accounts import actions, gate
from satupintu.accounts.models import Office
from satupintu.accounts.queries import permissions
from satupintu.accounts.rules import ROLES, VISITOR, Permission
from satupintu.accounts.tests.factories import AT, client_as, make_actor, make_user, sign_in
from satupintu.audit.rules import SYSTEM, Actor

ADMINISTRATOR = Actor("user:1", "city", "administrator", "Petugas 01", "")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_an_office_is_made_by_administrators_only(role: str) -> None:
    actor = make_actor(role)
    before = Office.objects.count()
    with pytest.raises(gate.NotAllowed):
        actions.create_office(code="baru", name="Baru", kind="dinas", by=actor, at=AT)
    with pytest.raises(gate.NotAllowed):
        actions.reset_second_factor(user=make_user(), why="x", by=actor, at=AT)
    assert Office.objects.count() - before in (0, 1)  # the factory's own office
    assert not Office.objects.filter(code="baru").exists()


@pytest.mark.parametrize(("by", "name"), sorted((r, n) for k, n in permissions() if k == "action" for r in ROLES))
def test_require_and_may_are_one_answer(by: str, name: str) -> None:
    actor = Actor("user:1", "city", by)
    if gate.may(actor, name):
        gate.require(actor, name)
    else:
        with pytest.raises(gate.NotAllowed):
            gate.require(actor, name)


def test_a_visitor_may_only_what_is_public() -> None:
    allowed = {name for kind, name in permissions() if kind == "action" and gate.may(VISITOR, name)}
    assert {name for kind, name in permissions() if kind == "action" and gate.may(None, name)} == allowed
    assert allowed == {
        "accounts.record_lockout",
        "accounts.record_wrong_code",
        "accounts.request_code",
        "accounts.sign_in_with_card",
        "accounts.sign_in_with_code",
        "outreach.cancel_sign_up",
        "outreach.sign_up",
    }


def test_an_action_without_a_row_is_for_no_person() -> None:
    assert not gate.may(ADMINISTRATOR, "accounts.nothing")
    assert not gate.may(SYSTEM, "accounts.nothing")


def test_not_allowed_is_denied_and_shown_as_not_found() -> None:
    assert issubclass(gate.NotAllowed, PermissionDenied)
    assert issubclass(gate.NotAllowed, Http404)


def test_templates_leave_out_what_would_be_refused() -> None:
    text = (
        '{% load roles %}{% may "accounts.create_office" as can %}{% may_open "accounts:offices" as sees %}'
        "{{ can }} {{ sees }}"
    )
    assert Template(text).render(Context({"actor": ADMINISTRATOR})) == "True True"
    assert Template(text).render(Context({"actor": None})) == "False False"


def test_a_page_without_a_row_does_not_exist(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    table = {key: row for key, row in permissions().items() if key != ("page", "desk:home")}
    monkeypatch.setattr("satupintu.accounts.queries.permissions", lambda: table)
    assert client.get("/").status_code == 404


def test_a_visitor_is_sent_to_the_sign_in_of_those_who_may_and_comes_back(client: Client) -> None:
    assert client.get("/akun/?a=1").headers["Location"] == "/masuk/?next=%2Fakun%2F%3Fa%3D1"
    assert client.get("/kelola-kantor/").headers["Location"] == "/masuk/petugas/?next=%2Fkelola-kantor%2F"
    assert client.post("/kelola-kantor/baru/").headers["Location"] == "/masuk/petugas/"


def test_a_program_without_sign_in_gets_401_as_problem_details(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    key = ("page", "api-1:facts")
    table = permissions() | {key: Permission(*key, frozenset({"signed_in"}))}
    monkeypatch.setattr("satupintu.accounts.queries.permissions", lambda: table)
    response = client.get("/api/v1/facts")
    assert (response.status_code, response.headers["Content-Type"]) == (401, "application/problem+json")
    assert response.json()["detail"] == "Masuk dulu, lalu kirim lagi."


@pytest.mark.django_db
def test_somebody_without_the_role_learns_nothing() -> None:
    client, _ = client_as("verifier")
    assert client.get("/orang/").status_code == 404


@pytest.mark.django_db
def test_a_closed_account_is_a_visitor_at_once() -> None:
    client, user = client_as("verifier")
    assert client.get("/akun/").status_code == 200
    actions.deactivate_user(user=user, why="pindah", by=make_actor("administrator"), at=AT)
    assert client.get("/akun/").headers["Location"].startswith("/masuk/")


@pytest.mark.django_db
def test_a_page_to_keep_on_the_phone_names_nobody() -> None:
    client = sign_in(Client(), make_user(display_name="Pedagang 77"))
    assert "Pedagang 77" in client.get("/luring/").text
    for path in ("/", "/luring/"):
        kept = client.get(path, headers={"X-Keep-On-Phone": "1"})
        assert (kept.status_code, "Pedagang 77" in kept.text) == (200, False), path
    assert "Pedagang 77" in client.get("/luring/").text


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "confirm-email/", "password/set/", "social/"])
@pytest.mark.parametrize("root", ["/masuk/petugas/", "/akun/", "/accounts/", "/keluar/", "/"])
def test_pages_of_the_sign_in_library_we_do_not_use_do_not_exist(client: Client, root: str, path: str) -> None:
    assert client.get(root + path).status_code == 404
