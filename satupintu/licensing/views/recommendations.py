"""Recommendations of other offices: what is asked of one's own, asking, answering."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.licensing.actions import recommendations as actions
from satupintu.licensing.forms.visits import RecommendationAskForm, RecommendationForm
from satupintu.licensing.queries import place_seen
from satupintu.licensing.queries import recommendations as queries
from satupintu.licensing.queries.desk import has_turn
from satupintu.licensing.queries.visible import advises_on
from satupintu.licensing.views.at_desk import asked_about, asker

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """What is asked of the actor's office, and what it answered last."""
    actor = asker(request)
    context = {"asked": queries.asked_rows(actor), "answered": queries.answered_by(actor)}
    return render(request, "licensing/recommendations.html", context)


@never_cache
@form_page
def recommendation_ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask another office; the one the licence's data name is chosen already."""
    actor, file = asked_about(request, number)
    if file.state not in ("complete", "fee_paid") or not has_turn(actor, file, timezone.now()):
        raise Http404(number)
    offices = queries.advising_offices(file)
    start = {"office": queries.usual_adviser(file), "revision": file.revision}
    form = RecommendationAskForm(posted(request), offices=offices, initial=start)
    if _done(request, form, actions.seek_recommendation, application=file, by=actor):
        return redirect("licensing:desk-file", number=number)
    context = {"form": form, "offices": offices, **queries.asking_page(file)}
    return render(request, "licensing/recommendation_ask.html", context, status=422 if form.errors else 200)


@never_cache
@form_page
def recommendation_give(request: HttpRequest, number: str) -> HttpResponse:
    """Answer for one's own office what was asked of it."""
    actor, file = asked_about(request, number)
    if file.state != "recommendation" or not advises_on(actor, file):
        raise Http404(number)
    form = RecommendationForm(posted(request), initial={"revision": file.revision})
    if _done(request, form, actions.recommend, application=file, by=actor):
        return redirect("licensing:recommendations")
    context = {"form": form, **place_seen.answering_page(actor, file)}
    return render(request, "licensing/recommendation_give.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, form: Form, action: Any, **given: Any) -> bool:
    """Whether the form was sent and its action went through; what the action refuses is shown in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        action(**given, **form.values(), at=timezone.now())  # type: ignore[attr-defined]
    except ValidationError as refused:
        add_refusal(form, refused)
        return False
    return True
