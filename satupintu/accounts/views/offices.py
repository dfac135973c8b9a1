"""Offices, for administrators."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts import actions, queries
from satupintu.accounts.forms import KIND_LABELS, OfficeForm, add_refusal, posted
from satupintu.accounts.gate import signed_in

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """All offices with their area and how many people they have."""
    _, actor = signed_in(request)
    regions = queries.regions()
    found = [
        {"office": office, "kind": KIND_LABELS[office.kind], "area": regions.get(office.area, office.area)}
        for office in queries.offices(actor)
    ]
    return render(request, "accounts/offices.html", {"offices": found})


@form_page
def office_new(request: HttpRequest) -> HttpResponse:
    """Write a new office."""
    _, actor = signed_in(request)
    form = OfficeForm(posted(request), regions=queries.regions(), new=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.create_office(**form.cleaned_data, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("accounts:offices")
    return render(request, "accounts/office_new.html", {"form": form})


@form_page
def office_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change an office."""
    _, actor = signed_in(request)
    office = queries.office_for(actor, code)
    start = {"name": office.name, "kind": office.kind, "area": office.area}
    form = OfficeForm(posted(request), initial=start, regions=queries.regions(), new=False)
    if request.method == "POST" and form.is_valid():
        actions.edit_office(office=office, **form.cleaned_data, by=actor, at=timezone.now())
        return redirect("accounts:offices")
    return render(request, "accounts/office_edit.html", {"form": form, "office": office})
