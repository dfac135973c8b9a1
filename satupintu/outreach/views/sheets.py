"""Papers of an event: programme, attendance, receipts and cards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satupintu.outreach import queries
from satupintu.outreach.views.asking import asked_about


@never_cache
@require_safe
def programme_sheet(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The programme to hang up or hand out."""
    _actor, event = asked_about(request, ref)
    return render(request, "outreach/programme_sheet.html", queries.event_page(event) | _back(event, "event"))


@never_cache
@require_safe
def attendance_sheet(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The list to be signed, one line for each card."""
    actor, event = asked_about(request, ref)
    context = {"event": event, **queries.people_of(actor, event), **_back(event, "participants")}
    return render(request, "outreach/attendance_sheet.html", context)


@never_cache
@require_safe
def receipt_sheet(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The list to be signed by who receives something, one table for each item."""
    actor, event = asked_about(request, ref)
    people = queries.people_of(actor, event)["rows"]
    context = {"event": event, "items": queries.aid_of(actor, event), "people": people, **_back(event, "aid")}
    return render(request, "outreach/receipt_sheet.html", context)


@never_cache
@require_safe
def participant_cards(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A card for each participant; its code opens the list with that card on top. No names are printed."""
    actor, event = asked_about(request, ref)
    address = request.build_absolute_uri(reverse("outreach:participants", args=[event.ref]))
    cards = [
        {"card": row["participant"].card, "address": f"{address}?kartu={row['participant'].card}"}
        for row in queries.people_of(actor, event)["rows"]
    ]
    context = {"event": event, "cards": cards, **_back(event, "participants")}
    return render(request, "outreach/participant_cards.html", context)


def _back(event: Any, name: str) -> dict[str, str]:
    return {"back_href": reverse(f"outreach:{name}", args=[event.ref])}
