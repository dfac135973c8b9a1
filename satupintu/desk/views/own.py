"""What is a vendor's own: their documents, their data, what they agreed to, who looked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.forms import add_refusal
from satupintu.accounts.gate import signed_in
from satupintu.desk.forms import AnswerForm
from satupintu.licensing.queries.own_data import files_of_person
from satupintu.registry import actions
from satupintu.registry.forms import DocumentForm
from satupintu.registry.queries import known, plans
from satupintu.registry.queries import people as queries

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def my_documents(request: HttpRequest) -> HttpResponse:
    """The vendor's wallet, and one more photo or PDF for it."""
    actor = signed_in(request)[1]
    person = plans.person_of(actor)
    if person is None:
        return render(request, "desk/my_documents.html", {"person": None})
    sent = request.method == "POST"
    kind = request.GET.get("jenis", "")
    form = DocumentForm(
        request.POST if sent else None, request.FILES or None, actor=actor, person=person, initial={"kind": kind}
    )
    if sent and form.is_valid():
        try:
            actions.add_document(person=person, **form.values(), by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect(_back(request) or f"{reverse('desk:my-documents')}?tersimpan=1")
    context = {
        "person": person,
        "form": form,
        "rows": queries.documents_of(person),
        "saved": "tersimpan" in request.GET,
        "back": _back(request),
    }
    return render(request, "desk/my_documents.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What the vendor agreed to with the words of then, who opened their data, and what they may do with it."""
    person = plans.person_of(signed_in(request)[1])
    if person is None:
        return render(request, "desk/my_data.html", {"person": None})
    return _data(request, person)


def _data(request: HttpRequest, person: Any, refused: ValidationError | None = None) -> HttpResponse:
    context = {
        "person": person,
        "region": known.region_name(person.region),
        "consents": queries.consents_of(person),
        "looks": queries.looks_at(person),
        "asked_to_forget": "hapus" in request.GET,
        "refused": refused.messages if refused else [],
    }
    return render(request, "desk/my_data.html", context, status=422 if refused else 200)


@never_cache
@require_POST
def my_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Change the answer to one purpose: a yes or no, or take a yes back."""
    actor = signed_in(request)[1]
    person = plans.person_of(actor)
    form = AnswerForm(request.POST)
    if person is None or purpose not in known.purposes():
        raise Http404(purpose)
    if not form.is_valid():
        return _data(request, person, ValidationError(_("Pilih jawabannya: ya atau tidak.")))
    at, given = timezone.now(), form.cleaned_data["given"] == "yes"
    try:
        if not given and queries.agrees(person, purpose):
            actions.withdraw_consent(person=person, purpose=purpose, by=actor, at=at)
        else:
            actions.give_consent(person=person, purpose=purpose, given=given, by=actor, at=at)
    except ValidationError as refused:
        return _data(request, person, refused)
    return redirect(f"{reverse('desk:my-data')}#{purpose}")


@never_cache
@require_POST
def my_data_copy(request: HttpRequest) -> HttpResponse:
    """Everything we keep about the vendor, as a JSON file."""
    actor = signed_in(request)[1]
    person = plans.person_of(actor)
    if person is None:
        raise Http404("person")
    data = actions.hand_out_own_data(person=person, by=actor, at=timezone.now())
    data |= {"permohonan": files_of_person(person)}
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response


@never_cache
@form_page
def my_data_forget(request: HttpRequest) -> HttpResponse:
    """Ask for one's data to be erased, after one page that says what goes."""
    actor = signed_in(request)[1]
    person = plans.person_of(actor)
    if person is None:
        return redirect("desk:my-data")
    if request.method == "POST":
        actions.ask_to_be_forgotten(person=person, by=actor, at=timezone.now())
        return redirect(f"{reverse('desk:my-data')}?hapus=1")
    return render(request, "desk/my_data_forget.html", {"person": person})


def _back(request: HttpRequest) -> str:
    """The page of ours to return to after a photo, if one was named."""
    wanted = request.POST.get("kembali") or request.GET.get("kembali", "")
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
