"""The plan of a market for staff: who asked for which stall, on which day, at which hour."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satupintu.accounts.gate import may_open
from satupintu.licensing.forms.places import PlanFilterForm
from satupintu.licensing.queries.market_plan import plan_page
from satupintu.licensing.views.at_desk import asker


@never_cache
@require_safe
def market_plan(request: HttpRequest, code: str) -> HttpResponse:
    """A market's schematic plan with the numbers of files, narrowed by day and hour; printed on A4."""
    form = PlanFilterForm(request.GET)
    day, moment = form.window()
    actor = asker(request)
    page = plan_page(actor, code, day, moment)
    if page is None:
        raise Http404(code)
    context = {"page": page, "form": form, "shown": form.said(), "opens": may_open(actor, "licensing:desk-file")}
    return render(request, "licensing/market_plan.html", context)
