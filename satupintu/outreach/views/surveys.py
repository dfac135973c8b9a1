"""Questionnaires of an event."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.views.asking import asked_about
from satupintu.surveys.forms.labels import KINDS, WAVES


@never_cache
@require_safe
def event_surveys(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What is asked at this event, with ways to fill it; the usual set is opened with one press."""
    actor, event = asked_about(request, ref)
    rows = [
        row | {"wave": WAVES[row["survey"].wave], "kind": KINDS[row["form"].kind]}
        for row in queries.surveys_page(event)
    ]
    context = {"event": event, "rows": rows, "may": queries.abilities(actor), "tab": "surveys"}
    return render(request, "outreach/event_surveys.html", context)


@never_cache
@require_POST
def usual_surveys(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Open the usual questionnaires."""
    actor, event = asked_about(request, ref)
    actions.open_usual_surveys(event=event, by=actor, at=timezone.now())
    return redirect("outreach:event-surveys", ref=ref)
