"""The phone that goes from hand to hand: one statement, one screen. Works without script, as ordinary posts."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from satupintu.accounts.forms import posted
from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.surveys import actions, queries
from satupintu.surveys.forms import KioskForm, PinForm, option_list
from satupintu.surveys.middleware import KIOSK
from satupintu.surveys.rules.answers import asked, card_reference, item_before, kept_values, read_card
from satupintu.surveys.rules.kiosk import MOST_WRONG, Turn, screen
from satupintu.surveys.rules.questionnaires import Item, Questionnaire
from satupintu.surveys.views.asking import asked_about, survey_context


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_start(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Lock this phone to one survey with a PIN."""
    _actor, found = asked_about(request, ref)
    form = KioskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        turn = Turn(survey=str(found.ref), pin=make_password(form.cleaned_data["pin"]))
        request.session[KIOSK] = turn.as_json()
        return redirect("surveys:kiosk")
    context = survey_context(found) | {"form": form}
    return render(request, "surveys/kiosk_start.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest) -> HttpResponse:
    """The screen of whose turn it is: card, consent, one item after the other, sending, thanks."""
    actor, turn, survey = _turn(request)
    if turn is None:
        return redirect("surveys:surveys")
    form = queries.form_of(survey)
    name, item = screen(turn, form, request.GET.get("butir", ""))
    problem = ""
    if request.method == "POST":
        try:
            after = _step(request, name, turn, item, form, survey, actor)
        except (ValueError, ValidationError) as refused:
            problem = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
        else:
            request.session[KIOSK] = after.as_json()
            return redirect("surveys:kiosk")
    context = survey_context(survey) | _screen_context(turn, form, item, request) | {"problem": problem}
    return render(request, f"surveys/kiosk_{name}.html", context, status=422 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_leave(request: HttpRequest) -> HttpResponse:
    """Unlock with the PIN. Too many wrong ones end the sign-in, so that the phone opens nothing."""
    _actor, turn, survey = _turn(request)
    if turn is None:
        return redirect("surveys:surveys")
    form = PinForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if check_password(form.cleaned_data["pin"], turn.pin):
            del request.session[KIOSK]
            return redirect("surveys:survey", ref=survey.ref)
        wrong = Turn(**{**turn.as_json(), "wrong": turn.wrong + 1})
        request.session[KIOSK] = wrong.as_json()
        if wrong.wrong >= MOST_WRONG:
            request.session.flush()
            return redirect("account_login")
        left = MOST_WRONG - wrong.wrong
        form.add_error("pin", _("PIN salah. Sisa %(left)d kali, lalu harus masuk lagi.") % {"left": left})
    context = {"form": form, "actor": None, "back_href": reverse("surveys:kiosk")}
    return render(request, "surveys/kiosk_leave.html", context, status=422 if form.errors else 200)


def _turn(request: HttpRequest) -> tuple[Actor, Turn | None, Any]:
    """Who locked the phone, whose turn it is, and the survey; None without a locked phone."""
    actor = signed_in(request)[1]
    kept = request.session.get(KIOSK)
    turn = Turn(**kept) if kept else None
    survey = queries.survey_for(actor, turn.survey) if turn else None
    if turn and survey is None:
        del request.session[KIOSK]
        return actor, None, None
    return actor, turn, survey


def _step(
    request: HttpRequest, name: str, turn: Turn, item: Item | None, form: Questionnaire, survey: Any, actor: Actor
) -> Turn:
    """What one press of a button comes to. Raises ValueError or ValidationError with an Indonesian sentence."""
    if name == "end":
        return turn.end("")
    if name == "card":
        return turn.begin(read_card(request.POST.get("kartu", "")), str(uuid.uuid4()))
    if name == "consent":
        said = request.POST.get("setuju")
        if said not in ("yes", "no"):
            raise ValueError(_("Pilih satu jawaban."))
        return Turn(**{**turn.as_json(), "agreed": True}) if said == "yes" else turn.end("refused")
    if name == "item" and item is not None:
        typed = ";".join(request.POST.getlist("jawaban"))
        if not typed.strip() and "lewati" not in request.POST:
            raise ValueError(_("Pilih satu jawaban.") if item.answers() else _("Isi jawabannya, atau lewati."))
        return turn.answer(item, "" if "lewati" in request.POST else typed)
    actions.keep_sheet(
        survey=survey,
        respondent=card_reference(survey.subject, turn.card),
        values=kept_values(form, turn.values),
        ref=uuid.UUID(turn.sheet),
        by=actor,
        at=timezone.now(),
    )
    return turn.end("thanks")


def _screen_context(turn: Turn, form: Questionnaire, item: Item | None, request: HttpRequest) -> dict[str, Any]:
    shown = asked(form, turn.values)
    before = item_before(form, turn.values, item.code if item else "") if turn.agreed else None
    address = reverse("surveys:kiosk")
    given = turn.values.get(item.code, "") if item else ""
    return {
        "actor": None,  # the shell then shows no menu, no search and no name
        "turn": turn,
        "item": item,
        "options": option_list(item, given) if item else [],
        "given": given,
        "number": [one.code for one in shown].index(item.code) + 1 if item else 0,
        "total": len(shown),
        "answered": len(kept_values(form, turn.values)),
        "back_href": f"{address}?butir={before.code}" if before else "",
        "consent": queries.consent_text(form),
        "card": request.GET.get("kartu", ""),
    }
