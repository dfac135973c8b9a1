"""What every page of the shell may use: menu entries and the way to the other language."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from satupintu.web.navigation import Entry, address


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `menu` (entries whose page exists, with `current`) and `language_links`."""
    return {"menu": menu(settings.NAVIGATION, request.path), "language_links": _language_links(request)}


def menu(entries: Iterable[Entry], path: str) -> list[dict[str, Any]]:
    """The entries whose page exists, each with its address; the nearest to ``path`` is marked ``current``."""
    found = [(entry, address(entry.target)) for entry in entries]
    here = max((href for _, href in found if href and _is_under(path, href)), key=len, default=None)
    return [{"label": e.label, "icon": e.icon, "href": h, "current": h == here} for e, h in found if h]


def _is_under(path: str, href: str) -> bool:
    return path == href if href == "/" else href.startswith("/") and path.startswith(href)


def _language_links(request: HttpRequest) -> list[dict[str, str]]:
    """The other languages, each with the link that sets the cookie and returns to this page."""
    after = urlencode({"next": request.get_full_path()})
    return [
        {
            "code": code,
            "name": name,
            "short": code.upper(),
            "href": f"{reverse('web:language', args=[code])}?{after}",
        }
        for code, name in settings.LANGUAGES
        if code != request.LANGUAGE_CODE
    ]
