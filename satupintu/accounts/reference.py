"""docs/reference/roles.md: who may open which page and do what, from every room's ``roles.csv``."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from satupintu.accounts.queries import permissions
from satupintu.accounts.rules import PUBLIC, ROLES, SIGNED_IN, STAFF_ROLES, SYSTEM_ONLY, Permission

WORDS = {PUBLIC: "everybody", SIGNED_IN: "all who are signed in", SYSTEM_ONLY: "the house itself"}


def addresses(
    resolver: URLResolver | None = None, path: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Every address of the house: its name with namespaces (for a nameless one, its view) and its path."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from addresses(entry, f"{path}{entry.pattern}", inner)
        elif isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or entry.lookup_str)), f"/{path}{entry.pattern}"


def reference_page() -> str:
    """The page as text. It changes only when a page, an action or a row changes."""
    paths: dict[str, str] = {}
    for name, path in addresses():
        paths.setdefault(name, path)
    table = permissions()
    pages = sorted((row for (kind, _), row in table.items() if kind == "page"), key=lambda row: row.name)
    acts = sorted((row for (kind, _), row in table.items() if kind == "action"), key=lambda row: row.name)
    parts = [
        "# Roles",
        "Who may open which page and do what. Each room keeps its rows in `roles.csv`; this page is made by "
        "`make docs`. A page or action without a row is for nobody. A visitor is sent to sign-in; somebody without "
        "the role gets 404.",
        f"Roles: {', '.join(f'`{role}`' for role in ROLES)}.",
        f"With a second factor only: {', '.join(f'`{role}`' for role in STAFF_ROLES)}.",
        "## Pages",
        "\n".join(["| page | address | who |", "|---|---|---|", *(_page(row, paths) for row in pages)]),
        "## Actions",
        "\n".join(["| action | who |", "|---|---|", *(f"| `{row.name}` | {_who(row)} |" for row in acts)]),
    ]
    return "\n\n".join(parts) + "\n"


def _page(row: Permission, paths: dict[str, str]) -> str:
    return f"| `{row.name}` | `{paths.get(row.name, '')}` | {_who(row)} |"


def _who(row: Permission) -> str:
    order = [*WORDS, *ROLES]
    return ", ".join(WORDS.get(role, f"`{role}`") for role in sorted(row.roles, key=order.index))
