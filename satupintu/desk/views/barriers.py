"""The finder's last question: what kept somebody from a licence so far."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from satupintu.accounts.gate import may_open, signed_in
from satupintu.audit.rules import Actor
from satupintu.registry import actions
from satupintu.registry.forms import BarriersForm
from satupintu.registry.queries import plans


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_barriers(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Asked once, after the first plan is kept; then on to the card or the plan."""
    actor = signed_in(request)[1]
    kept = plans.plan_for(actor, ref)
    if kept is None:
        raise Http404(str(ref))
    person = kept.business.person
    form = BarriersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        codes = form.cleaned_data["codes"]
        actions.record_barriers(person=person, codes=codes, asked="finder", by=actor, at=timezone.now())
        return redirect(*onward(actor, kept, asked=True))
    context = {"form": form, "kept": kept, "person": person, "is_own": actor.role == "vendor"}
    return render(request, "desk/plan_barriers.html", context, status=422 if form.errors else 200)


def onward(actor: Actor, kept: Any, *, asked: bool = False) -> tuple[Any, ...]:
    """Where a kept plan leads: to the question about barriers if it is open, to the card, or to the plan."""
    person = kept.business.person
    if not asked and may_open(actor, "desk:plan-barriers") and plans.asks_barriers(person):
        return "desk:plan-barriers", kept.ref
    if may_open(actor, "desk:hand-over"):
        return "desk:hand-over", person.ref
    return "desk:kept-plan", kept.ref
