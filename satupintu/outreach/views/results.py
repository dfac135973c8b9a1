"""What became of the people of an event, and events side by side."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satupintu.outreach import queries
from satupintu.outreach.forms import GAIN_LABELS, RUNG_LABELS
from satupintu.outreach.views.asking import asked_about, asker
from satupintu.web.formats import number


@never_cache
@require_safe
def ladder(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The ladder of an event's people, from the invitation to the licence."""
    actor, event = asked_about(request, ref)
    context = {"event": event, **queries.ladder_page(actor, event), "may": queries.abilities(actor), "tab": "ladder"}
    for row in context["rungs"]:
        row["label"] = RUNG_LABELS[row["rung"]]
    return render(request, "outreach/ladder.html", context)


@never_cache
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four events side by side, with the curve of one rung for each."""
    actor = asker(request)
    asked = request.GET.getlist("acara")
    chosen = queries.comparable(actor, [ref for ref in asked if _is_uuid(ref)])
    context: dict[str, Any] = {"choices": queries.choosable(actor), "chosen": {event.pk for event in chosen}}
    context |= {"too_many": len(set(asked)) > queries.MOST_COMPARED, "most": queries.MOST_COMPARED}
    if chosen:
        context |= queries.comparison(actor, chosen, request.GET.get("tahap", ""), localdate())
        columns = context["columns"]
        context["ladder_rows"] = [
            {"label": label, "cells": [column["rungs"][code] for column in columns]}
            for code, label in RUNG_LABELS.items()
        ]
        for gain in (column["gain"] for column in columns if column["gain"]):
            gain |= {"label": GAIN_LABELS[gain["band"]], "text": _two_places(gain["value"])}
    context["rung_choices"] = [(code, label) for code, label in RUNG_LABELS.items()]
    context["rung_label"] = RUNG_LABELS.get(context.get("rung", ""), "")
    return render(request, "outreach/compare.html", context)


def _two_places(value: Fraction) -> str:
    rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return number(rounded, get_language() or "id")


def _is_uuid(typed: str) -> bool:
    try:
        return bool(UUID(typed))
    except ValueError:
        return False
