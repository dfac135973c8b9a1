"""Who asks about which file as its applicant or helper, and one page for every small form about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from satupintu.accounts.forms import add_refusal
from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.licensing.queries import applying as queries
from satupintu.licensing.rules.numbers import read_number
from satupintu.licensing.views.at_desk import sent_revision


def asked_about(request: HttpRequest, number: str) -> tuple[Actor, Any]:
    """Who asks and about which file; 404 for one that is not theirs or not there."""
    actor = signed_in(request)[1]
    file = queries.asked_file(actor, read_number(number) or "")
    if file is None:
        raise Http404(number)
    return actor, file


def form_about(
    request: HttpRequest, file: Any, form: Form, action: Callable[..., Any], words: dict[str, Any], /, **given: Any
) -> HttpResponse:
    """The page of one small form about a file: show it, call one action, go back to the file.

    ``words`` are title and button, perhaps an introduction, a consent to read out, or that a photo may come.
    """
    if request.method == "POST" and form.is_valid():
        values = form.values() if hasattr(form, "values") else form.cleaned_data
        try:
            action(application=file, **given, **values, by=signed_in(request)[1], at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("licensing:file", number=file.number)
    context = {"form": form, "file": file, "words": words, "title": queries.title_of(file.licence)}
    return render(request, "licensing/form_about.html", context, status=422 if form.errors else 200)


__all__ = ["asked_about", "form_about", "sent_revision"]
