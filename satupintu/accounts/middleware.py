"""The gate before every page: no row in a room's ``roles.csv``, no entrance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from satupintu.accounts import queries, rules
from satupintu.accounts.context import KEPT
from satupintu.web.problems import Problem

GetResponse = Callable[[HttpRequest], HttpResponseBase]
API = "api-1:"


def page_gate(get_response: GetResponse) -> GetResponse:
    """Refuse a page without a row (404), send visitors to sign-in, and hide from a role what it may not see (404)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if KEPT in request.headers:
            request.user = AnonymousUser()  # a page kept on a phone is one that anybody may find there
        return get_response(request)

    middleware.process_view = _before_view  # type: ignore[attr-defined]  # Django looks for it here
    return middleware


def _before_view(request: HttpRequest, view: Any, args: Any, given: Any) -> HttpResponse | None:
    name = request.resolver_match.view_name if request.resolver_match else ""
    row = queries.permissions().get(("page", name))
    if row is None:
        raise Http404(name)
    actor = queries.actor_of(request.user)
    request.actor = actor  # type: ignore[attr-defined]  # for the rooms below this one
    if actor is None:
        return None if row.allows(None) else _to_sign_in(request, row)
    missing = queries.missing_before_pages(request)
    if missing and name not in missing.still_open:
        return HttpResponseRedirect(reverse(missing.page))
    if not row.allows(actor.role):
        raise Http404(name)
    return None


def _to_sign_in(request: HttpRequest, row: rules.Permission) -> HttpResponse:
    """The right sign-in for whoever may see the page, with the way back; JSON for a program."""
    if row.name.startswith(API):
        problem = Problem(title="Belum masuk", status=401, detail="Masuk dulu, lalu kirim lagi.")
        return JsonResponse(problem.model_dump(), status=401, content_type="application/problem+json")
    for_vendors = row.allows("vendor")
    after = f"?{urlencode({'next': request.get_full_path()})}" if request.method in ("GET", "HEAD") else ""
    return HttpResponseRedirect(reverse("accounts:sign-in" if for_vendors else "account_login") + after)
