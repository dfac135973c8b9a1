"""For staff: announcing an event, and who signed up for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.forms import AnnounceForm
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted
from satupintu.registry.queries.visible import person_for


@never_cache
@require_safe
def sign_ups(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Whether the event is announced, and everybody who signed up."""
    actor, event = asked_about(request, ref)
    return _page(request, actor, event)


def _page(request: HttpRequest, actor: Any, event: Any, problem: str = "") -> HttpResponse:
    context = {"event": event, **queries.sign_ups_page(actor, event), "problem": problem, "tab": "people"}
    context["may"] = queries.abilities(actor)
    return render(request, "outreach/sign_ups.html", context, status=422 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the event to the public, or change how one signs up."""
    _actor, event = asked_about(request, ref)
    form = AnnounceForm(posted(request), initial=AnnounceForm.initial_of(queries.announcement_of(event)))
    words = {"title": _("Umumkan acara"), "button": _("Umumkan acara")}
    words["intro"] = _("Nama acara, tanggal, jam, dan tempat bisa dibaca semua orang.")
    return form_about(request, event, form, actions.announce_event, words, "sign-ups", event=event)


@never_cache
@require_POST
def announcement_withdraw(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take the event off the public schedule."""
    actor, event = asked_about(request, ref)
    actions.withdraw_announcement(event=event, by=actor, at=timezone.now())
    return redirect("outreach:sign-ups", ref=ref)


@never_cache
@require_POST
def sign_up_admit(request: HttpRequest, ref: UUID, key: int) -> HttpResponse:
    """Put who signed up on the list: somebody of the registry, or a card without a name."""
    actor, event = asked_about(request, ref)
    sign_up = or_404(queries.sign_up_of(event, key))
    typed = request.POST.get("person", "")
    person = or_404(_same_number(actor, typed, sign_up)) if typed else None
    try:
        actions.admit_sign_up(sign_up=sign_up, person=person, by=actor, at=timezone.now())
    except ValidationError as refused:
        return _page(request, actor, event, " ".join(refused.messages))
    return redirect("outreach:sign-ups", ref=ref)


def _same_number(actor: Any, typed: str, sign_up: Any) -> Any:
    """The person of a reference if the actor may see them and the number is theirs."""
    try:
        person = person_for(actor, UUID(typed))
    except ValueError:
        return None
    return person if person and person.phone_lookup == sign_up.phone_lookup else None
