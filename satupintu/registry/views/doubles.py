"""Doubles: pairs that may be one person, the two columns, undoing a merge."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from satupintu.accounts.forms import add_refusal
from satupintu.registry import actions
from satupintu.registry.forms import MergeForm
from satupintu.registry.forms.choices import REASON_LABELS
from satupintu.registry.queries import doubles as queries
from satupintu.registry.queries import visible
from satupintu.registry.views.asking import asker

SHOWN = 50


@never_cache
@require_http_methods(["GET", "HEAD"])
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs nobody has decided on, the likeliest first."""
    pairs = list(queries.open_doubles(asker(request))[: SHOWN + 1])
    context = {
        "pairs": [
            {"double": pair, "reasons": [REASON_LABELS[reason] for reason in pair.reasons]} for pair in pairs[:SHOWN]
        ],
        "more": len(pairs) > SHOWN,
    }
    return render(request, "registry/duplicates.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, key: int) -> HttpResponse:
    """Two entries side by side, differing rows marked; one form makes them one."""
    actor = asker(request)
    double = _double(actor, key)
    # Which of the two stays can be turned round without script.
    turned = request.GET.get("balik") == "1"
    kept, removed = (double.second, double.first) if turned else (double.first, double.second)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.merge_people(
                kept=kept, removed=removed, take=form.chosen(), reason=reason, by=actor, at=timezone.now()
            )
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:person", ref=kept.ref)
    context = {
        "double": double,
        "kept": kept,
        "removed": removed,
        "turned": turned,
        "rows": queries.compared(kept, removed),
        "left": queries.holdings(kept),
        "right": queries.holdings(removed),
        "reasons": [REASON_LABELS[reason] for reason in double.reasons],
        "form": form,
        "taken": set(request.POST.getlist("take")),
    }
    return render(request, "registry/merge.html", context, status=422 if form.errors else 200)


@require_POST
def apart(request: HttpRequest, key: int) -> HttpResponse:
    """Say that two entries are two people."""
    actor = asker(request)
    actions.keep_apart(double=_double(actor, key), by=actor, at=timezone.now())
    return redirect("registry:duplicates")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge_undo(request: HttpRequest, key: int) -> HttpResponse:
    """Put back what a merge moved, after one page that says what that is."""
    actor = asker(request)
    found = queries.merge_for(actor, key)
    if found is None or not visible.may(actor, "undo_merge"):
        raise Http404(str(key))
    problem = ""
    if request.method == "POST":
        try:
            actions.undo_merge(merge=found, by=actor, at=timezone.now())
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            return redirect("registry:person", ref=found.kept.ref)
    context = {"merge": found, "problem": problem, "rows": len(found.moved)}
    return render(request, "registry/merge_undo.html", context, status=422 if problem else 200)


def _double(actor: Any, key: int) -> Any:
    found = queries.double_for(actor, key)
    if found is None:
        raise Http404(_("Pasangan ini sudah diputuskan."))
    return found
