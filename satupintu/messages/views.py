"""The administrator's pages of the outbox. Who may open them is in ``roles.csv``."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.audit.rules import Actor
from satupintu.messages import actions, queries, rules
from satupintu.messages.forms import OutboxFilter, RevealForm


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """All messages, newest first, by state, channel and beginning of the key."""
    _actor(request)
    form = OutboxFilter(request.GET)
    context = queries.outbox(**form.chosen(), page=request.GET.get("halaman", "1"))
    kept = urlencode({name: value for name, value in request.GET.items() if name in form.fields and value})
    return render(request, "messages/outbox.html", {**context, "form": form, "kept": kept})


@require_safe
@never_cache
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message: its way so far, without its text."""
    _actor(request)
    return render(request, "messages/message.html", _page(message_id))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def message_reveal(request: HttpRequest, message_id: int) -> HttpResponse:
    """Ask why, then show the text once; the reason is witnessed. A code to sign in with is shown to nobody."""
    actor, context = _actor(request), _page(message_id)
    if context["message"].is_blank or context["message"].is_secret:
        return redirect("messages:message", message_id)
    form = RevealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        context["revealed"] = actions.reveal(message_id=message_id, why=why, by=actor, at=timezone.now())
    return render(request, "messages/message_reveal.html", {**context, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def message_decide(request: HttpRequest, message_id: int, decision: str) -> HttpResponse:
    """Ask once more, then send again, stop, or mark as sent."""
    actor, context = _actor(request), _page(message_id)
    if decision not in rules.DECISIONS:
        raise Http404
    if request.method == "POST":
        try:
            actions.decide(message_id=message_id, decision=decision, by=actor, at=timezone.now())
        except rules.UnusableMessage:
            return render(request, "messages/message_decide.html", {**context, "decision": ""}, status=409)
        return redirect("messages:message", message_id)
    possible = decision if decision in context["decisions"] else ""
    return render(request, "messages/message_decide.html", {**context, "decision": possible})


def _actor(request: HttpRequest) -> Actor:
    """Who asks, as the accounts room put it on the request; for nobody there is no page."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise Http404
    return actor


def _page(message_id: int) -> dict[str, Any]:
    context = queries.message_page(message_id)
    if context is None:
        raise Http404
    return context
