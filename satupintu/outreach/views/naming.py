"""One participant: what they agreed to, and the name behind their card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.forms import add_refusal
from satupintu.outreach import actions, queries
from satupintu.outreach.forms import AgreedForm, HolderForm
from satupintu.outreach.views.asking import asked_about, or_404, posted, sent_ref
from satupintu.registry.queries.doubles import doubles_of_draft
from satupintu.registry.queries.visible import person_for, sees

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def participant(request: HttpRequest, ref: UUID, card: str) -> HttpResponse:
    """One participant: when they came, what they agreed to, whose card it is."""
    actor, event, found = _asked_participant(request, ref, card)
    return _participant_page(request, actor, event, found)


def _participant_page(request: HttpRequest, actor: Any, event: Any, found: Any, problem: str = "") -> HttpResponse:
    row = next(row for row in queries.people_of(actor, event)["rows"] if row["participant"].pk == found.pk)
    context = {"event": event, "row": row, "consents": queries.consent_page(actor, found), "problem": problem}
    context["photos"] = queries.photos_with(found)
    context["may"] = queries.abilities(actor)
    return render(request, "outreach/participant.html", context, status=422 if problem else 200)


@never_cache
@require_POST
def participant_consent(request: HttpRequest, ref: UUID, card: str, purpose: str) -> HttpResponse:
    """An answer to one purpose: yes, no, or taken back."""
    actor, event, found = _asked_participant(request, ref, card)
    answer, now = request.POST.get("jawaban", ""), timezone.now()
    try:
        if answer == "cabut":
            actions.withdraw_consent(participant=found, purpose=purpose, by=actor, at=now)
        elif answer in ("ya", "tidak"):
            given = {"participant": found, "purpose": purpose, "given": answer == "ya", "ref": sent_ref(request)}
            actions.record_consent(**given, by=actor, at=now)
    except ValidationError as refused:
        return _participant_page(request, actor, event, found, " ".join(refused.messages))
    return redirect("outreach:participant", ref=ref, card=found.card)


@never_cache
@form_page
def participant_link(request: HttpRequest, ref: UUID, card: str) -> HttpResponse:
    """Say whose card it is: somebody found in the registry (``orang``), or searched for (``cari``)."""
    actor, event, found = _asked_participant(request, ref, card)
    asked = request.GET.get("orang", "")
    person = or_404(person_for(actor, _uuid(asked))) if asked else None
    form = AgreedForm(posted(request))
    if request.method == "POST" and person is not None and form.is_valid():
        agreed = form.cleaned_data["agreed"]
        try:
            actions.link_person(participant=found, person=person, agreed=agreed, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("outreach:participant", ref=ref, card=found.card)
    text = request.GET.get("cari", "").strip()
    context = {"event": event, "participant": found, "person": person, "form": form, "text": text}
    context |= {"found": queries.people_found(actor, event, text) if text else [], "words": queries.name_text()}
    return render(request, "outreach/participant_link.html", context, status=422 if form.errors else 200)


@never_cache
@form_page
def participant_register(request: HttpRequest, ref: UUID, card: str) -> HttpResponse:
    """Register who holds a card and join the card to them in one step; whoever looks like them is shown first."""
    actor, event, found = _asked_participant(request, ref, card)
    name, nik, phone, region = (request.POST.get(part, "") for part in ("display_name", "nik", "phone", "region"))
    likely = doubles_of_draft(name=name, nik=nik, phone=phone, region=region) if request.method == "POST" else []
    form = HolderForm(posted(request), actor=actor, asks=bool(likely), initial={"region": event.region})
    if request.method == "POST" and form.is_valid():
        sure, agreed = form.cleaned_data["another_person"], form.cleaned_data["agreed"]
        if sure or not likely:
            given = {"participant": found, "values": form.values() | {"another_person": sure}, "agreed": agreed}
            try:
                actions.register_and_link(**given, by=actor, at=timezone.now())
            except ValidationError as refused:
                add_refusal(form, refused)
            else:
                return redirect("outreach:participant", ref=ref, card=found.card)
    shown = [one.person for one in likely[:5] if sees(actor, one.person)]
    context = {"event": event, "participant": found, "form": form, "likely": likely, "shown": shown}
    context |= {"words": queries.name_text(), "elsewhere": len(likely[:5]) - len(shown)}
    return render(request, "outreach/participant_register.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def participant_unlink(request: HttpRequest, ref: UUID, card: str) -> HttpResponse:
    """Take a wrong name off a card."""
    actor, _event, found = _asked_participant(request, ref, card)
    actions.unlink_person(participant=found, by=actor, at=timezone.now())
    return redirect("outreach:participant", ref=ref, card=found.card)


def _asked_participant(request: HttpRequest, ref: UUID, card: str) -> tuple[Any, Any, Any]:
    actor, event = asked_about(request, ref)
    return actor, event, or_404(queries.participant_of(event, card))


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
