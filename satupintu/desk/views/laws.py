"""What changes when the law changes: who gains or loses which paper, the list, and one message."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.gate import may_open, signed_in
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.desk import actions as desk
from satupintu.desk.forms import LawChangeForm
from satupintu.desk.queries.law_change import Comparison, NotComparable, cells, compare, comparison_page
from satupintu.registry import actions
from satupintu.registry.queries.visible import may

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def law_change(request: HttpRequest) -> HttpResponse:
    """Choose two days or a draft, and see who is touched, where and in which trade."""
    actor = signed_in(request)[1]
    form = LawChangeForm(request.GET or None)
    found = _compared(actor, form)
    context = {
        "form": form,
        "query": request.GET.urlencode(),
        "found": found,
        "may_list": may_open(actor, "desk:law-change-list"),
        "may_tell": may(actor, "announce_change"),
        "days": [] if form.is_bound else catalogue.days_of_change(),
        "told": request.GET.get("dikabari", ""),
        **(comparison_page(found) if found else {}),
    }
    return render(request, "desk/law_change.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def law_change_list(request: HttpRequest) -> HttpResponse:
    """The whole list as CSV; that it left is witnessed."""
    actor = signed_in(request)[1]
    found = _compared(actor, LawChangeForm(request.POST))
    if found is None:
        return redirect("desk:law-change")
    desk.export_law_change(change=found.sides.key, rows=len(found.rows), by=actor, at=timezone.now())
    out = io.StringIO()
    csv.writer(out).writerows([_harmless(cell) for cell in row] for row in cells(found))
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="perubahan-hukum.csv"'
    return response


@never_cache
@form_page
def law_change_message(request: HttpRequest) -> HttpResponse:
    """Say first whom a message would reach; then send it, once per person and change."""
    actor = signed_in(request)[1]
    form = LawChangeForm(request.POST if request.method == "POST" else request.GET)
    found = _compared(actor, form)
    if found is None:
        return redirect("desk:law-change")
    if request.method == "POST":
        told = actions.announce_change(
            people=found.people,
            change=found.sides.change,
            day=found.sides.after,
            link=request.build_absolute_uri(reverse("catalogue:finder")),
            by=actor,
            at=timezone.now(),
        )
        sides = {name: value for name, value in form.cleaned_data.items() if value}
        query = "&".join(f"{name}={value}" for name, value in sides.items())
        return redirect(f"{reverse('desk:law-change')}?{query}&dikabari={told}")
    context = {"found": found, "people": len(found.people), "form": form}
    return render(request, "desk/law_change_message.html", context)


def _compared(actor: Actor, form: LawChangeForm) -> Comparison | None:
    """The comparison a form asks for; None with the reason in the form when there is none."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return compare(actor, form.sides())
    except NotComparable as refused:
        form.add_error(None, str(refused))
        return None


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell
