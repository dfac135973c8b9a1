"""One name, four places: every URL name has its view, its template when it shows a page, and its tests."""

import inspect
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.reading import PACKAGE

ROOT = PACKAGE.parent
FOREIGN = "api-1"  # ninja's own namespace: its addresses are tested through the OpenAPI document

LIBRARY = "allauth."  # views of the sign-in library: their names are its own, our tests ask for their addresses


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> list[tuple[str, URLPattern]]:
    """Every named address with its namespace, below `resolver`."""
    found: list[tuple[str, URLPattern]] = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != FOREIGN:
                found += addresses(entry, entry.namespace or namespace)
        elif entry.name and not getattr(entry.callback, "view_class", entry.callback).__module__.startswith(LIBRARY):
            found.append((namespace, entry))
    return found


ADDRESSES = addresses()
NAMES = [f"{namespace}:{pattern.name}" for namespace, pattern in ADDRESSES]


def test_there_are_addresses_and_no_name_stands_twice() -> None:
    assert {":healthz", ":readyz", ":metrics", "desk:home"} <= {*NAMES}
    assert sorted(NAMES) == sorted(set(NAMES))


@pytest.mark.parametrize(("namespace", "pattern"), ADDRESSES, ids=NAMES)
def test_a_name_is_the_same_in_url_view_template_and_tests(namespace: str, pattern: URLPattern) -> None:
    assert pattern.name is not None
    assert re.fullmatch(r"[a-z][a-z-]*", pattern.name)
    name = pattern.name.replace("-", "_")
    view = inspect.unwrap(pattern.callback)
    assert view.__name__ == name
    room = namespace or "config"
    assert view.__module__.startswith(f"satupintu.{room}.")
    if re.search(r"\brender\(", inspect.getsource(view)):
        folder = PACKAGE / room / "templates" / room  # one page, or one for each kind of screen
        assert [*folder.glob(f"{name}.html"), *folder.glob(f"{name}_*.html")], f"no {room}/{name}.html"
    assert has_test(name), f"no test is named test_{name}_..."


def has_test(name: str) -> bool:
    """Whether a test function somewhere begins with `test_<name>`."""
    pattern = re.compile(rf"def test_{name}(_|\b)")
    return any(pattern.search(path.read_text()) for path in files_of_tests())


def files_of_tests() -> list[Path]:
    """Every file of tests."""
    return [*PACKAGE.rglob("tests/**/test_*.py"), *(ROOT / "tests").rglob("test_*.py")]
