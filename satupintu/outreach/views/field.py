"""The page that does the whole morning without a network, and what a phone takes along for it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satupintu.outreach import queries
from satupintu.outreach.views.asking import asked_about


@never_cache
@require_safe
def field(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The field page of an event. Its script takes the event along and fills the page; without script it links on."""
    _actor, event = asked_about(request, ref)
    return render(request, "outreach/field.html", {"event": event})


@require_safe
def field_kept(request: HttpRequest) -> HttpResponse:
    """The same page without an event, kept on phones: it shows nobody's name and lists the events held there."""
    return render(request, "outreach/field_kept.html")


@never_cache
@require_safe
def field_bundle(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What the phone takes along, as JSON."""
    actor, event = asked_about(request, ref)
    return JsonResponse(queries.field_bundle(actor, event, timezone.now()))
