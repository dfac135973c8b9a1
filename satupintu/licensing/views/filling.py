"""Filling a file in, section by section, on any device; its documents; the page before it is sent; its repair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import posted
from satupintu.accounts.gate import signed_in
from satupintu.licensing.actions import filling
from satupintu.licensing.actions.files import send_repair, submit
from satupintu.licensing.forms.answers import PARTS, AnswersForm
from satupintu.licensing.forms.files import PhotoForm, WordForm, content_of
from satupintu.licensing.queries import applying, filled
from satupintu.licensing.rules.answers import sections
from satupintu.licensing.rules.parts import SENT_BACK, WHOLLY_OPEN, may_change
from satupintu.licensing.rules.serving import FormField
from satupintu.licensing.views.asking import asked_about, sent_revision

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def file_fill(request: HttpRequest, number: str) -> HttpResponse:
    """One section of the form, named by ``bagian``; saving goes on to the next, then to the documents."""
    _who, file = asked_about(request, number)
    if file.state not in WHOLLY_OPEN:
        return redirect("licensing:file-repair" if file.state in SENT_BACK else "licensing:file", number=file.number)
    asked = sections(filled.service_of(file))
    name = request.GET.get("bagian") or next(iter(asked), "")
    if not asked:
        return redirect("licensing:file-documents", number=file.number)
    if name not in asked:
        raise Http404(name)
    form = _answers_form(request, file, asked[name])
    if request.method == "POST" and form.is_valid() and _saved(request, file, form):
        return redirect(_after(file.number, list(asked), name, "kembali" in request.POST))
    context = _steps(file, name, list(asked)) | {"form": form, "section": name, "back": "periksa" in request.GET}
    return render(request, "licensing/file_fill.html", context, status=422 if form.errors else 200)


def _answers_form(request: HttpRequest, file: Any, questions: Sequence[FormField]) -> AnswersForm:
    return AnswersForm(
        posted(request),
        questions=questions,
        answers=filled.answers_of(file),
        markets=filled.market_choices(),
        on=timezone.localdate(),
    )


def _saved(request: HttpRequest, file: Any, form: AnswersForm) -> bool:
    actor = signed_in(request)[1]
    try:
        filling.save_answers(application=file, values=form.values(), by=actor, at=timezone.now())
    except ValidationError as refused:
        named = refused.error_dict if hasattr(refused, "error_dict") else {"": refused}
        kinds = {one.name: one.kind for one in form.questions}
        for name, problem in named.items():
            parts = PARTS.get(kinds.get(name, ""))
            form.add_error((f"{name}_{parts[0]}" if parts else name) or None, problem)
        return False
    return True


def _after(number: str, names: list[str], name: str, to_review: bool) -> str:
    """Where saving a section leads: the next one, then the documents; from the review back to it."""
    if to_review:
        return reverse("licensing:file-review", args=[number])
    following = names[names.index(name) + 1 :]
    if following:
        return f"{reverse('licensing:file-fill', args=[number])}?bagian={following[0]}"
    return reverse("licensing:file-documents", args=[number])


def _steps(file: Any, here: str, names: list[str]) -> dict[str, Any]:
    """How far filling in is: the sections, the documents, the review."""
    order = [*names, "dokumen", "periksa"]
    return {
        "file": file,
        "title": applying.title_of(file.licence),
        "step": order.index(here) + 1,
        "steps": len(order),
        "before": names[names.index(here) - 1] if here in names[1:] else "",
        "last_section": names[-1] if names else "",
    }


@never_cache
@require_safe
def file_documents(request: HttpRequest, number: str) -> HttpResponse:
    """The documents that belong to a file, each with how it stands."""
    _who, file = asked_about(request, number)
    service = filled.service_of(file)
    context = _steps(file, "dokumen", list(sections(service))) | {
        "slots": [
            (slot, may_change(file.state, file.open_parts, f"document:{slot.code}")) for slot in filled.slots_of(file)
        ],
        "service": service,
        "is_draft": file.state in WHOLLY_OPEN,
    }
    return render(request, "licensing/file_documents.html", context)


@never_cache
@form_page
def file_document(request: HttpRequest, number: str, slot: str) -> HttpResponse:
    """One document: from the wallet, as a new photo, or the original at the counter."""
    _who, file = asked_about(request, number)
    wanted = next((one for one in filled.service_of(file).documents if one.code == slot), None)
    if wanted is None:
        raise Http404(slot)
    way = request.POST.get("cara", "") if request.method == "POST" else ""
    form = PhotoForm(request.POST, request.FILES) if way == "foto" else PhotoForm()
    refused: list[str] = []
    if way and (way != "foto" or form.is_valid()):
        try:
            _put(request, way, form, file, slot)
        except ValidationError as problem:
            refused = problem.messages
        else:
            return redirect(_documents_or_repair(file))
    context = filled.document_page(file, wanted) | {
        "form": form,
        "refused": refused,
        "open": may_change(file.state, file.open_parts, f"document:{slot}"),
        "back": _documents_or_repair(file),
    }
    return render(request, "licensing/file_document.html", context, status=422 if refused or form.errors else 200)


def _documents_or_repair(file: Any) -> str:
    page = "licensing:file-repair" if file.state in SENT_BACK else "licensing:file-documents"
    return reverse(page, args=[file.number])


def _put(request: HttpRequest, way: str, form: PhotoForm, file: Any, slot: str) -> None:
    """Do with a slot what was pressed. Raises ValidationError."""
    actor, at = signed_in(request)[1], timezone.now()
    if way == "asli":
        filling.bring_original(application=file, slot=slot, by=actor, at=at)
    elif way == "kosongkan":
        filling.detach(application=file, slot=slot, by=actor, at=at)
    elif way == "foto":
        content = content_of(form.cleaned_data["file"])
        filling.attach_document(application=file, slot=slot, content=content, by=actor, at=at)
    else:
        document = filled.document_of(file, request.POST.get("dompet", ""))
        if document is None:
            raise ValidationError(_("Pilih berkasnya dulu."))
        filling.attach_document(application=file, slot=slot, document=document, by=actor, at=at)


@never_cache
@form_page
def file_review(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that was filled in, each with a link to change it, and the button that sends it."""
    actor, file = asked_about(request, number)
    if file.state != "draft":
        return redirect("licensing:file", number=file.number)
    refused: list[str] = []
    if request.method == "POST":
        try:
            submit(application=file, revision=sent_revision(request), by=actor, at=timezone.now())
        except ValidationError as problem:
            refused = problem.messages
        else:
            return redirect("licensing:file-receipt", number=file.number)
    context = _steps(file, "periksa", list(sections(filled.service_of(file)))) | filled.review_page(file)
    return render(request, "licensing/file_review.html", context | {"refused": refused}, status=422 if refused else 200)


@never_cache
@form_page
def file_repair(request: HttpRequest, number: str) -> HttpResponse:
    """Only what was sent back, with why. Fields are saved here, documents on their own page, then it is sent."""
    actor, file = asked_about(request, number)
    if file.state not in SENT_BACK:
        return redirect("licensing:file", number=file.number)
    service = filled.service_of(file)
    named = [one for one in service.fields if f"field:{one.name}" in file.open_parts]
    sends = request.method == "POST" and "kirim" in request.POST
    form = _answers_form(request, file, named)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid() and (not named or _saved(request, file, form)):
        if not sends:
            return redirect("licensing:file-repair", number=file.number)
        try:
            send_repair(application=file, revision=sent_revision(request), by=actor, at=timezone.now())
        except ValidationError as problem:
            refused = problem.messages
        else:
            return redirect(f"{reverse('licensing:file', args=[file.number])}?terkirim=1")
    context = applying.repair_page(actor, file, timezone.now()) | {"form": form, "refused": refused, "word": WordForm()}
    rows = {f"field:{row.question.name}": [row] for row in form.rows()}
    context["asked"] = [(part, rows.get(part.code, [])) for part in context["parts"]]
    return render(request, "licensing/file_repair.html", context, status=422 if refused or form.errors else 200)
