"""Markets and who sells there."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from satupintu.accounts.forms import add_refusal
from satupintu.registry import actions
from satupintu.registry.forms import MarketForm
from satupintu.registry.forms.choices import DAY_LABELS, ZONE_LABELS
from satupintu.registry.queries import known, visible
from satupintu.registry.queries import places as queries
from satupintu.registry.views.asking import asker


@never_cache
@require_http_methods(["GET", "HEAD"])
def markets(request: HttpRequest) -> HttpResponse:
    """The markets of the area with their zone."""
    actor = asker(request)
    rows = [
        {"market": market, "region": known.region_name(market.region), "zone": dict(ZONE_LABELS)[market.zone]}
        for market in queries.markets_for(actor)
    ]
    return render(request, "registry/markets.html", {"rows": rows, "may": visible.abilities(actor)})


@never_cache
@require_http_methods(["GET", "HEAD"])
def market(request: HttpRequest, code: str) -> HttpResponse:
    """One market: days, zone with its source, stalls, and who sells there."""
    actor = asker(request)
    found = queries.market_for(actor, code)
    if found is None:
        raise Http404(code)
    context = {
        "market": found,
        "region": known.region_name(found.region),
        "zone": dict(ZONE_LABELS)[found.zone],
        "days": [label for day, label in DAY_LABELS if day in found.days],
        "stalls": queries.stalls_of(found),
        "sellers": queries.sellers_at(actor, found),
    }
    return render(request, "registry/market.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def market_new(request: HttpRequest) -> HttpResponse:
    """Write a market."""
    actor = asker(request)
    form = MarketForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_market(**form.values(), by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:market", code=made.code)
    return render(request, "registry/market_new.html", {"form": form}, status=422 if form.errors else 200)
