"""Events: the list, one of them, its values, its partners and team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.forms import add_refusal
from satupintu.outreach import actions, queries
from satupintu.outreach.forms import EventForm, FilterForm, MemberForm, PartnerForm
from satupintu.outreach.forms.events import PARTNER_LABELS, ROLE_LABELS, STATE_LABELS
from satupintu.outreach.views.asking import asked_about, asker, form_about, or_404, posted
from satupintu.registry.queries.known import region_name

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The events of the asker's area, newest first, narrowed and in pages."""
    actor = asker(request)
    form = FilterForm(request.GET, actor=actor)
    asked = request.GET.get("halaman", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    filters = form.filters()
    page = queries.events_page(actor, filters, number)
    kept = request.GET.copy()
    kept.pop("halaman", None)
    rows = [
        {"event": event, "region": region_name(event.region), "state": STATE_LABELS[event.state]}
        for event in page.events
    ]
    context = {"rows": rows, "page": page, "form": form, "filters": filters, "kept": kept.urlencode()}
    return render(request, "outreach/events.html", context | {"may": queries.abilities(actor)})


@never_cache
@form_page
def event_new(request: HttpRequest) -> HttpResponse:
    """Make an event, with the programme of a template in the same step."""
    actor = asker(request)
    form = EventForm(posted(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_event(**form.values(), by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("outreach:event", ref=made.ref)
    context = {"form": form, "wanted": queries.wanted_lately(actor, localdate())}
    return render(request, "outreach/event_new.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def event(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The plan of an event: values, partners, team, programme with warnings."""
    actor, found = asked_about(request, ref)
    context = queries.event_page(found)
    context["partners"] = [(partner, PARTNER_LABELS[partner.kind]) for partner in context["partners"]]
    context["team"] = [(member, ROLE_LABELS[member.role]) for member in context["team"]]
    context |= {"state": STATE_LABELS[found.state], "matrix": queries.coverage_of(found)}
    return render(request, "outreach/event.html", context | {"may": queries.abilities(actor), "tab": "plan"})


@never_cache
@form_page
def event_edit(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Change the values of an event."""
    actor, found = asked_about(request, ref)
    form = EventForm(posted(request), actor=actor, new=False, initial=EventForm.initial_of(found))
    return form_about(request, found, form, actions.change_event, _words(_("Ubah acara")), "event", event=found)


@never_cache
@require_POST
def event_state(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Let an event begin or end; a press that came too late changes nothing."""
    actor, found = asked_about(request, ref)
    state = request.POST.get("state", "")
    try:
        actions.change_state(event=found, state=state, by=actor, at=timezone.now())
    except ValidationError:
        return redirect("outreach:event", ref=ref)
    return redirect("outreach:running" if state == "running" else "outreach:event", ref=ref)


@never_cache
@form_page
def partner_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add a partner."""
    _actor, found = asked_about(request, ref)
    form = PartnerForm(posted(request))
    return form_about(request, found, form, actions.add_partner, _words(_("Tambah mitra")), "event", event=found)


@never_cache
@require_POST
def partner_remove(request: HttpRequest, ref: UUID, key: int) -> HttpResponse:
    """Take a partner off."""
    actor, found = asked_about(request, ref)
    partner = or_404(queries.partner_of(found, key))
    actions.remove_partner(event=found, partner=partner, by=actor, at=timezone.now())
    return redirect("outreach:event", ref=ref)


@never_cache
@form_page
def member_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add somebody to the team."""
    _actor, found = asked_about(request, ref)
    form = MemberForm(posted(request))
    return form_about(request, found, form, actions.add_member, _words(_("Tambah tim")), "event", event=found)


@never_cache
@require_POST
def member_remove(request: HttpRequest, ref: UUID, key: int) -> HttpResponse:
    """Take somebody off the team."""
    actor, found = asked_about(request, ref)
    member = or_404(queries.member_of(found, key))
    actions.remove_member(event=found, member=member, by=actor, at=timezone.now())
    return redirect("outreach:event", ref=ref)


def _words(title: str) -> dict[str, Any]:
    return {"title": title, "button": _("Simpan")}
