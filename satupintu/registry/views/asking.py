"""Who asks, about whom, and one page for every small form about a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from satupintu.accounts.forms import add_refusal
from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.registry.forms.belongings import OfPerson
from satupintu.registry.queries import visible


def asker(request: HttpRequest) -> Actor:
    """Who asks. Raises NotAllowed (shown as 404) for a visitor."""
    return signed_in(request)[1]


def asked_about(request: HttpRequest, ref: UUID) -> tuple[Actor, Any]:
    """Who asks and about whom; 404 for a person who is not theirs or not there."""
    actor = asker(request)
    person = visible.person_for(actor, ref)
    if person is None:
        raise Http404(str(ref))
    return actor, person


def form_about(
    request: HttpRequest,
    ref: UUID,
    form_class: type[OfPerson],
    action: Callable[..., Any],
    words: dict[str, Any],
    initial: dict[str, Any] | None = None,
    **given: Any,
) -> HttpResponse:
    """The page of one small form about a person: show it, call one action, go back to the person.

    ``words`` are title, button and an optional introduction; ``initial`` stands in the fields; ``given`` goes to the
    action beside the form's values.
    """
    actor, person = asked_about(request, ref)
    form = form_class(request.POST or None, request.FILES or None, actor=actor, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values() if hasattr(form, "values") else form.cleaned_data
        try:
            action(**({} if given else {"person": person}), **given, **values, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:person", ref=ref)
    context = {"form": form, "person": person, "words": words}
    return render(request, "registry/form_about.html", context, status=422 if form.errors else 200)
