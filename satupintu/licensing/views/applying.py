"""The applicant's files: the list, starting one, its page, its receipt."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import posted
from satupintu.accounts.gate import signed_in
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.files import start_file
from satupintu.licensing.actions.words import read_words
from satupintu.licensing.forms.files import StartForm, WordForm
from satupintu.licensing.printing import receipt_pdf
from satupintu.licensing.queries import applying as queries
from satupintu.licensing.queries.receipts import receipt_of
from satupintu.licensing.queries.told import link_of
from satupintu.licensing.views.asking import asked_about

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def my_files(request: HttpRequest) -> HttpResponse:
    """The files of the vendor, or for staff those of somebody they may see."""
    actor, person = _asked_person(request)
    if person is None and actor.role != "vendor":
        return redirect("registry:people")
    files = queries.files_of(actor, person) if person else []
    context = {"person": person, "files": files, "is_own": actor.role == "vendor"}
    return render(request, "licensing/my_files.html", context)


@never_cache
@form_page
def file_new(request: HttpRequest) -> HttpResponse:
    """What a paper needs, and the button that starts its file; an open one is gone on with."""
    actor, person = _asked_person(request)
    licence = request.GET.get("surat", "")
    if person is None or not licence:
        return redirect("licensing:my-files")
    page = queries.start_page(actor, person, licence, timezone.localdate())
    if page is None:
        raise Http404(licence)
    form = StartForm(posted(request), initial={"usaha": request.GET.get("usaha", ""), "channel": "counter"})
    if request.method == "POST" and form.is_valid():
        begun = _started(request, person, page, form)
        if begun is not None:
            return redirect("licensing:file-fill", number=begun.number)
    context = page | {"form": form, "chosen": form["usaha"].value() or ""}
    return render(request, "licensing/file_new.html", context, status=422 if form.errors else 200)


def _asked_person(request: HttpRequest) -> tuple[Actor, Any]:
    """Who asks and for whom; nobody for staff who name none. 404 for somebody they may not see."""
    actor, ref = signed_in(request)[1], request.GET.get("pedagang", "")
    person = queries.person_asked(actor, ref)
    if person is None and ref and actor.role != "vendor":
        raise Http404(ref)
    return actor, person


def _started(request: HttpRequest, person: Any, page: dict[str, Any], form: StartForm) -> Any:
    actor = signed_in(request)[1]
    wanted = form.cleaned_data["usaha"]
    business = next((one for one in page["businesses"] if str(one.ref) == wanted), None)
    if business is None and len(page["businesses"]) == 1:
        business = page["businesses"][0]
    if business is None and page["businesses"]:
        form.add_error(None, _("Pilih dulu usahanya."))
        return None
    channel = "self" if actor.role == "vendor" else form.cleaned_data["channel"] or "counter"
    try:
        return start_file(
            person=person,
            licence=page["service"].code,
            business=business,
            channel=channel,
            by=actor,
            at=timezone.now(),
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


@never_cache
@require_safe
def file(request: HttpRequest, number: str) -> HttpResponse:
    """One file: who has it until when, what happened, messages, documents, what may be done."""
    actor, found = asked_about(request, number)
    page = queries.file_page(actor, found, timezone.now())
    if request.method == "GET" and page["may_write"] and page["thread"]:
        read_words(application=found, by=actor, at=timezone.now())
    page |= {"form": WordForm(), "sent": "terkirim" in request.GET}
    return render(request, "licensing/file.html", page)


@never_cache
@require_safe
def file_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The number of a file that was sent, with the QR of its tracking page."""
    actor, found = asked_about(request, number)
    if found.submitted_at is None:
        return redirect("licensing:file", number=found.number)
    page = queries.file_page(actor, found, timezone.now()) | {"link": request.build_absolute_uri(link_of(found))}
    return render(request, "licensing/file_receipt.html", page)


@never_cache
@require_safe
def file_receipt_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt on A5."""
    _actor, found = asked_about(request, number)
    if found.submitted_at is None:
        return redirect("licensing:file", number=found.number)
    content = receipt_pdf(
        receipt_of(found, request.build_absolute_uri(link_of(found))), timezone.now().replace(microsecond=0)
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return response
