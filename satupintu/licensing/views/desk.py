"""One file at the desk: looking, judging, checking, moving it on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from satupintu.licensing.actions import claims, examining, fees, intake
from satupintu.licensing.actions.words import read_words, write_word
from satupintu.licensing.queries import desk_file as queries
from satupintu.licensing.queries.desk import has_turn
from satupintu.licensing.views.at_desk import asked_about, file_page, press
from satupintu.registry.actions import open_document

MOVES = {"accept": intake.accept, "examine": examining.examine, "bill": fees.bill}


@never_cache
@require_safe
def desk_file(request: HttpRequest, number: str) -> HttpResponse:
    """One file. Opening it in one's turn takes it, if nobody has it."""
    actor, file = asked_about(request, number)
    now = timezone.now()
    if request.method == "GET" and has_turn(actor, file, now) and queries.has_unread(file):
        read_words(application=file, by=actor, at=now)
    if request.method == "GET" and not file.claimed_by and has_turn(actor, file, now):
        try:
            claims.claim(application=file, by=actor, at=now)
        except ValidationError:
            return file_page(request, number)  # somebody was quicker; the page says who
    return file_page(request, number)


@require_POST
def desk_claim(request: HttpRequest, number: str) -> HttpResponse:
    """Take a file, also one that somebody took more than a working day ago."""
    return press(request, number, claims.claim, goes_on=False)


@require_POST
def desk_release(request: HttpRequest, number: str) -> HttpResponse:
    """Let go of a file. The page it came from would take it again, so the queue comes next."""
    actor, file = asked_about(request, number)
    try:
        claims.release(application=file, by=actor, at=timezone.now())
    except ValidationError as refused:
        return file_page(request, number, " ".join(refused.messages), status=422)
    return redirect("licensing:queue")


@never_cache
@require_safe
def desk_document(request: HttpRequest, number: str, slot: str) -> HttpResponse:
    """A document of the file as it is; opening it is witnessed."""
    actor, file = asked_about(request, number)
    found = queries.document_in(file, slot)
    if found is None:
        raise Http404(slot)
    try:
        content = open_document(document=found, by=actor, at=timezone.now())
    except FileNotFoundError as error:
        raise Http404(slot) from error
    response = HttpResponse(content, content_type=found.content_type)
    # Photos were written anew by us. A PDF is as somebody sent it: to be saved, never opened inside our pages.
    is_pdf = found.content_type == "application/pdf"
    shown, ending = ("attachment", "pdf") if is_pdf else ("inline", "jpg")
    response["Content-Disposition"] = f'{shown}; filename="{number}-{slot}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def desk_judge(request: HttpRequest, number: str) -> HttpResponse:
    """Say of a document whether it fits."""
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in ("slot", "verdict", "reason")}
    return press(request, number, examining.judge_document, goes_on=False, **given)


@require_POST
def desk_check(request: HttpRequest, number: str) -> HttpResponse:
    """Tick an item of the checklist, or take the tick back."""
    action = examining.untick_check if request.POST.get("holds") == "no" else examining.tick_check
    return press(request, number, action, goes_on=False, item=request.POST.get("item", ""))


@require_POST
def desk_move(request: HttpRequest, number: str) -> HttpResponse:
    """A move that needs no more than the press: accept, examine, bill."""
    move = request.POST.get("move", "")
    if move not in MOVES:
        raise Http404(move)
    return press(request, number, MOVES[move])


@require_POST
def desk_pay(request: HttpRequest, number: str) -> HttpResponse:
    """Note a payment with the number and the day of its receipt."""
    try:
        paid_on = date.fromisoformat(request.POST.get("paid_on", ""))
    except ValueError:
        return file_page(request, number, _("Tulis tanggal bayarnya, contoh 2026-11-24."), status=422)
    return press(request, number, fees.pay, receipt=request.POST.get("receipt", ""), paid_on=paid_on)


@require_POST
def desk_hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the paper over against the receipt."""
    return press(request, number, intake.hand_over, receipt=request.POST.get("receipt", ""))


@require_POST
def desk_send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give an examined file back to who examines."""
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in ("reason", "words")}
    return press(request, number, examining.send_back, **given, items=request.POST.getlist("items"))


@require_POST
def desk_word(request: HttpRequest, number: str) -> HttpResponse:
    """Write to the applicant."""
    return press(request, number, write_word, goes_on=False, text=request.POST.get("text", ""))


@never_cache
@require_safe
def desk_print(request: HttpRequest, number: str) -> HttpResponse:
    """The file on paper: answers, documents with verdicts, checklist, every step. No photos, numbers masked."""
    actor, file = asked_about(request, number)
    now = timezone.now()
    return render(request, "licensing/desk_print.html", queries.desk_page(actor, file, now) | {"now": now})
