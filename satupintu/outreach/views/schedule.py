"""The public schedule: events that were announced, signing up with a number, calendar files."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.accounts.forms import add_refusal
from satupintu.accounts.queries import actor_of
from satupintu.accounts.rules import VISITOR
from satupintu.audit.fields import lookup
from satupintu.outreach import actions, queries
from satupintu.outreach.forms import SignUpForm
from satupintu.outreach.rules.calendar_file import calendar_file
from satupintu.outreach.views.asking import or_404, posted


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """The announced events, the next one first."""
    return render(request, "outreach/schedule.html", {"events": queries.schedule(localdate())})


@never_cache
@sensitive_post_parameters("phone")
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_event(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One announced event, and signing up for it. Whatever we know of a number, the answer is the same."""
    found = or_404(queries.announced(ref, localdate()))
    form = SignUpForm(posted(request))
    state = request.GET.get("daftar", "")
    if request.method == "POST" and found.announcement.way == "phone" and form.is_valid():
        if form.cleaned_data["agree"] == "no":
            return redirect(f"{reverse('outreach:schedule-event', args=[ref])}?daftar=tanpa-nomor")
        if _signed_up(request, found, form):
            return redirect(f"{reverse('outreach:schedule-event', args=[ref])}?daftar=diterima")
    context = {"found": found, "event": found.event, "form": form, "state": state}
    context |= {"consent": queries.consent_words(localdate()), "materials": queries.public_materials(found.event)}
    return render(request, "outreach/schedule_event.html", context, status=422 if form.errors else 200)


def _signed_up(request: HttpRequest, found: queries.Open, form: SignUpForm) -> bool:
    phone = form.cleaned_data["phone"]
    known = lookup("phone", phone)
    if not (
        ratelimit.consume(request, action="event_sign_up")
        and ratelimit.consume(request, action="event_sign_up_number", key=known)
    ):
        form.add_error(None, _("Terlalu banyak percobaan. Tunggu dulu, atau datang langsung."))
        return False
    address = request.build_absolute_uri(reverse("outreach:sign-up-cancel", args=[UUID(int=0)]))
    try:
        actions.sign_up(
            event=found.event,
            phone=phone,
            channel=form.cleaned_data["agree"],
            language=get_language() or "id",
            link=address.replace(str(UUID(int=0)), "{ref}"),
            by=actor_of(request.user) or VISITOR,
            at=timezone.now(),
        )
    except ValidationError as refused:
        add_refusal(form, refused)
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_cancel(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take a sign-up back, for whoever holds its link. No number is shown."""
    found = or_404(queries.sign_up_for(ref))
    if request.method == "POST":
        actions.cancel_sign_up(sign_up=found, by=actor_of(request.user) or VISITOR, at=timezone.now())
        return redirect("outreach:sign-up-cancel", ref=ref)
    return render(request, "outreach/sign_up_cancel.html", {"sign_up": found, "event": found.event})


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every announced event as one calendar file."""
    return _calendar(request, queries.schedule(localdate()), "jadwal.ics")


@require_safe
def schedule_calendar(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One announced event as a calendar file."""
    return _calendar(request, [or_404(queries.announced(ref, localdate()))], "acara.ics")


def _calendar(request: HttpRequest, found: list[queries.Open], name: str) -> HttpResponse:
    entries = [
        queries.calendar_entry(
            one, request.build_absolute_uri(reverse("outreach:schedule-event", args=[one.event.ref])), _("Gratis.")
        )
        for one in found
    ]
    response = HttpResponse(calendar_file(entries, _("Jadwal SatuPintu")), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
