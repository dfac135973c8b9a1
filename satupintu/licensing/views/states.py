"""The public page of states: how a file goes, from the machine's own table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from satupintu.licensing.queries.state_page import picture, state_rows


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """Every state with whose turn it is and what may follow, and the picture."""
    return render(request, "licensing/states.html", {"stages": state_rows(), "picture": picture()})
