"""Capturing files at a market: one page that phones keep, for times with and without a signal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from satupintu.catalogue import queries as catalogue
from satupintu.licensing.actions.elsewhere import HELP_CONSENT
from satupintu.licensing.forms.capturing import CaptureForm, answers_form
from satupintu.licensing.queries import capturing as queries
from satupintu.registry.queries import known


@require_safe
def capture(request: HttpRequest) -> HttpResponse:
    """The empty form for vendor after vendor: it shows nobody's name and takes nothing itself, the outbox does."""
    on = catalogue.today()
    consent = known.purposes()[HELP_CONSENT].on(on)
    papers = [
        {"code": code, "form": answers_form(service, on), "slots": queries.slots_asked(service)}
        for code, service in queries.papers_of_ours(on).items()
    ]
    context = {
        "form": CaptureForm(area="", on=on, initial={"version": consent.version, "licence": queries.USUAL}),
        "consent": consent,
        "papers": papers,
        "stalls": queries.stall_labels(),
    }
    return render(request, "licensing/capture.html", context)
