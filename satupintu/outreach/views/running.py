"""Running an event from a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.forms import CauseForm
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted, sent_ref

ABSENT_SHOWN = 8  # of who has not come yet; the whole list is one press away


@never_cache
@require_safe
def running(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What runs now and how late it is; one button to stop it and start the next."""
    actor, event = asked_about(request, ref)
    return _running_page(request, actor, event)


def _running_page(request: HttpRequest, actor: Any, event: Any, problem: str = "") -> HttpResponse:
    shown = queries.running_page(event, timezone.now())
    sheets = queries.sheets_counted(event)
    context = {"event": event, **shown, "may": queries.abilities(actor), "tab": "running", "problem": problem}
    context |= {"waiting": queries.not_here(actor, event, ABSENT_SHOWN), "sheets": sheets}
    return render(request, "outreach/running.html", context, status=422 if problem else 200)


@never_cache
@require_POST
def session_next(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Stop the session that runs and start the next with one press, with why it ran over, if somebody wrote it."""
    actor, event = asked_about(request, ref)
    first, now = sent_ref(request), timezone.now()
    stops, starts = (queries.session_of(event, _uuid(request.POST.get(name, ""))) for name in ("selesai", "mulai"))
    refs = (first, uuid5(first, "started"), uuid5(first, "cause"))
    given = {"event": event, "refs": refs, "pressed_at": now, "stops": stops, "starts": starts}
    try:
        actions.next_session(**given, cause=request.POST.get("sebab", ""), by=actor, at=now)
    except ValidationError as refused:
        return _running_page(request, actor, event, " ".join(refused.messages))
    return redirect("outreach:running", ref=ref)


@never_cache
@require_POST
def session_tap(request: HttpRequest, ref: UUID, session_ref: UUID) -> HttpResponse:
    """A session starts or stops; a press before the event began only shows the page again."""
    actor, event = asked_about(request, ref)
    session = or_404(queries.session_of(event, session_ref))
    now, kind = timezone.now(), request.POST.get("kind", "")
    try:
        actions.tap_session(session=session, kind=kind, ref=sent_ref(request), pressed_at=now, by=actor, at=now)
    except ValidationError:
        return redirect("outreach:running", ref=ref)
    return redirect("outreach:running", ref=ref)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def overrun_cause(request: HttpRequest, ref: UUID, session_ref: UUID) -> HttpResponse:
    """Say why a session took longer than planned."""
    _actor, event = asked_about(request, ref)
    session = or_404(queries.session_of(event, session_ref))
    words = {"title": _("Kenapa sesi ini lebih lama?"), "button": _("Simpan sebab"), "intro": session.title}
    given = {"session": session, "kind": "cause", "pressed_at": timezone.now()}
    return form_about(request, event, CauseForm(posted(request)), actions.tap_session, words, "running", **given)


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
