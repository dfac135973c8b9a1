"""Sending parts of a file back to the applicant: which, why, and the message as it will be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from satupintu.licensing.actions import intake
from satupintu.licensing.actions.moves import Stale
from satupintu.licensing.queries import returning as queries
from satupintu.licensing.views.at_desk import asked_about, done, file_page, refusal, sent_revision

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def desk_return(request: HttpRequest, number: str) -> HttpResponse:
    """Send parts back before the file is accepted."""
    return _page(request, number, "return", {"": intake.return_for_repair}, "file_returned")


@never_cache
@form_page
def desk_ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask about parts of an accepted file: the clock stands, or goes back to the start."""
    return _page(request, number, "ask", {"": intake.ask, "again": intake.ask_again}, "file_asked")


def _page(
    request: HttpRequest, number: str, kind: str, actions: dict[str, Callable[..., Any]], template: str
) -> HttpResponse:
    """One form in two steps: the message is shown first, then sent."""
    actor, file = asked_about(request, number)
    again = request.POST.get("again", "")
    if again not in actions:
        raise Http404(again)
    if not queries.may_send(actor, file, kind, timezone.now()):
        return file_page(request, number, _("Berkas ini tidak bisa dikirim balik sekarang."), status=409)
    posted = request.method == "POST"
    sent = queries.chosen_parts(file, kind, request.POST.getlist("part"), request.POST) if posted else None
    parts, words = queries.found_wrong(file) if sent is None else sent, request.POST.get("words", "")
    problem = ""
    if posted and request.POST.get("step") == "send":
        revision = sent_revision(request)
        try:
            actions[again](application=file, parts=parts, words=words, revision=revision, by=actor, at=timezone.now())
        except Stale as stale:
            return refusal(request, number, stale, revision)
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            return done(request, actor, file)
    context = queries.return_page(file, kind, parts, words, template) | {
        "problem": problem,
        "again": again,
        "posted": posted,
        "kind": kind,
    }
    return render(request, "licensing/desk_return.html", context, status=422 if problem else 200)
