"""Markets and who sells there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from satupintu.accounts.forms import add_refusal
from satupintu.audit.rules import Actor
from satupintu.registry import actions
from satupintu.registry.forms import MarketForm, StallForm
from satupintu.registry.forms.choices import DAY_LABELS, ZONE_LABELS
from satupintu.registry.queries import known, visible
from satupintu.registry.queries import places as queries
from satupintu.registry.views.asking import asker

form_page = require_http_methods(["GET", "HEAD", "POST"])


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
    actor, found = _asked_market(request, code)
    context = {
        "market": found,
        "region": known.region_name(found.region),
        "zone": dict(ZONE_LABELS)[found.zone],
        "days": [label for day, label in DAY_LABELS if day in found.days],
        "stalls": [{"stall": s, "zone": dict(ZONE_LABELS)[s.zone]} for s in queries.stalls_of(found)],
        "sellers": queries.sellers_at(actor, found),
        "may": visible.abilities(actor),
    }
    return render(request, "registry/market.html", context)


@never_cache
@form_page
def market_new(request: HttpRequest) -> HttpResponse:
    """Write a market."""
    actor = asker(request)
    form = MarketForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_market(code=form.code(), **form.cleaned_data, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:market", code=made.code)
    return _form(request, form, _("Tambah pasar"), reverse("registry:markets"))


@never_cache
@form_page
def market_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a market, its days and its zone."""
    actor, found = _asked_market(request, code)
    form = MarketForm(request.POST or None, actor=actor, initial=MarketForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_market(market=found, **form.cleaned_data, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:market", code=code)
    return _form(request, form, _("Ubah pasar"), reverse("registry:market", args=[code]))


@never_cache
@form_page
def stall_put(request: HttpRequest, code: str) -> HttpResponse:
    """Write a stall, or change the one with this number."""
    actor, found = _asked_market(request, code)
    form = StallForm(request.POST or None, initial=queries.stall_values(found, request.GET.get("lapak", "")))
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_stall(market=found, **form.cleaned_data, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:market", code=code)
    return _form(request, form, _("Lapak"), reverse("registry:market", args=[code]))


def _form(request: HttpRequest, form: MarketForm | StallForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "registry/market_form.html", context, status=422 if form.errors else 200)


def _asked_market(request: HttpRequest, code: str) -> tuple[Actor, Any]:
    actor = asker(request)
    found = queries.market_for(actor, code)
    if found is None:
        raise Http404(code)
    return actor, found
