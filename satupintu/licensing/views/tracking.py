"""Following a file by its number, without signing in and without a word about anybody."""

from __future__ import annotations

from allauth.core.internal import ratelimit  # its public door counts no page that is only looked at
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satupintu.licensing.queries import applying as queries
from satupintu.licensing.rules.numbers import read_number


@never_cache
@require_safe
def track_form(request: HttpRequest) -> HttpResponse:
    """Ask for the number, in any spelling."""
    typed = request.GET.get("nomor", "").strip()
    number = read_number(typed) if typed else None
    if number:
        return redirect("licensing:track", number=number)
    problem = _("Nomornya belum benar. Contoh: SP-7K3F-92QD.") if typed else ""
    context = {"typed": typed[:40], "problem": problem}
    return render(request, "licensing/track_form.html", context, status=422 if problem else 200)


@never_cache
@require_safe
def track(request: HttpRequest, number: str) -> HttpResponse:
    """Where a file stands. A number that is not there says so; tries are counted, so nobody goes through numbers."""
    if not ratelimit.consume(request, app="allauth.account", action="file_track", limit_get=True):
        problem = _("Terlalu banyak percobaan. Tunggu sebentar, lalu coba lagi.")
        return _asked_again(request, number, problem, 429)
    known = read_number(number)
    if known and known != number:
        return redirect("licensing:track", number=known)
    file = queries.tracked(known) if known else None
    if file is None:
        return _asked_again(request, number, _("Nomor ini tidak ditemukan. Cocokkan dengan tanda terima."), 404)
    return render(request, "licensing/track.html", queries.track_page(file, timezone.now()))


def _asked_again(request: HttpRequest, number: str, problem: str, status: int) -> HttpResponse:
    context = {"typed": number[:40], "problem": problem}
    return render(request, "licensing/track_form.html", context, status=status)
