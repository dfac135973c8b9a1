"""What `config/navigation.py` hands to the shell: menu entries and offline pages, as data.

The shell knows no room. It reads the settings NAVIGATION and OFFLINE_PAGES, written by `config`.
"""

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


class Entry(NamedTuple):
    """One place in the menu: `target` is a URL name, or a fragment such as `#help`; `icon` a sprite name."""

    target: str
    label: str | Promise
    icon: str


class OfflinePage(NamedTuple):
    """What the service worker answers under `prefix` when there is no network.

    `page` is the URL name of the stand-in page. `keep` names further URLs (names or paths) and
    static files (`static:catalogue/finder.js`) that this page needs, fetched once and kept. A `field`
    page is kept only where a field device asked for it (outbox.js).
    """

    prefix: str
    page: str
    keep: tuple[str, ...] = ()
    field: bool = False


def address(target: str) -> str | None:
    """Path of a URL name; a path or fragment is returned as it is; None when no such page exists."""
    if target.startswith(("/", "#")):
        return target
    try:
        return reverse(target)
    except NoReverseMatch:
        return None
