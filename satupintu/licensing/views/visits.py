"""Visits of the place: the day's list and sheet, planning one, writing down what was found."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.licensing.actions import visits as actions
from satupintu.licensing.forms.visits import VisitDayForm, VisitPlanForm, VisitReportForm
from satupintu.licensing.queries import place_seen
from satupintu.licensing.queries import visits as queries
from satupintu.licensing.queries.desk import has_turn
from satupintu.licensing.queries.told import paper_title
from satupintu.licensing.views.at_desk import asked_about, asker

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of a day, ordered by market; those whose day has passed without a report stand above."""
    actor, today = asker(request), localdate()
    form = VisitDayForm(request.GET)
    day, mine = form.chosen(today)
    context = {
        "form": VisitDayForm(initial={"hari": day, "saya": mine}),
        "day": day,
        "mine": mine,
        "today": today,
        "stops": queries.visits_on(actor, day, mine),
        "days": queries.visit_days(actor, today),
        "late": queries.overdue_visits(actor, today),
    }
    return render(request, "licensing/visits.html", context)


@never_cache
@require_safe
def visit_sheet(request: HttpRequest) -> HttpResponse:
    """The visits of a day on paper, with room for what is found."""
    actor = asker(request)
    day, mine = VisitDayForm(request.GET).chosen(localdate())
    rows = [place_seen.sheet_row(stop) for stop in queries.visits_on(actor, day, mine)]
    return render(request, "licensing/visit_sheet.html", {"rows": rows, "day": day})


@never_cache
@form_page
def visit_plan(request: HttpRequest, number: str) -> HttpResponse:
    """Plan the visit of a file, or move the planned one to another day."""
    actor, file = asked_about(request, number)
    planned = queries.planned_visit(file) if file.state == "site_visit" else None
    if not has_turn(actor, file, timezone.now()):
        raise Http404(number)
    start = {"day": planned.planned_for if planned else None, "revision": file.revision}
    form = VisitPlanForm(posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.values()
        if planned:
            given.pop("revision")
        done = _try(form, actions.replan_visit if planned else actions.plan_visit, application=file, **given, by=actor)
        if done:
            return redirect("licensing:desk-file", number=number)
    context = {"form": form, "file": file, "planned": planned, "paper": paper_title(file.licence)}
    return render(request, "licensing/visit_plan.html", context, status=422 if form.errors else 200)


@never_cache
@form_page
def visit_report(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what was found at the place; works on a phone, without script too."""
    actor, file = asked_about(request, number)
    planned = queries.planned_visit(file)
    if file.state != "site_visit" or planned is None or not has_turn(actor, file, timezone.now()):
        raise Http404(number)
    start = {"revision": file.revision, "ref": uuid.uuid4()}
    form = VisitReportForm(posted(request), request.FILES or None, initial=start)
    sent = request.method == "POST" and form.is_valid()
    if sent and _try(form, actions.report_visit, application=file, **form.values(), by=actor):
        return redirect("licensing:desk-file", number=number)
    context = {"form": form, "planned": planned, **place_seen.report_page(file)}
    return render(request, "licensing/visit_report.html", context, status=422 if form.errors else 200)


def _try(form: Form, action: Any, **given: Any) -> bool:
    """Call an action; what it refuses is shown in the form."""
    try:
        action(**given, at=timezone.now())
    except ValidationError as refused:
        add_refusal(form, refused)
        return False
    return True
