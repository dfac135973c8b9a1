"""What the service worker keeps: the shell and the offline pages that rooms name in the settings."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.module_loading import import_string

from satupintu.web.navigation import OfflinePage, address

ROOM = Path(__file__).resolve().parent
SHELL_FILES = ("web/satupintu.css", "web/sp.js", "web/icons.svg", "web/app-icon.svg")
SHELL_PAGES = ("/", "web:offline")


def app_icons() -> list[dict[str, str]]:
    """Icons for the home screen: the drawing, and PNGs for phones that take no SVG."""
    drawing = {"src": static("web/app-icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    pngs = [
        {"src": static(f"web/app-icon-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png", "purpose": purpose}
        for n, purpose in ((192, "any"), (512, "maskable"))
    ]
    return [drawing, *pngs]


def worker_script() -> str:
    """The worker with its list of addresses; its first line changes whenever anything kept changes."""
    field = {"files": _files(True), "pages": _pages(True)}
    everybody = {"files": _files(False), "pages": _pages(False), "standIns": _stand_ins()}
    plan = {"version": _version(), **everybody, "field": field}
    return f"const PLAN = {json.dumps(plan)};\n{_source()}"


def _existing() -> list[OfflinePage]:
    return [page for page in settings.OFFLINE_PAGES if address(page.page)]


def _files(field: bool) -> list[str]:
    named = [name for page in _existing() if page.field is field for name in page.keep if name.startswith("static:")]
    shell = () if field else SHELL_FILES
    # Each once: a browser keeps nothing at all of a list that names a file twice.
    return [static(name) for name in dict.fromkeys((*shell, *(name.removeprefix("static:") for name in named)))]


def _pages(field: bool) -> list[str]:
    pages = [page for page in _existing() if page.field is field]
    named = [name for page in pages for name in (page.page, *page.keep) if not name.startswith("static:")]
    found = [address(name) for name in (*(() if field else SHELL_PAGES), *named)]
    return sorted({path for path in found if path})


def _stand_ins() -> list[list[str]]:
    """Pairs of path prefix and stand-in page, the longest prefix first; `/` ends in the plain offline page."""
    named = [[page.prefix, address(page.page) or ""] for page in _existing()]
    return [*sorted(named, key=lambda pair: -len(pair[0])), ["/", address("web:offline") or ""]]


def _version() -> str:
    """One short word that stands for everything kept: release, files, page templates, data of the rooms."""
    kept = [name for field in (False, True) for name in (*_files(field), *_pages(field))]
    parts = [version("satupintu"), *kept, _templates_digest()]
    parts += [import_string(path)() for path in settings.OFFLINE_VERSIONS]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@cache
def _templates_digest() -> str:
    paths = sorted(ROOM.parent.glob("*/templates/**/*.html"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


@cache
def _source() -> str:
    return (ROOM / "worker.js").read_text()
