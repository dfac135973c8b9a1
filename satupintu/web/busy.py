"""When the database is in use by somebody else for too long: no fault of anybody, so a page that says to try again."""

from __future__ import annotations

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

TRY_AGAIN_SECONDS = 5
# PostgreSQL: lock not available, statement cancelled, deadlock, serialization failure, too many connections.
BUSY_STATES = frozenset({"55P03", "57014", "40P01", "40001", "53300"})


def is_busy(error: BaseException | None) -> bool:
    """Whether an error only says that others are writing, so that the same may succeed a moment later."""
    if not isinstance(error, OperationalError):
        return False
    return "is locked" in str(error) or getattr(error.__cause__, "sqlstate", None) in BUSY_STATES


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error nobody caught: 503 while the database is in use, else 500."""
    if not is_busy(sys.exc_info()[1]):
        return defaults.server_error(request)
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN_SECONDS)})
