"""Finding people, one person's page, writing and changing them, showing what is masked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from satupintu.accounts.forms import add_refusal
from satupintu.registry import actions
from satupintu.registry.forms import FilterForm, ForgetForm, PersonForm, RevealForm
from satupintu.registry.forms.choices import REASON_LABELS
from satupintu.registry.queries import doubles, known, visible
from satupintu.registry.queries import people as queries
from satupintu.registry.queries.search import search
from satupintu.registry.views.asking import asked_about, asker

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_http_methods(["GET", "HEAD"])
def people(request: HttpRequest) -> HttpResponse:
    """The search box, and below it who was found or the list with its filters."""
    actor = asker(request)
    text = request.GET.get("cari", "").strip()[:100]
    form = FilterForm(request.GET, actor=actor)
    filters = form.filters()
    page = queries.Page() if text else queries.page(actor, filters, _ref(request.GET.get("sesudah")))
    kept = request.GET.copy()
    kept.pop("sesudah", None)
    context = {
        "text": text,
        "answer": search(actor, text) if text else None,
        "rows": [_row(one) for one in page.people],
        "after": page.after,
        "form": form,
        "filters": filters,
        "kept": kept.urlencode(),
        "may": visible.abilities(actor),
    }
    return render(request, "registry/people.html", context)


@never_cache
@require_http_methods(["GET", "HEAD"])
def person(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One person: masked numbers, what they run, hold and agreed to, and who looked at them."""
    return _person(request, ref)


@never_cache
@require_POST
def person_reveal(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The person's page with the whole NIK or phone number, once the reason is written."""
    actor, person = asked_about(request, ref)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _person(request, ref, reveal=form)
    action = actions.reveal_nik if form.cleaned_data["what"] == "nik" else actions.reveal_phone
    try:
        value = action(person=person, reason=form.cleaned_data["reason"], by=actor, at=timezone.now())
    except ValidationError as refused:
        add_refusal(form, refused)
        return _person(request, ref, reveal=form)
    return _person(request, ref, shown={form.cleaned_data["what"]: value})


@never_cache
@form_page
def person_new(request: HttpRequest) -> HttpResponse:
    """Write somebody new; whoever looks like them is shown first."""
    actor = asker(request)
    posted = request.method == "POST"
    typed = {name: request.POST.get(name, "") for name in ("display_name", "nik", "phone", "region")}
    found = (
        doubles.doubles_of_draft(
            name=typed["display_name"], nik=typed["nik"], phone=typed["phone"], region=typed["region"]
        )
        if posted
        else []
    )
    form = PersonForm(request.POST or None, actor=actor, asks=bool(found))
    if posted and form.is_valid():
        sure = form.cleaned_data["another_person"]
        if not found or sure:
            try:
                made = actions.register_person(**form.values(), another_person=sure, by=actor, at=timezone.now())
            except ValidationError as refused:
                add_refusal(form, refused)
            else:
                return redirect("registry:person", ref=made.ref)
    context = {"form": form, "doubles": _shown(actor, found)}
    return render(request, "registry/person_new.html", context, status=422 if form.errors else 200)


@never_cache
@form_page
def person_edit(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Change a person's values; masked numbers stay as they are unless typed anew."""
    actor, person = asked_about(request, ref)
    kept = ("display_name", "sex", "birth_year", "region", "language", "channel")
    form = PersonForm(request.POST or None, initial={name: getattr(person, name) for name in kept}, actor=actor)
    if request.method == "POST" and form.is_valid():
        # An empty number means "as it is": the form never holds the whole one.
        changes = {name: value for name, value in form.values().items() if value or name not in ("nik", "phone")}
        try:
            actions.change_person(person=person, changes=changes, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:person", ref=ref)
    return render(request, "registry/person_edit.html", {"form": form, "person": person})


@never_cache
@form_page
def person_forget(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Erase a person for good, after one page that says what goes."""
    actor, person = asked_about(request, ref)
    form = ForgetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.forget_person(person=person, why=form.cleaned_data["reason"], by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:people")
    return render(request, "registry/person_forget.html", {"form": form, "person": person})


def _person(
    request: HttpRequest, ref: UUID, reveal: RevealForm | None = None, shown: dict[str, str] | None = None
) -> HttpResponse:
    actor, person = asked_about(request, ref)
    context = queries.person_page(actor, person) | {
        "reveal": reveal or RevealForm(),
        "shown": shown or {},
        "may": visible.abilities(actor),
        "merges": list(doubles.merges_of(person)),
        "is_own": actor.role == "vendor",
    }
    return render(request, "registry/person.html", context, status=422 if reveal and reveal.errors else 200)


def _row(person: Any) -> dict[str, Any]:
    titles = known.papers()
    held = {titles.get(paper.paper, paper.paper) for paper in person.papers.all() if paper.withdrawn_at is None}
    return {"person": person, "region": known.region_name(person.region), "papers": sorted(held)}


def _shown(actor: Any, found: list[doubles.Suspect]) -> list[dict[str, Any]]:
    """Likely doubles as a page tells them: those of another area are counted, not named."""
    return [
        {
            "person": suspect.person if visible.sees(actor, suspect.person) else None,
            "reasons": [REASON_LABELS[reason] for reason in suspect.likeness.reasons],
        }
        for suspect in found[:5]
    ]


def _ref(typed: str | None) -> UUID | None:
    try:
        return UUID(typed or "")
    except ValueError:
        return None
