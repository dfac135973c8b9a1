"""Papers of other offices: filed there, the number that came, a refusal, sittings in which somebody helped."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from satupintu.accounts.forms import posted
from satupintu.licensing.actions import elsewhere
from satupintu.licensing.actions.elsewhere import HELP_CONSENT
from satupintu.licensing.forms.files import FiledForm, NumberForm, OutsideRefusalForm, SittingForm
from satupintu.licensing.queries import applying as queries
from satupintu.licensing.queries.desk_file import presets
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.views.asking import asked_about, form_about, sent_revision
from satupintu.registry.queries.known import texts_on

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def file_filed(request: HttpRequest, number: str) -> HttpResponse:
    """Note on which day and where it was filed at the other office."""
    _actor, file = asked_about(request, number)
    words = {
        "title": _("Sudah diajukan di kantor lain"),
        "button": _("Simpan"),
        "intro": _("SatuPintu tidak menerbitkan surat ini. Kami mencatat dan mengingatkan."),
        "revision": file.revision,
    }
    form = FiledForm(posted(request), initial={"filed_on": timezone.localdate(), "where": queries.issuer_of(file)})
    return form_about(request, file, form, elsewhere.file_elsewhere, words, revision=sent_revision(request))


@never_cache
@form_page
def file_number(request: HttpRequest, number: str) -> HttpResponse:
    """Note the number of the paper that came, with a photo of it if there is one."""
    _actor, file = asked_about(request, number)
    words = {
        "title": _("Catat nomornya"),
        "button": _("Simpan nomor"),
        "intro": _("Tulis seperti di suratnya. Langkah Bapak/Ibu lalu maju."),
        "evidence": service_of(file).evidence,
        "file": True,
        "revision": file.revision,
    }
    form = NumberForm(posted(request), request.FILES or None)
    return form_about(request, file, form, elsewhere.note_number, words, revision=sent_revision(request))


@never_cache
@form_page
def file_refusal(request: HttpRequest, number: str) -> HttpResponse:
    """Note why the other office refused."""
    _actor, file = asked_about(request, number)
    words = {"title": _("Kantor lain menolak"), "button": _("Simpan"), "revision": file.revision}
    form = OutsideRefusalForm(posted(request), reasons=presets("refuse_elsewhere", file.licence))
    return form_about(request, file, form, elsewhere.note_refusal, words, revision=sent_revision(request))


@never_cache
@form_page
def file_sitting(request: HttpRequest, number: str) -> HttpResponse:
    """Record that somebody was helped, by the consent that is read out first (PP 7/2021 art. 40)."""
    _actor, file = asked_about(request, number)
    consent = next(text for purpose, text in texts_on(timezone.localdate()) if purpose.purpose == HELP_CONSENT)
    words = {
        "title": _("Catat pendampingan"),
        "button": _("Simpan pendampingan"),
        "intro": _("Bacakan dulu kalimatnya. Kalau tidak, layanan tetap jalan."),
        "consent": consent,
    }
    return form_about(request, file, SittingForm(posted(request)), elsewhere.record_sitting, words)
