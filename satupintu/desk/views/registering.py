"""Registering a vendor at the market: an ordinary form with a signal, the same form out of the phone without one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.accounts.gate import signed_in
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.forms import read_answers
from satupintu.desk.forms import RegisterForm
from satupintu.desk.views.assisting import ANSWERS
from satupintu.registry import actions
from satupintu.registry.queries import known

PURPOSE = "keep_plan"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Consent first, then who and what; the finder's answers come along in the address, or wait in the session."""
    actor = signed_in(request)[1]
    answers = read_answers(catalogue.catalogue(), request.GET).address() or request.session.get(ANSWERS, "")
    form = RegisterForm(posted(request), area=actor.area, initial=_start() | {"answers": answers})
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            made = actions.register_vendor(**form.values(), source="counter", said_at=at, by=actor, at=at)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            request.session.pop(ANSWERS, None)
            return redirect("registry:person", ref=made.ref)
    context = _page(form) | {"answers": form["answers"].value(), "owner": actor.ref}
    return render(request, "desk/register.html", context, status=422 if form.errors else 200)


@require_safe
def register_offline(request: HttpRequest) -> HttpResponse:
    """The empty form for times without a signal: kept on phones, so it shows nobody's name and takes nothing itself."""
    return render(request, "desk/register_offline.html", _page(RegisterForm(area="", initial=_start())))


def _start() -> dict[str, str]:
    return {"version": known.purposes()[PURPOSE].on(catalogue.today()).version}


def _page(form: RegisterForm) -> dict[str, Any]:
    return {"form": form, "consent": known.purposes()[PURPOSE].on(catalogue.today())}
