"""Papers of an event, and what speakers give to take home."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.forms import DocumentForm
from satupintu.outreach.forms.evidence import DOCUMENT_LABELS
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted


@never_cache
@require_safe
def documents(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Letters and materials of an event."""
    actor, event = asked_about(request, ref)
    rows = [{"document": found, "kind": DOCUMENT_LABELS[found.kind]} for found in queries.documents_of(event)]
    context = {"event": event, "rows": rows, "may": queries.abilities(actor), "tab": "documents"}
    return render(request, "outreach/documents.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add a letter or a material."""
    _actor, event = asked_about(request, ref)
    initial = {"kind": "material", "session": request.GET["sesi"]} if "sesi" in request.GET else {}
    form = DocumentForm(posted(request), request.FILES or None, event=event, initial=initial)
    words = {"title": _("Tambah berkas"), "button": _("Simpan berkas")}
    return form_about(request, event, form, actions.add_document, words, "documents", event=event)


@never_cache
@require_safe
def document_file(request: HttpRequest, ref: UUID, document_ref: UUID) -> HttpResponse:
    """A document as it was given, for who may see the event; opening it is witnessed."""
    actor, event = asked_about(request, ref)
    found = or_404(queries.document_of(event, document_ref))
    try:
        content = actions.open_document(document=found, by=actor, at=timezone.now())
    except FileNotFoundError as error:
        raise Http404(str(document_ref)) from error
    return _file(found, content)


@never_cache
@require_POST
def document_remove(request: HttpRequest, ref: UUID, document_ref: UUID) -> HttpResponse:
    """Destroy a document."""
    actor, event = asked_about(request, ref)
    found = or_404(queries.document_of(event, document_ref))
    actions.remove_document(document=found, by=actor, at=timezone.now())
    return redirect("outreach:documents", ref=ref)


@require_safe
def material(request: HttpRequest, document_ref: UUID) -> HttpResponse:
    """A material that everybody may take."""
    found, content = or_404(queries.public_material(document_ref))
    return _file(found, content)


def _file(found: Any, content: bytes) -> HttpResponse:
    """What somebody sent is handed out to be saved, never opened inside our pages."""
    ending = "pdf" if found.content_type == "application/pdf" else "jpg"
    response = HttpResponse(content, content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(found.title) or found.kind}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
