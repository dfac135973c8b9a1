"""The number series of papers, for who keeps the house."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satupintu.licensing.queries.series import series_rows


@never_cache
@require_safe
def series(request: HttpRequest) -> HttpResponse:
    """Every series with its last number, and whether a number is missing."""
    return render(request, "licensing/series.html", {"rows": series_rows()})
