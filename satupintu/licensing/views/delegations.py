"""Delegations: which official acts for which office for how long."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.accounts.gate import may
from satupintu.audit.rules import Actor
from satupintu.licensing.actions import delegations as actions
from satupintu.licensing.forms.calendars import DelegationForm
from satupintu.licensing.queries import delegations as queries
from satupintu.licensing.queries.calendars import papers_decided_here
from satupintu.licensing.views.at_desk import asker

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """The delegations of one's office, standing ones first."""
    return _list(request, asker(request))


@never_cache
@form_page
def delegation_new(request: HttpRequest) -> HttpResponse:
    """Let an official of another office act."""
    actor = asker(request)
    form = DelegationForm(
        posted(request),
        offices=queries.offices_to_delegate(actor),
        holders=queries.possible_holders(),
        licences=papers_decided_here(localdate()),
        initial={"begins": localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_delegation(**form.values(), by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("licensing:delegations")
    return render(request, "licensing/delegation_new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_POST
def delegation_end(request: HttpRequest, key: int) -> HttpResponse:
    """End a delegation before its last day."""
    actor = asker(request)
    found = queries.delegation_for(actor, key)
    if found is None:
        raise Http404(str(key))
    try:
        actions.end_delegation(delegation=found, by=actor, at=timezone.now())
    except ValidationError as refused:
        return _list(request, actor, " ".join(refused.messages))
    return redirect("licensing:delegations")


def _list(request: HttpRequest, actor: Actor, problem: str = "") -> HttpResponse:
    context = {
        "rows": queries.delegation_rows(actor, localdate()),
        "may_add": may(actor, "licensing.add_delegation") and bool(queries.offices_to_delegate(actor)),
        "problem": problem,
    }
    return render(request, "licensing/delegations.html", context, status=422 if problem else 200)
