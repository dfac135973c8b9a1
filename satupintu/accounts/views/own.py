"""One's own account: who I am, and where I am signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from satupintu.accounts import actions, queries
from satupintu.accounts.forms import ROLE_LABELS
from satupintu.accounts.gate import signed_in


@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, with the way out."""
    user, actor = signed_in(request)
    context = {"user": user, "role": ROLE_LABELS[actor.role], "is_staff": actor.role != "vendor"}
    return render(request, "accounts/account.html", context)


@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Every phone and computer on which I am signed in."""
    user, _ = signed_in(request)
    found = queries.sessions_of(user.pk, request.session.session_key or "", timezone.now())
    return render(request, "accounts/sessions.html", {"sessions": found})


@require_POST
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of my sign-ins."""
    user, actor = signed_in(request)
    session = queries.session_for(user.pk, session_id)
    actions.end_session(session=session, by=actor, at=timezone.now())
    return redirect("accounts:sessions")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End all my sign-ins but this one."""
    user, actor = signed_in(request)
    key = request.session.session_key or ""
    actions.end_sessions(user_id=user.pk, but=key, by=actor, at=timezone.now())
    return redirect("accounts:sessions")
