"""How anyone checks a paper: from its QR without a network, or by its typed code; and what phones need for it."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit  # its public door counts no page that is only looked at
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from satupintu.licensing.keys import published_keys as all_published_keys
from satupintu.licensing.queries import checking as queries
from satupintu.licensing.verdict_pages import ANSWERS

MINUTES = 5


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The page that a QR opens. What stands behind the ``#`` never comes here; the page itself reads it."""
    typed = request.GET.get("kode", "").strip()
    code = queries.canonical_code(typed)
    if code:
        return redirect("licensing:check-code", code=code)
    problem = _("Kode ini salah ketik. Periksa lagi 7 tanda di bawah QR.") if typed else ""
    return _page(request, "licensing/check.html", typed, problem, 422 if problem else 200)


@never_cache
@require_safe
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the register says about a typed code; only so many from one address, so that nobody tries them all."""
    found = None
    if not ratelimit.consume(request, app="allauth.account", action="certificate_check", limit_get=True):
        problem, status = _("Terlalu sering mengecek. Tunggu 1 menit, lalu coba lagi."), 429
    else:
        canonical = queries.canonical_code(code)
        found = queries.checked(canonical, localdate()) if canonical else None
        problem = "" if found else _("Kode ini tidak ada di daftar kami. Periksa lagi, atau tanya kantor penerbit.")
        status = 200 if found else 404
    more = {"found": found, "answer": ANSWERS[found.status] if found else None}
    return _page(request, "licensing/check_code.html", code, problem, status, more)


def _page(
    request: HttpRequest, template: str, typed: str, problem: str, status: int, more: dict[str, Any] | None = None
) -> HttpResponse:
    context = {"typed": typed[:40], "problem": problem, **(more or {})}
    if more is None:
        context |= {"answers": ANSWERS, "kinds": queries.kinds(), "issuers": queries.issuers()}
    return render(request, template, context, status=status)


@require_safe
@cache_control(public=True, max_age=MINUTES * 60)
def published_keys(request: HttpRequest) -> HttpResponse:
    """The public halves of the keys that sign papers and lists, as a JWK set (RFC 7517)."""
    return _for_everybody(HttpResponse(all_published_keys(), content_type="application/jwk-set+json"))


@require_safe
@cache_control(public=True, max_age=MINUTES * 60)
def revocation_list(request: HttpRequest) -> HttpResponse:
    """The newest signed list of papers that do not hold (decision 18); 204 while no list was published yet."""
    newest = queries.newest_list()
    if newest is None:
        return _for_everybody(HttpResponse(status=204))
    kind = 'application/cose; cose-type="cose-sign1"'
    return _for_everybody(HttpResponse(bytes(newest.content), content_type=kind))


def _for_everybody(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response
