"""Who is on the list, and who came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.forms import CardsForm
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted, sent_ref
from satupintu.registry.queries.visible import person_for


@never_cache
@require_safe
def participants(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The list with one tap for who arrives and leaves; a scanned or typed card stands on top."""
    actor, event = asked_about(request, ref)
    return list_page(request, actor, event)


def list_page(request: HttpRequest, actor: Any, event: Any, problem: str = "") -> HttpResponse:
    """The list, with a problem to tell, or with the card that was scanned (``kartu``) or has just come on top."""
    shown = queries.people_of(actor, event)
    asked = {name: request.GET.get(name, "").strip().upper() for name in ("kartu", "hadir", "lagi")}
    card = asked["kartu"] or asked["hadir"] or asked["lagi"]
    found = next((row for row in shown["rows"] if row["participant"].card == card), None)
    context = {"event": event, **shown, "card": card, "found": found, "problem": problem, "tab": "people"}
    context |= {"arrived": bool(asked["hadir"]), "again": bool(asked["lagi"]), "by_qr": bool(asked["kartu"])}
    context["may"] = queries.abilities(actor)
    return render(request, "outreach/participants.html", context, status=422 if problem else 200)


@never_cache
@require_POST
def participant_tap(request: HttpRequest, ref: UUID, card: str) -> HttpResponse:
    """Somebody arrived or left."""
    actor, event = asked_about(request, ref)
    participant = or_404(queries.participant_of(event, card))
    now = timezone.now()
    try:
        actions.tap_person(
            participant=participant,
            kind=request.POST.get("kind", ""),
            ref=sent_ref(request),
            pressed_at=now,
            source="qr" if request.POST.get("source") == "qr" else "phone",
            by=actor,
            at=now,
        )
    except ValidationError as refused:
        return list_page(request, actor, event, " ".join(refused.messages))
    if request.POST.get("kembali") == "berjalan":
        return redirect("outreach:running", ref=ref)
    return redirect(f"{reverse('outreach:participants', args=[ref])}#{participant.card}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cards_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add numbered cards without names."""
    _actor, event = asked_about(request, ref)
    words = {"title": _("Tambah kartu tanpa nama"), "button": _("Tambah kartu")}
    form = CardsForm(posted(request))
    return form_about(request, event, form, actions.add_cards, words, "participants", event=event)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participant_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Find somebody of the registry and put them on the list."""
    actor, event = asked_about(request, ref)
    if request.method == "POST":
        person = or_404(person_for(actor, _uuid(request.POST.get("person", ""))))
        invited = request.POST.get("invited") != "no"
        actions.invite_person(event=event, person=person, invited=invited, by=actor, at=timezone.now())
        return redirect("outreach:participants", ref=ref)
    text = request.GET.get("cari", "").strip()
    found = queries.people_found(actor, event, text) if text else []
    return render(request, "outreach/participant_new.html", {"event": event, "text": text, "found": found})


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
