"""What follows an event: who is still weak in what, promises, asking again after 30 and 90 days."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.views.asking import asked_about, or_404


@never_cache
@require_safe
def follow_up(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Each participant with what is weak and what comes first; the waves of 30 and 90 days."""
    actor, event = asked_about(request, ref)
    return _page(request, actor, event)


def _page(request: HttpRequest, actor: Any, event: Any, problem: str = "") -> HttpResponse:
    context = {"event": event, **queries.after_page(actor, event, localdate()), "problem": problem}
    context |= {"may": queries.abilities(actor), "tab": "follow-up", "wanted": queries.wanted_at(actor, event)}
    return render(request, "outreach/follow_up.html", context, status=422 if problem else 200)


@never_cache
@require_POST
def follow_up_count(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Look again at who understands."""
    actor, event = asked_about(request, ref)
    actions.note_understanding(event=event, by=actor, at=timezone.now())
    return redirect("outreach:ladder", ref=ref)


@never_cache
@require_POST
def follow_up_promise(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Promise help to one participant by card, or to everybody who is weak in something."""
    actor, event = asked_about(request, ref)
    card = request.POST.get("card", "")
    who = [or_404(queries.participant_of(event, card))] if card else event.participants.all()
    actions.promise_help(event=event, participants=who, by=actor, at=timezone.now())
    return redirect("outreach:follow-up", ref=ref)


@never_cache
@require_POST
def follow_up_wave(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Open the survey of a wave and promise to ask everybody with a name."""
    actor, event = asked_about(request, ref)
    typed = request.POST.get("days", "")
    days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    try:
        actions.ask_again(event=event, days=days, by=actor, at=timezone.now())
    except ValidationError as refused:
        return _page(request, actor, event, " ".join(refused.messages))
    return redirect("outreach:follow-up", ref=ref)


@never_cache
@require_safe
def weak_sheet(request: HttpRequest, ref: UUID, card: str) -> HttpResponse:
    """An A5 sheet of what a card still has to learn, with the addresses of the lessons. No name is printed."""
    _actor, event = asked_about(request, ref)
    participant = or_404(queries.participant_of(event, card))
    context = queries.weak_page(event, participant)
    context |= {"event": event, "participant": participant, "site": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "outreach/weak_sheet.html", context)
