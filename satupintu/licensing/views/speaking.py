"""What an applicant says about a file: a message, taking it back, objecting to a decision."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from satupintu.accounts.forms import add_refusal, posted
from satupintu.licensing.actions.files import object_to_decision, withdraw
from satupintu.licensing.actions.words import write_word
from satupintu.licensing.forms.files import ObjectionForm, WithdrawForm, WordForm
from satupintu.licensing.queries import applying as queries
from satupintu.licensing.queries.desk_file import presets
from satupintu.licensing.rules.parts import SENT_BACK
from satupintu.licensing.views.asking import asked_about, form_about, sent_revision

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_POST
def file_word(request: HttpRequest, number: str) -> HttpResponse:
    """Write a message; a refused one is shown again with what was typed."""
    actor, file = asked_about(request, number)
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            write_word(application=file, text=form.cleaned_data["text"], by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            page = "licensing:file-repair" if file.state in SENT_BACK else "licensing:file"
            return redirect(f"{reverse(page, args=[file.number])}#pesan")
    context = queries.file_page(actor, file, timezone.now()) | {"form": form}
    return render(request, "licensing/file_word.html", context, status=422)


@never_cache
@form_page
def file_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take an application back, after one page that says what that means."""
    actor, file = asked_about(request, number)
    if "withdraw" not in queries.file_page(actor, file, timezone.now())["offered"]:
        return redirect("licensing:file", number=file.number)
    words = {
        "title": _("Tarik permohonan ini?"),
        "button": _("Tarik permohonan"),
        "danger": True,
        "intro": _("Berkas ditutup dan tidak diperiksa lagi. Boleh ajukan lagi kapan saja, gratis."),
        "revision": file.revision,
    }
    form = WithdrawForm(posted(request), reasons=presets("withdraw", file.licence))
    return form_about(request, file, form, withdraw, words, revision=sent_revision(request))


@never_cache
@form_page
def file_decision(request: HttpRequest, number: str) -> HttpResponse:
    """What was decided and why, with its articles, and the form of an objection while it may be made."""
    actor, file = asked_about(request, number)
    page = queries.decision_page(actor, file, timezone.now())
    if page is None:
        return redirect("licensing:file", number=file.number)
    form = ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "revision": sent_revision(request)}
        try:
            object_to_decision(application=file, **given, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect(f"{reverse('licensing:file', args=[file.number])}?terkirim=1")
    return render(request, "licensing/file_decision.html", page | {"form": form}, status=422 if form.errors else 200)
