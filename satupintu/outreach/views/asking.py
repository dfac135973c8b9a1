"""Who asks, about which event, and one page for every small form about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from satupintu.accounts.forms import add_refusal, posted
from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.outreach import queries


def asker(request: HttpRequest) -> Actor:
    """Who asks. Raises NotAllowed (shown as 404) for a visitor."""
    return signed_in(request)[1]


def asked_about(request: HttpRequest, ref: UUID) -> tuple[Actor, Any]:
    """Who asks and about which event; 404 for one that is not theirs or not there."""
    actor = asker(request)
    event = queries.event_for(actor, ref)
    if event is None:
        raise Http404(str(ref))
    return actor, event


def or_404(found: Any) -> Any:
    """What was found. Raises Http404 for None."""
    if found is None:
        raise Http404
    return found


def sent_ref(request: HttpRequest) -> UUID:
    """The UUID that came with a press; a new one where none came or it is none."""
    try:
        return UUID(request.POST.get("ref", ""))
    except ValueError:
        return uuid.uuid4()


def form_about(
    request: HttpRequest,
    event: Any,
    form: Form,
    action: Callable[..., Any],
    words: dict[str, Any],
    back: str,
    /,
    **given: Any,
) -> HttpResponse:
    """The page of one small form about an event: show it, call one action, go ``back`` (a URL name).

    ``words`` are title and button, perhaps an introduction and a ``problem`` to tell. ``given`` goes to the action
    beside the form's values.
    """
    if request.method == "POST" and form.is_valid():
        values = form.values() if hasattr(form, "values") else form.cleaned_data
        try:
            action(**given, **values, by=asker(request), at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect(f"outreach:{back}", ref=event.ref)
    context = {"form": form, "event": event, "words": words, "back": reverse(f"outreach:{back}", args=[event.ref])}
    return render(
        request, "outreach/form_about.html", context, status=422 if form.errors or "problem" in words else 200
    )


__all__ = ["asked_about", "asker", "form_about", "or_404", "posted", "sent_ref"]
