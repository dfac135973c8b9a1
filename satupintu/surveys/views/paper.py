"""Typing paper sheets, settling what two people typed differently, counting hands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.surveys import actions, queries
from satupintu.surveys.forms import EntryForm, HandsForm, option_list
from satupintu.surveys.rules.answers import card_reference
from satupintu.surveys.views.asking import asked_about, survey_context


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Type one paper after the other; nobody sees what another person typed."""
    actor, found = asked_about(request, ref)
    initial = {"card": request.GET.get("kartu", "")}
    form = EntryForm(posted(request), form=queries.form_of(found), initial=initial)
    if request.method == "POST" and form.is_valid():
        card = form.cleaned_data["card"]
        respondent = card_reference(found.subject, card)
        try:
            made = actions.type_sheet(
                survey=found, respondent=respondent, values=form.marks(), by=actor, at=timezone.now()
            )
        except ValidationError as refused:
            form.refuse(refused)
        else:
            return redirect(f"{reverse('surveys:entry', args=[ref])}?selesai={card}&ke={made.entry}")
    done = {"card": request.GET.get("selesai", ""), "entry": request.GET.get("ke", "")}
    context = survey_context(found) | {"form": form, "done": done, "waiting": queries.waiting_for(actor, found)}
    return render(request, "surveys/entry.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def differences(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Sheets whose two entries differ, and how often both agree."""
    _actor, found = asked_about(request, ref)
    rows = [state for state in queries.standings(found) if state.standing.unsettled]
    context = survey_context(found) | {"rows": rows, "agreement": queries.agreement_of(found)}
    return render(request, "surveys/differences.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, ref: UUID, name: str) -> HttpResponse:
    """The items of one sheet that two people typed differently, to be read on the paper again."""
    actor, found = asked_about(request, ref)
    state = next((state for state in queries.standings(found) if state.name == name), None)
    if state is None or not state.standing.unsettled:
        raise Http404(name)
    notes = _notes(found, state)
    form = EntryForm(posted(request), form=queries.form_of(found), only=notes, notes=notes)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"survey": found, "respondent": state.respondent, "settled": form.marks()}
        try:
            actions.settle_sheet(**given, by=actor, at=timezone.now())
        except ValidationError as refused:
            form.refuse(refused)
        else:
            return redirect("surveys:differences", ref=ref)
    context = survey_context(found) | {"form": form, "name": name}
    return render(request, "surveys/settle.html", context, status=422 if form.errors else 200)


def _notes(survey: Any, state: queries.SheetState) -> dict[str, str]:
    """What each of the two typed, and the marks an item takes."""
    notes = {}
    for found in state.standing.unsettled:
        item = queries.form_of(survey).item(found.item)
        options = option_list(item) if item else []
        words = {option["value"]: str(option["label"]) for option in options} | {"": _("kosong")}
        first, second = (
            ", ".join(words.get(value, value) for value in typed.split(";")) for typed in (found.first, found.second)
        )
        marks = ", ".join(f"{option['mark']} {option['label']}" for option in options)
        typed = _("Ketikan 1: %(first)s. Ketikan 2: %(second)s.") % {"first": first, "second": second}
        notes[found.item] = f"{typed} {marks}".strip()
    return notes


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hands(request: HttpRequest, ref: UUID) -> HttpResponse:
    """How many raised their hands; stored as unpaired."""
    actor, found = asked_about(request, ref)
    form = HandsForm(posted(request), form=queries.form_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_tallies(
                survey=found,
                asked=form.cleaned_data["asked"],
                counts=form.counts(),
                by=actor,
                at=timezone.now(),
            )
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("surveys:survey", ref=ref)
    context = survey_context(found) | {"form": form, "countable": form.items}
    return render(request, "surveys/hands.html", context, status=422 if form.errors else 200)
