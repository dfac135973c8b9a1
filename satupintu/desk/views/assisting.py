"""Sitting beside a vendor: find or register them, consent first, the finder for them, the plan kept, the card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.gate import signed_in
from satupintu.accounts.queries.people import working_card
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.forms import Answers, read_answers
from satupintu.desk import actions as desk
from satupintu.desk.forms import AskedForm
from satupintu.desk.views.barriers import onward
from satupintu.outreach.queries import weak_lessons_of
from satupintu.registry import actions
from satupintu.registry.queries import known, plans, visible
from satupintu.registry.queries import people as queries
from satupintu.registry.queries.search import search

ASSISTED, ANSWERS = "assisted_person", "assisted_answers"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def assist(request: HttpRequest) -> HttpResponse:
    """Whom to sit beside. From a finished finder the answers wait in the session; who was chosen before is next."""
    actor = signed_in(request)[1]
    answers = read_answers(catalogue.catalogue(), request.GET)
    if answers.values:
        request.session[ANSWERS] = answers.address()
        person = _assisted(request, actor)
        if person is not None:
            return redirect("desk:assist-person", ref=person.ref)
    text = request.GET.get("cari", "").strip()[:100]
    context = {
        "text": text,
        "hits": search(actor, text).hits if text else (),
        "has_answers": bool(request.session.get(ANSWERS)),
        "may": visible.abilities(actor),
    }
    return render(request, "desk/assist.html", context)


@never_cache
@form_page
def assist_person(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Consent first; then the finder, and keeping what it said."""
    actor, person = _asked_about(request, ref)
    request.session[ASSISTED] = str(ref)
    form = AskedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["given"] == "yes"
        place, at = form.cleaned_data["place"], timezone.now()
        try:
            actions.give_consent(person=person, purpose="keep_plan", given=given, place=place, by=actor, at=at)
        except ValidationError as refused:
            return _assist_page(request, actor, person, form, refused)
        return redirect("desk:assist-person", ref=ref)
    return _assist_page(request, actor, person, form)


def _assist_page(
    request: HttpRequest, actor: Actor, person: Any, form: AskedForm, refused: ValidationError | None = None
) -> HttpResponse:
    answers = _answers(request)
    context = {
        "person": person,
        "form": form,
        "consent": next(row for row in queries.consents_of(person) if row["purpose"].purpose == "keep_plan"),
        "text": known.purposes()["keep_plan"].on(catalogue.today()),
        "result": plans.summary(answers.values, catalogue.today()),
        "address": answers.address(),
        "lessons": weak_lessons_of(person),
        "plans": list(plans.plans_of(person)),
        "choices": plans.businesses_to_keep_for(person, answers.values),
        "may": visible.abilities(actor),
        "refused": refused.messages if refused else [],
    }
    return render(request, "desk/assist_person.html", context, status=422 if form.errors or refused else 200)


@never_cache
@require_POST
def assist_keep(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Keep the answers that wait as the person's plan, then go on to the card."""
    actor, person = _asked_about(request, ref)
    answers = _answers(request)
    choices = plans.businesses_to_keep_for(person, answers.values)
    chosen = choices.business(request.POST.get("usaha", ""))
    try:
        kept = actions.keep_plan(person=person, answers=answers.values, business=chosen, by=actor, at=timezone.now())
    except ValidationError as refused:
        return _assist_page(request, actor, person, AskedForm(), refused)
    for name in (ANSWERS, ASSISTED):
        request.session.pop(name, None)
    return redirect(*onward(actor, kept))


@never_cache
@sensitive_variables("code", "pin")
@form_page
def hand_over(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Make a card with its PIN, or a new PIN, shown this once; or take a lost card back."""
    actor, person = _asked_about(request, ref)
    kept = plans.plan_of(person)
    context: dict[str, Any] = {"person": person, "kept": kept, "sign_in": request.build_absolute_uri(_card_page())}
    if kept is not None:
        context["address"] = Answers(values=dict(kept.answers)).address()
    if request.method == "POST":
        what, at = request.POST.get("apa", ""), timezone.now()
        try:
            if what == "cabut":
                desk.take_card_back(person=person, why=request.POST.get("alasan", ""), by=actor, at=at)
            else:
                make = desk.give_new_pin if what == "pin" else desk.hand_over_card
                context["code"], context["pin"] = make(person=person, by=actor, at=at)
        except ValidationError as refused:
            context["refused"] = refused.messages
    context["card"] = working_card(person.user_id)
    status = 422 if "refused" in context else 200
    return render(request, "desk/hand_over.html", context, status=status)


def _card_page() -> str:
    return reverse("accounts:card")


def _asked_about(request: HttpRequest, ref: UUID) -> tuple[Actor, Any]:
    actor = signed_in(request)[1]
    person = visible.person_for(actor, ref)
    if person is None:
        raise Http404(str(ref))
    return actor, person


def _assisted(request: HttpRequest, actor: Actor) -> Any:
    ref = request.session.get(ASSISTED)
    return visible.person_for(actor, ref) if ref else None


def _answers(request: HttpRequest) -> Answers:
    """The finder's answers that wait in the session."""
    return read_answers(catalogue.catalogue(), QueryDict(request.session.get(ANSWERS, "")))
