"""A phone that goes round stays on its survey until the PIN opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from satupintu.accounts.context import KEPT

KIOSK = "kiosk"  # where the session keeps whose turn it is
# What a locked phone may still ask for: its own screens, what every page needs, and what looks at no session.
OPEN = frozenset(
    {
        *("surveys:kiosk", "surveys:kiosk-leave"),
        *("web:language", "web:manifest", "web:offline", "web:service-worker"),
        *("api-1:ping", "api-1:sync-records", "healthz", "readyz", "metrics"),
    }
)


def kiosk_lock(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Send every other page of a locked phone back to the survey."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.process_view = _before_view  # type: ignore[attr-defined]  # Django looks for it here
    return middleware


def _before_view(request: HttpRequest, view: Any, args: Any, given: Any) -> HttpResponseRedirect | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or KEPT in request.headers:
        return None
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in OPEN or KIOSK not in request.session:
        return None
    return HttpResponseRedirect(reverse("surveys:kiosk"))
