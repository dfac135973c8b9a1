"""What belongs to a person: businesses, papers, documents, consents, barriers, follow-ups."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from satupintu.registry import actions
from satupintu.registry.forms import (
    BarrierForm,
    BusinessForm,
    ConsentForm,
    DocumentForm,
    FinishForm,
    FollowUpForm,
    PaperForm,
    WhyForm,
)
from satupintu.registry.queries import known
from satupintu.registry.queries import people as queries
from satupintu.registry.views.asking import asked_about, form_about

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def business_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One more business."""
    words = {"title": _("Tambah usaha"), "button": _("Simpan usaha"), "codes": True}
    return form_about(request, ref, BusinessForm, actions.add_business, words)


@never_cache
@form_page
def business_edit(request: HttpRequest, ref: UUID, business_ref: UUID) -> HttpResponse:
    """Change a business and its codes."""
    _actor, person = asked_about(request, ref)
    business = queries.business_of(person, business_ref)
    if business is None:
        raise Http404(str(business_ref))
    words = {"title": _("Ubah usaha"), "button": _("Simpan usaha"), "codes": True}
    initial = BusinessForm.initial_of(business)
    return form_about(request, ref, BusinessForm, actions.change_business, words, initial, business=business)


@never_cache
@form_page
def paper_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A paper somebody holds, as read from it."""
    words = {
        "title": _("Catat surat yang dipegang"),
        "button": _("Simpan surat"),
        "intro": _("SatuPintu tidak menerbitkan surat ini. Catat seperti di suratnya."),
    }
    return form_about(request, ref, PaperForm, actions.record_paper, words)


@never_cache
@form_page
def paper_withdraw(request: HttpRequest, ref: UUID, paper_ref: UUID) -> HttpResponse:
    """Take back a paper that was noted wrongly."""
    _actor, person = asked_about(request, ref)
    held = queries.paper_of(person, paper_ref)
    if held is None:
        raise Http404(str(paper_ref))
    words = {
        "title": _("Batalkan catatan surat"),
        "button": _("Batalkan catatan"),
        "intro": _("Suratnya sendiri tetap berlaku. Yang dihapus hanya catatan di sini."),
    }
    return form_about(request, ref, WhyForm, actions.withdraw_paper, words, held=held)


@never_cache
@form_page
def document_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A photo or PDF for the wallet."""
    words = {"title": _("Tambah berkas"), "button": _("Kirim berkas"), "file": True}
    return form_about(request, ref, DocumentForm, actions.add_document, words)


@never_cache
@form_page
def consent_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """An answer to one purpose; the words that are read out stand on the page."""
    words = {
        "title": _("Catat persetujuan"),
        "button": _("Simpan jawaban"),
        "intro": _("Bacakan dulu kalimatnya. Kalau tidak, layanan tetap jalan."),
        "purposes": known.texts_on(timezone.localdate()),
    }
    return form_about(request, ref, ConsentForm, actions.give_consent, words)


@require_POST
def consent_withdraw(request: HttpRequest, ref: UUID, purpose: str) -> HttpResponse:
    """End a consent."""
    actor, person = asked_about(request, ref)
    if purpose not in known.purposes():
        raise Http404(purpose)
    actions.withdraw_consent(person=person, purpose=purpose, by=actor, at=timezone.now())
    return redirect("registry:person", ref=ref)


@never_cache
@form_page
def barrier_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What keeps somebody from a licence."""
    words = {"title": _("Catat hambatan"), "button": _("Simpan hambatan")}
    return form_about(request, ref, BarrierForm, actions.record_barrier, words)


@require_POST
def barrier_lift(request: HttpRequest, ref: UUID, code: str) -> HttpResponse:
    """Say that a barrier is gone."""
    actor, person = asked_about(request, ref)
    if code not in known.barriers():
        raise Http404(code)
    actions.lift_barrier(person=person, code=code, by=actor, at=timezone.now())
    return redirect("registry:person", ref=ref)


@never_cache
@form_page
def follow_up_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Promise something by a day."""
    words = {"title": _("Tambah tindak lanjut"), "button": _("Simpan tindak lanjut")}
    return form_about(request, ref, FollowUpForm, actions.add_follow_up, words)


@never_cache
@form_page
def follow_up_done(request: HttpRequest, ref: UUID, key: int) -> HttpResponse:
    """Say what came of a promise."""
    _actor, person = asked_about(request, ref)
    follow_up = queries.follow_up_of(person, key)
    if follow_up is None:
        raise Http404(str(key))
    words = {"title": _("Selesaikan tindak lanjut"), "button": _("Simpan hasil"), "intro": follow_up.why}
    return form_about(request, ref, FinishForm, actions.finish_follow_up, words, follow_up=follow_up)


@never_cache
@require_http_methods(["GET", "HEAD"])
def document(request: HttpRequest, ref: UUID, document_ref: UUID) -> HttpResponse:
    """A document as it is; opening it is witnessed."""
    return _document(request, ref, document_ref, thumbnail=False)


@never_cache
@require_http_methods(["GET", "HEAD"])
def document_thumbnail(request: HttpRequest, ref: UUID, document_ref: UUID) -> HttpResponse:
    """The small copy of a photo."""
    return _document(request, ref, document_ref, thumbnail=True)


@require_POST
def document_erase(request: HttpRequest, ref: UUID, document_ref: UUID) -> HttpResponse:
    """Destroy a document's bytes."""
    actor, person = asked_about(request, ref)
    found = queries.document_of(person, document_ref)
    if found is None:
        raise Http404(str(document_ref))
    actions.erase_document(document=found, why=request.POST.get("reason", ""), by=actor, at=timezone.now())
    return redirect("registry:person", ref=ref)


def _document(request: HttpRequest, ref: UUID, document_ref: UUID, *, thumbnail: bool) -> HttpResponse:
    actor, person = asked_about(request, ref)
    found = queries.document_of(person, document_ref)
    if found is None or (thumbnail and not found.has_thumbnail):
        raise Http404(str(document_ref))
    try:
        content = actions.open_document(document=found, thumbnail=thumbnail, by=actor, at=timezone.now())
    except FileNotFoundError as error:
        raise Http404(str(document_ref)) from error
    response = HttpResponse(content, content_type="image/jpeg" if thumbnail else found.content_type)
    is_pdf = response["Content-Type"] == "application/pdf"
    # Photos were written anew by us. A PDF is as somebody sent it: to be saved, never opened inside our pages.
    shown, ending = ("attachment", "pdf") if is_pdf else ("inline", "jpg")
    response["Content-Disposition"] = f'{shown}; filename="{found.kind}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
