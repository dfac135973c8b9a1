"""Who is looking, for the shell."""

from typing import Any

from django.http import HttpRequest

from satupintu.accounts.queries import actor_of

# The header with which a phone asks for pages to keep: those are asked for as by a visitor (see page_gate).
KEPT = "X-Keep-On-Phone"


def who(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``actor``, who is signed in, or None."""
    user = getattr(request, "user", None)
    return {"actor": actor_of(user) if user is not None else None}
