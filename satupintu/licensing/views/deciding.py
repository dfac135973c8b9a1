"""Deciding a file, and reading later why it was decided so."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.licensing.actions import decisions
from satupintu.licensing.forms.deciding import GRANT, DaysForm, DecideForm, ObjectionForm
from satupintu.licensing.queries.deciding import decide_page, decision_of
from satupintu.licensing.queries.freezing import explanation_of
from satupintu.licensing.queries.visible import file_for
from satupintu.licensing.views.at_desk import done


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a decision: its basis, then the decision itself; for an objection its answer."""
    actor, file = asked_about(request, number)
    at = timezone.now()
    page = decide_page(actor, file, at)
    form = _form(request, file, page)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _carry_out(file, form, actor)
        except ValidationError as refused:
            add_refusal(form, refused)
            actor, file = asked_about(request, number)
            page = decide_page(actor, file, at)
        else:
            return done(request, actor, file)
    status = 422 if form is not None and form.errors else 200
    return render(request, "licensing/decide.html", {"file": file, "form": form, "page": page}, status=status)


def _form(request: HttpRequest, file: Any, page: dict[str, Any]) -> Form | None:
    given: dict[str, Any] = {"service": page["service"], "today": localdate()}
    given["initial"] = {"revision": file.revision, "rules": page["rules"]}
    if file.state == "examined" and "refuse" in page["moves"]:
        return DecideForm(posted(request), presets=page["presets"], **given)
    if file.state == "objection" and "uphold" in page["moves"]:
        return ObjectionForm(posted(request), **given)
    if "issue" in page["moves"]:
        return DaysForm(posted(request), **given)
    return None


def _carry_out(file: Any, form: Form, by: Actor) -> None:
    given, at = dict(form.cleaned_data), timezone.now()
    outcome, rules = given.pop("outcome", "issue"), given.pop("rules") or None
    days = {name: given[name] for name in ("valid_from", "valid_until")}
    who: dict[str, Any] = {"application": file, "revision": given["revision"], "by": by, "at": at}
    if outcome == GRANT:
        decisions.grant(**who, **days, conditions=given["conditions"], note=given["note"], rules=rules)
    elif outcome == "overturn":
        decisions.overturn(**who, **days, note=given["note"])
    elif outcome == "uphold":
        decisions.uphold(**who, note=given["note"])
    elif outcome == "issue":
        decisions.issue(**who, **days)
    else:
        decisions.refuse(**who, reasons=given["reasons"], note=given["note"], rules=rules)


@never_cache
@require_safe
def decision(request: HttpRequest, number: str, key: int) -> HttpResponse:
    """A decision explained from what was frozen with it, by the law of its day."""
    _actor, file = asked_about(request, number)
    found = decision_of(file, key)
    if found is None:
        raise Http404
    page = {"file": file, "decision": found, "basis": explanation_of(found, "en" if get_language() == "en" else "id")}
    return render(request, "licensing/decision.html", page)


def asked_about(request: HttpRequest, number: str) -> tuple[Actor, Any]:
    """Who asks and about which file; 404 for one that is not theirs or not there."""
    _user, actor = signed_in(request)
    file = file_for(actor, number)
    if file is None:
        raise Http404(number)
    return actor, file
