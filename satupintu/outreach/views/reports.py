"""The report of an event: what is missing, its texts, its versions, and the papers made from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.outreach import actions, printing, queries
from satupintu.outreach.forms import TextsForm
from satupintu.outreach.forms.reports import PROBLEM_LABELS
from satupintu.outreach.rules.report.making import report_as_json
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Where each kind of problem is mended.
MENDED = {
    "texts": "report-texts",
    "event": "event-edit",
    "event_state": "event",
    "programme": "running",
    "people": "participants",
    "answers": "running",
}


@never_cache
@require_safe
def report(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What keeps the report from being final, and every version to take home."""
    actor, event = asked_about(request, ref)
    return _report_page(request, actor, event)


def _report_page(request: HttpRequest, actor: Any, event: Any, refused: list[str] | None = None) -> HttpResponse:
    made = queries.report_now(actor, event)
    context = {
        "event": event,
        "problems": [(one, PROBLEM_LABELS[one.code], _mended_at(event, one)) for one in made.problems],
        "refused": refused,
        "came": made.figures.get("people.attended"),
        "draft": queries.draft_of(event),
        "finals": queries.finals_of(event),
        "may": queries.abilities(actor),
        "tab": "report",
    }
    return render(request, "outreach/report.html", context, status=422 if refused else 200)


def _mended_at(event: Any, problem: Any) -> str:
    """The page, and the field on it, where a problem is mended."""
    field = f"#id_{problem.name}" if problem.where == "texts" and problem.name else ""
    return reverse(f"outreach:{MENDED[problem.where]}", args=[event.ref]) + field


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_texts(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The texts that people type."""
    _actor, event = asked_about(request, ref)
    form = TextsForm(posted(request), initial=queries.texts_of(event))
    words = {"title": _("Teks laporan"), "button": _("Simpan teks")}
    return form_about(request, event, form, actions.write_texts, words, "report", event=event)


@never_cache
@require_POST
def report_final(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Make the draft final; refused with everything that is still missing."""
    actor, event = asked_about(request, ref)
    try:
        actions.make_final(event=event, by=actor, at=timezone.now())
    except ValidationError as refused:
        return _report_page(request, actor, event, list(refused.messages))
    return redirect("outreach:report", ref=ref)


@never_cache
@require_safe
def report_pdf(request: HttpRequest, ref: UUID, version: int) -> HttpResponse:
    """One version as PDF; version 0 is the draft as things stand."""
    return _written(request, ref, version, "pdf")


@never_cache
@require_safe
def report_docx(request: HttpRequest, ref: UUID, version: int) -> HttpResponse:
    """The same as a document to be edited."""
    return _written(request, ref, version, "docx")


def _written(request: HttpRequest, ref: UUID, version: int, ending: str) -> HttpResponse:
    actor, event = asked_about(request, ref)
    document = or_404(queries.report_words(actor, event, version))
    final = queries.final_of(event, version) if version else None
    write, kind = {"pdf": (printing.report_pdf, PDF), "docx": (printing.report_docx, DOCX)}[ending]
    written = write(document, queries.photos_shown(event), final.final_at if final else None)
    return _named(HttpResponse(written, content_type=kind), event, _version(version), ending)


@never_cache
@require_safe
def report_read(request: HttpRequest, ref: UUID, version: int) -> HttpResponse:
    """One version to be read on a screen; version 0 is the draft as things stand."""
    actor, event = asked_about(request, ref)
    document = or_404(queries.report_words(actor, event, version))
    context = {"event": event, "document": document, "sections": queries.to_be_read(document), "steps": range(1, 6)}
    return render(request, "outreach/report_read.html", context)


@never_cache
@require_safe
def report_json(request: HttpRequest, ref: UUID, version: int) -> HttpResponse:
    """The draft's figures; of a final version its frozen text letter by letter, so that its SHA-256 can be checked."""
    actor, event = asked_about(request, ref)
    if version:
        frozen = or_404(queries.final_of(event, version)).frozen
        return _named(HttpResponse(frozen, content_type="application/json"), event, _version(version), "json")
    return _named(JsonResponse(report_as_json(queries.report_now(actor, event))), event, _version(version), "json")


def _version(version: int) -> str:
    return f"laporan-versi-{version}" if version else "laporan-rancangan"


@never_cache
@require_safe
def report_summary(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Two pages in plain words for the kelurahan."""
    actor, event = asked_about(request, ref)
    written = printing.summary_pdf(queries.summary_now(actor, event))
    return _named(HttpResponse(written, content_type=PDF), event, "ringkasan", "pdf")


@never_cache
@require_safe
def certificates(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Certificates of attendance of everybody who came; of one card if it is named."""
    actor, event = asked_about(request, ref)
    document = or_404(queries.certificates_of(actor, event, request.GET.get("kartu", "").strip().upper()))
    return _named(HttpResponse(printing.certificates_pdf(document), content_type=PDF), event, "hadir", "pdf")


def _named(response: HttpResponse, event: Any, what: str, ending: str) -> HttpResponse:
    name = f"{what}-{event.day.isoformat()}-{slugify(event.title)[:60]}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
