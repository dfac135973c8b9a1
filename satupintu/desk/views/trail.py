"""The audit trail, for administrators. Reading about one person is itself witnessed, once for each search."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.desk import actions
from satupintu.desk.forms import TrailForm
from satupintu.desk.queries import trail as queries

READ = "trail_person"  # whose trail this session is reading, so that turning pages is not a new search
MOST_PAGES = 10_000


@never_cache
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """What was done and read, by person, member of staff, kind, office and days."""
    actor = signed_in(request)[1]
    form = TrailForm(request.GET, offices=queries.offices_to_choose(actor))
    wanted = form.cleaned_data if form.is_valid() else {}
    context: dict[str, Any] = {"form": form, "standing": queries.standing()}
    if wanted.get("tentang"):
        people = queries.hits(actor, wanted["tentang"])
        if len(people) == 1:
            return redirect(_address(wanted, people[0].person))
        context["links"] = [(hit.person, _address(wanted, hit.person)) for hit in people]
    elif wanted:
        context["person"] = _reading_about(request, actor, wanted["orang"])
        context |= queries.trail_page(actor, wanted, _page(request)) | {"kept": urlencode(_given(wanted))}
    return render(request, "desk/trail.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def trail_record(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """One record in full, but for the values that are sealed for its person."""
    actor = signed_in(request)[1]
    row = queries.trail_record(actor, office, number)
    if row is None:
        raise Http404(f"{office} {number}")
    if row.record.person and request.session.get(READ) != row.record.person:
        _witness(request, actor, row.record.person)
    return render(request, "desk/trail_record.html", {"row": row})


def _reading_about(request: HttpRequest, actor: Actor, reference: str) -> str:
    """The name of the person whose trail is read, the reading witnessed; 404 for somebody out of sight."""
    if not reference:
        request.session.pop(READ, None)
        return ""
    name = queries.person_name(actor, reference)
    if name is None:
        raise Http404(reference)
    if request.session.get(READ) != reference:
        _witness(request, actor, reference)
    return name


def _witness(request: HttpRequest, actor: Actor, reference: str) -> None:
    actions.read_trail(person=reference, by=actor, at=timezone.now())
    request.session[READ] = reference


def _page(request: HttpRequest) -> int:
    """The page asked for; the first for anything that is no number of a page."""
    text = request.GET.get("hal", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= MOST_PAGES else 1


def _given(wanted: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in wanted.items() if value and name != "tentang"}


def _address(wanted: dict[str, Any], person: Any) -> str:
    return f"{reverse('desk:trail')}?{urlencode(_given(wanted) | {'orang': person.reference})}"
