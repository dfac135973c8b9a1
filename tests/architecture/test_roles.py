"""Every page and every action has a row in a table of roles, and the table is what happens."""

import ast
from collections.abc import Iterator
from contextlib import suppress
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from satupintu.accounts.models import User
from satupintu.accounts.queries import permissions
from satupintu.accounts.reference import addresses, reference_page
from satupintu.accounts.rules import ROLES
from satupintu.accounts.tests.factories import make_user, set_second_factor, sign_in
from tests.architecture.reading import PACKAGE, floors, rooms, sources

NAMELESS = "satupintu.api.views.unknown_address"
NOWHERE = {NAMELESS, "api-1:api-root"}  # addresses that say there is nothing, to everybody
PAGES = sorted({name for name, _ in addresses()})
SIGN_INS = ("/masuk/", "/masuk/petugas/")


def arguments() -> dict[str, Any]:
    """What each room's `tests/addresses.py` puts into its addresses."""
    found: dict[str, Any] = {}
    for path in sorted(PACKAGE.glob("*/tests/addresses.py")):
        found |= import_module(f"satupintu.{path.parts[-3]}.tests.addresses").ARGUMENTS
    return found


ARGUMENTS = arguments()


def public_actions() -> Iterator[tuple[str, str, ast.FunctionDef]]:
    """Room, name and definition of every public action."""
    for file, tree in sources(PACKAGE, "tests", "migrations"):
        room, *rest = file.removesuffix(".py").split("/")
        if "actions" in rest:
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield room, node.name, node


def rooms_above_accounts() -> set[str]:
    """The rooms that can ask the gate: accounts and every floor above it."""
    found: set[str] = set()
    for floor in floors():
        found |= floor
        if "accounts" in floor:
            return found & {*rooms()}
    raise AssertionError("accounts has no floor")


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    assert sorted(name for kind, name in permissions() if kind == "page") == PAGES


def test_every_public_action_has_a_row_and_every_row_an_action() -> None:
    rows = sorted(name for kind, name in permissions() if kind == "action")
    assert rows == sorted({f"{room}.{name}" for room, name, _ in public_actions()})


def test_every_action_of_a_room_that_knows_roles_asks_the_gate() -> None:
    """Either `@guarded` stands above it or `require(by, "room.action")` in it."""
    above = rooms_above_accounts()
    assert "accounts" in above
    open_doors = [
        f"{room}.{name}"
        for room, name, node in public_actions()
        if room in above
        and "guarded" not in [ast.unparse(decorator) for decorator in node.decorator_list]
        and f"require(by, '{room}.{name}')" not in ast.unparse(node)
    ]
    assert open_doors == []


def test_the_page_about_roles_is_what_the_tables_say() -> None:
    assert (PACKAGE.parent / "docs/reference/roles.md").read_text() == reference_page(), "run: make docs"


def outcome(client: Client, name: str, visitor: User | None) -> str:
    """What asking for a page comes to: `page`, `sign-in` or `404`."""
    given = ARGUMENTS[name](visitor) if name in ARGUMENTS else {}
    path = "/api/v1/tidak-ada" if name == NAMELESS else reverse(name, kwargs=given)
    response = client.get(path)
    if response.status_code == 404:
        return "404"
    to_sign_in = response.headers.get("Location", "").split("?")[0] in SIGN_INS
    return "sign-in" if to_sign_in or response.status_code == 401 else "page"


def expected(name: str, role: str | None) -> set[str]:
    """What the table says. A page of a sign-in under way sends who has not begun one to its beginning."""
    row = permissions()["page", name]
    if "public" in row.roles:
        return {"page", "sign-in"} if role is None and name.startswith(("accounts:", "mfa_")) else {"page"}
    if role is None:
        return {"sign-in"}
    return {"page"} if row.allows(role) else {"404"}


class Forgotten(Exception):
    """Raised to undo what one page needed, before the next one is asked for."""


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_page_opens_for_whom_the_table_names_and_nobody_else(role: str | None) -> None:
    visitor = make_user(role) if role else None
    signed_in = Client()
    if visitor:
        sign_in(signed_in, visitor)
        if role != "vendor":
            set_second_factor(visitor)
    wrong = []
    for name in PAGES:
        client = Client()
        client.cookies = SimpleCookie(signed_in.cookies.output(header="", sep=";"))
        with suppress(Forgotten), transaction.atomic():
            seen = outcome(client, name, visitor)
            raise Forgotten
        allowed = {"404"} if name in NOWHERE else expected(name, role)
        if seen not in allowed:
            wrong.append(f"{name}: {seen}, not {' or '.join(sorted(allowed))}")
    assert wrong == []
