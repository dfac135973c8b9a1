"""Issued papers: searching, showing, printing, and what may happen to them."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.licensing import library
from satupintu.licensing.actions import certificates, papers
from satupintu.licensing.forms.deciding import CorrectForm, LiftForm, SignForm, StatusForm
from satupintu.licensing.queries.papers import (
    card_page,
    changes_offered,
    paper_for,
    paper_page,
    papers_chosen,
    papers_found,
    status_choices,
)
from satupintu.licensing.signing import Official
from satupintu.licensing.signing import kind as signing_kind

PAGE = 50


@never_cache
@require_safe
def desk_papers(request: HttpRequest) -> HttpResponse:
    """Issued papers by number, code or file; cards of those ticked are printed eight on a page."""
    _user, actor = signed_in(request)
    text, status = request.GET.get("q", ""), request.GET.get("status", "")
    rows = Paginator(papers_found(actor, text, status), PAGE).get_page(request.GET.get("hal"))
    context = {"rows": rows, "q": text, "status": status, "statuses": status_choices()}
    return render(request, "licensing/desk_papers.html", context)


@never_cache
@require_safe
def desk_paper(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One paper for staff: what it says, its editions, and what may be done."""
    actor, paper = _asked(request, ref)
    return render(request, "licensing/desk_paper.html", paper_page(actor, paper, timezone.now()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_change(request: HttpRequest, ref: UUID, change: str) -> HttpResponse:
    """Suspend, lift, revoke or correct a paper, with its reason."""
    actor, paper = _asked(request, ref)
    if change not in changes_offered(actor, paper, timezone.now()):
        raise Http404(change)
    form = _change_form(request, paper, change)
    if request.method == "POST" and form.is_valid():
        try:
            _change(paper, change, form, actor)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("licensing:desk-paper", ref=paper.ref)
    context = {"paper": paper, "form": form, "change": change}
    return render(request, "licensing/paper_change.html", context, status=422 if form.errors else 200)


def _change_form(request: HttpRequest, paper: Any, change: str) -> Form:
    if change == "correct":
        return CorrectForm(posted(request), printed=json.loads(paper.printed))
    if change == "lift":
        return LiftForm(posted(request))
    return StatusForm(posted(request), presets=library.library().reasons(change, paper.licence))


def _change(paper: Any, change: str, form: Any, by: Actor) -> None:
    who: dict[str, Any] = {"certificate": paper, "by": by, "at": timezone.now()}
    if change == "correct":
        certificates.correct(**who, changes=form.changes(), reason=form.cleaned_data["reason"])
    else:
        getattr(certificates, change)(**who, **form.cleaned_data)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_sign(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Sign a paper that is not signed yet; at the national service with the official's own passphrase."""
    actor, paper = _asked(request, ref)
    form = SignForm(posted(request), national=signing_kind() == "bsre")
    if request.method == "POST" and form.is_valid():
        try:
            official = Official(**form.cleaned_data) if form.national else None
            papers.sign_paper(certificate=paper, official=official, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("licensing:desk-paper", ref=paper.ref)
    context = {"paper": paper, "form": form}
    return render(request, "licensing/paper_sign.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def paper_file(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The signed PDF of a paper; reading it is witnessed."""
    actor, paper = _asked(request, ref)
    try:
        pdf = papers.open_paper(certificate=paper, by=actor, at=timezone.now())
    except ValidationError as refused:
        return _fault(request, refused, 409, paper)
    return _pdf(pdf, paper.number.replace("/", "-"))


@never_cache
@require_safe
def stall_sheet(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The sheet to hang up at the stall."""
    actor, paper = _asked(request, ref)
    try:
        pdf = papers.print_stall_sheet(certificate=paper, by=actor, at=timezone.now())
    except ValidationError as refused:
        return _fault(request, refused, 409, paper)
    return _pdf(pdf, f"lapak-{paper.code}")


@never_cache
@require_http_methods(["POST"])
def cards(request: HttpRequest) -> HttpResponse:
    """The cards of the papers that were ticked, eight on a page, on both sides."""
    _user, actor = signed_in(request)
    chosen = papers_chosen(actor, request.POST.getlist("paper"))
    try:
        pdf = papers.print_cards(certificates=chosen, by=actor, at=timezone.now())
    except ValidationError as refused:
        return _fault(request, refused, 422)
    return _pdf(pdf, "kartu")


@never_cache
@require_safe
def card(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The card on its holder's phone: a large QR, the code to type, until when it holds."""
    _actor, paper = _asked(request, ref)
    return render(request, "licensing/card.html", card_page(paper, timezone.now()))


def _asked(request: HttpRequest, ref: UUID) -> tuple[Actor, Any]:
    _user, actor = signed_in(request)
    paper = paper_for(actor, ref)
    if paper is None:
        raise Http404(str(ref))
    return actor, paper


def _fault(request: HttpRequest, refused: ValidationError, status: int, paper: Any = None) -> HttpResponse:
    context = {"paper": paper, "problems": refused.messages}
    return render(request, "licensing/paper_fault.html", context, status=status)


def _pdf(pdf: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
