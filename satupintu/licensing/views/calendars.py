"""The calendar of an office: months, closures, service times. Each change shows first which deadlines move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.licensing.actions import calendars as actions
from satupintu.licensing.forms.calendars import CITY, ClosureForm, MonthForm, ServiceTimeForm
from satupintu.licensing.queries import calendars as queries
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.views.at_desk import asker
from satupintu.web.formats import MONTHS, WEEKDAYS

form_page = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50  # files listed of those that move


@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of an office with its days off, its closures and its service times."""
    actor, today = asker(request), localdate()
    form = MonthForm(request.GET, offices=queries.offices_with_files(actor))
    office, first = form.chosen(actor.office, today)
    month = queries.month_of(office, first)
    context = {
        "form": MonthForm(initial={"office": office}, offices=form.offices),
        "office": office,
        "weekdays": WEEKDAYS[page_language()],
        "title": f"{MONTHS[page_language()][month.first.month - 1]} {month.first.year}",
        "month": month,
        "today": today,
        "closures": queries.closures_of(office).filter(day__gte=today),
        "times": queries.promised_times(office, today),
        "may_change": queries.may_close(actor, office),
        "may_close_city": queries.may_close(actor, queries.CITY),
    }
    return render(request, "licensing/calendar.html", context)


@never_cache
@form_page
def closure_new(request: HttpRequest) -> HttpResponse:
    """Close an office on a day: what moves is shown, then it is saved."""
    actor = asker(request)
    offices = queries.offices_to_change(actor)
    every = [(CITY, _("Semua kantor di kota"))] if queries.may_close(actor, queries.CITY) else []
    start = {"office": request.GET.get("kantor", ""), "day": request.GET.get("hari", "")}
    form = ClosureForm(posted(request), offices=[*every, *offices], initial=start)
    words = {"title": _("Tutup kantor satu hari"), "button": _("Tutup kantor")}
    return _two_steps(request, form, actions.planned_closure, actions.add_closure, words, queries.change_of_closure)


@never_cache
@form_page
def service_time_new(request: HttpRequest) -> HttpResponse:
    """Fix a service time: what moves is shown, then it is saved."""
    actor = asker(request)
    offices = queries.offices_to_change(actor)
    form = ServiceTimeForm(
        posted(request),
        offices=offices,
        licences=queries.papers_decided_here(localdate()),
        initial={"office": request.GET.get("kantor", "")},
    )
    words = {"title": _("Tetapkan waktu pelayanan"), "button": _("Tetapkan")}
    return _two_steps(
        request, form, actions.planned_service_time, actions.set_service_time, words, queries.change_of_time
    )


@never_cache
@form_page
def closure_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Open an office again: what moves is shown with the button."""
    actor = asker(request)
    closure = queries.closure_for(actor, key)
    if closure is None:
        raise Http404(str(key))
    at, problem = timezone.now(), ""
    try:
        actions.closure_to_remove(closure=closure, by=actor, at=at)
        if request.method == "POST":
            office, first = closure.office, closure.day
            actions.remove_closure(closure=closure, by=actor, at=at)
            return redirect(f"{reverse('licensing:calendar')}?office={office}&bulan={first:%Y-%m}")
    except ValidationError as refused:
        problem = " ".join(refused.messages)
    change = queries.Change(closure.office, opened=frozenset({closure.day}))
    context = {"closure": closure, "problem": problem, "effect": _effect(change, at)}
    return render(request, "licensing/closure_remove.html", context, status=422 if problem else 200)


def _two_steps(
    request: HttpRequest,
    form: Form,
    plan: Callable[..., Any],
    save: Callable[..., Any],
    words: dict[str, str],
    change_of: Callable[[Any], queries.Change],
) -> HttpResponse:
    """One form sent twice: first what would move is shown, then it is saved."""
    actor, at, effect = asker(request), timezone.now(), None
    if request.method == "POST" and form.is_valid():
        given = form.values()  # type: ignore[attr-defined]
        try:
            planned = plan(**{name: given[name] for name in given if name != "example"}, by=actor, at=at)
            if request.POST.get("step") == "save":
                saved = save(**given, by=actor, at=at)
                first = getattr(saved, "day", None) or saved.begins
                return redirect(f"{reverse('licensing:calendar')}?office={saved.office}&bulan={first:%Y-%m}")
            effect = _effect(change_of(planned), at)
        except ValidationError as refused:
            add_refusal(form, refused)
    context = {"form": form, "words": words, "effect": effect}
    return render(request, "licensing/calendar_change.html", context, status=422 if form.errors else 200)


def _effect(change: queries.Change, at: Any) -> dict[str, Any]:
    """How many open files get another deadline, and the first of them."""
    moved = list(queries.moved_deadlines(change, at))
    return {"count": len(moved), "moved": moved[:SHOWN], "more": max(0, len(moved) - SHOWN)}
