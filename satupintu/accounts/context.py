"""Who is looking, for the shell."""

from typing import Any

from django.http import HttpRequest

from satupintu.accounts.queries import actor_of

KEPT = "X-Keep-On-Phone"


def who(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``actor``, who is signed in, or None. Pages to be kept on a phone show nobody's name."""
    user = getattr(request, "user", None)
    kept = KEPT in request.headers
    return {"actor": actor_of(user) if user is not None and not kept else None}
