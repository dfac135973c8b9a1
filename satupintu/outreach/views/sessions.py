"""The programme: sessions, their order, and what they teach."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.forms import SessionForm
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def session_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add a session."""
    _actor, event = asked_about(request, ref)
    words = {"title": _("Tambah sesi"), "button": _("Simpan sesi")}
    return form_about(request, event, SessionForm(posted(request)), actions.add_session, words, "event", event=event)


@never_cache
@form_page
def session_edit(request: HttpRequest, ref: UUID, session_ref: UUID) -> HttpResponse:
    """Change a session, or take it off."""
    _actor, session = _asked_session(request, ref, session_ref)
    form = SessionForm(posted(request), initial=SessionForm.initial_of(session))
    remove = reverse("outreach:session-remove", args=[ref, session_ref])
    words = {"title": _("Ubah sesi"), "button": _("Simpan sesi"), "remove": remove}
    return form_about(request, session.event, form, actions.change_session, words, "event", session=session)


@never_cache
@require_POST
def session_move(request: HttpRequest, ref: UUID, session_ref: UUID) -> HttpResponse:
    """Move a session up or down by one, or to a place where it was dropped; the same row is shown again."""
    actor, session = _asked_session(request, ref, session_ref)
    typed, up = request.POST.get("nomor", ""), request.POST.get("arah") == "naik"
    position = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None
    actions.move_session(session=session, up=up, position=position, by=actor, at=timezone.now())
    return redirect(f"{reverse('outreach:event', args=[ref])}#sesi-{session.pk}")


@never_cache
@require_POST
def session_remove(request: HttpRequest, ref: UUID, session_ref: UUID) -> HttpResponse:
    """Take a session off; one in which something was seen stays, and the page says why."""
    actor, session = _asked_session(request, ref, session_ref)
    try:
        actions.remove_session(session=session, by=actor, at=timezone.now())
    except ValidationError as refused:
        form = SessionForm(initial=SessionForm.initial_of(session))
        words = {"title": _("Ubah sesi"), "button": _("Simpan sesi"), "problem": " ".join(refused.messages)}
        return form_about(request, session.event, _looked_at(form), actions.change_session, words, "event")
    return redirect("outreach:event", ref=ref)


def _looked_at(form: SessionForm) -> SessionForm:
    """A form that is only shown, though the request was a post."""
    form.is_bound = False
    return form


@never_cache
@require_safe
def coverage(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Which session teaches which statement, and what is missing."""
    actor, event = asked_about(request, ref)
    context: dict[str, Any] = {"event": event, "matrix": queries.coverage_of(event), "tab": "coverage"}
    return render(request, "outreach/coverage.html", context | {"may": queries.abilities(actor)})


def _asked_session(request: HttpRequest, ref: UUID, session_ref: UUID) -> tuple[Any, Any]:
    actor, event = asked_about(request, ref)
    return actor, or_404(queries.session_of(event, session_ref))
