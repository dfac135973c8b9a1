"""Questionnaires for everybody to read, to print, and to take into other tools."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import posted
from satupintu.surveys import queries, xlsform
from satupintu.surveys.forms import XlsFormForm
from satupintu.surveys.forms.labels import KINDS
from satupintu.surveys.rules.questionnaires import Questionnaire
from satupintu.surveys.views.asking import form_context

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def questionnaires(request: HttpRequest) -> HttpResponse:
    """Every questionnaire in today's version."""
    rows = [
        {"code": code, "form": form, "kind": KINDS[form.kind], "count": len(form.items)}
        for code, form in queries.forms(timezone.localdate()).items()
    ]
    return render(request, "surveys/questionnaires.html", {"rows": rows})


@require_safe
def questionnaire(request: HttpRequest, code: str) -> HttpResponse:
    """One version with all its items and where they come from."""
    form, versions = _found(request, code)
    context = form_context(code, form) | {"versions": versions, "sources": queries.sources_of(form)}
    return render(request, "surveys/questionnaire.html", context)


@require_safe
def paper_form(request: HttpRequest, code: str) -> HttpResponse:
    """An empty sheet of A5 with the QR of the page that shows the questionnaire."""
    form, _versions = _found(request, code)
    address = request.build_absolute_uri(reverse("surveys:questionnaire", kwargs={"code": code}))
    context = form_context(code, form) | {
        "absolute": address,
        "back_href": reverse("surveys:questionnaire", args=[code]),
    }
    return render(request, "surveys/paper_form.html", context | {"consent": queries.consent_text(form)})


@require_safe
def xlsform_export(request: HttpRequest, code: str) -> HttpResponse:
    """The questionnaire as an XLSForm for field tools that read one."""
    form, _versions = _found(request, code)
    response = HttpResponse(xlsform.write(code, form), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{code}-{form.version}.xlsx"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def xlsform_import(request: HttpRequest) -> HttpResponse:
    """An XLSForm read as a questionnaire file: what is wrong by sheet and row, or the file to put into a folder."""
    form = XlsFormForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        found, faults = xlsform.read(form.cleaned_data["file"].read(xlsform.MOST_BYTES + 1), timezone.localdate())
        context |= {"faults": faults, "text": found, "checked": True}
    refused = bool(form.errors or context.get("faults"))
    return render(request, "surveys/xlsform_import.html", context, status=422 if refused else 200)


def _found(request: HttpRequest, code: str) -> tuple[Questionnaire, tuple[str, ...]]:
    found = queries.questionnaire(code, request.GET.get("versi", ""), day=timezone.localdate())
    if found is None:
        raise Http404(code)
    return found
