"""Who is looking, for the shell."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from satupintu.accounts.gate import may_open
from satupintu.accounts.queries import actor_of
from satupintu.web.context import menu

# The header with which a phone asks for pages to keep: those are asked for as by a visitor (see page_gate).
KEPT = "X-Keep-On-Phone"


MOST_ENTRIES = 4


def who(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``actor``, who is signed in, or None; for them the ``menu`` of their role."""
    user = getattr(request, "user", None)
    actor = actor_of(user) if user is not None else None
    if actor is None:
        return {"actor": None}
    chosen = settings.VENDOR_NAVIGATION if actor.role == "vendor" else settings.STAFF_NAVIGATION
    entries = [entry for entry in chosen if ":" not in entry.target or may_open(actor, entry.target)]
    return {"actor": actor, "menu": menu(entries[:MOST_ENTRIES], request.path)}
