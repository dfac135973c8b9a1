"""Aid handed over at an event."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.forms import AidForm
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted, sent_ref


@never_cache
@require_safe
def aid(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The ledger of each item, and one tap for who receives it now."""
    actor, event = asked_about(request, ref)
    return _ledger_page(request, actor, event)


def _ledger_page(request: HttpRequest, actor: Any, event: Any, problem: str = "") -> HttpResponse:
    context = {"event": event, "rows": queries.aid_of(actor, event), "problem": problem, "tab": "aid"}
    context["may"] = queries.abilities(actor)
    return render(request, "outreach/aid.html", context, status=422 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def aid_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write a kind of aid."""
    _actor, event = asked_about(request, ref)
    words = {"title": _("Catat bantuan"), "button": _("Simpan bantuan")}
    return form_about(request, event, AidForm(posted(request)), actions.add_aid, words, "aid", event=event)


@never_cache
@require_POST
def hand_over(request: HttpRequest, ref: UUID, key: int) -> HttpResponse:
    """Somebody receives some units of an item; a second time is refused with when the first one was.

    A photo as proof comes next.
    """
    actor, event = asked_about(request, ref)
    item = or_404(queries.item_for(event, key))
    participant = or_404(queries.participant_of(event, request.POST.get("card", "")))
    proof = "photo" if request.POST.get("proof") == "photo" else "signature"
    now = timezone.now()
    typed = request.POST.get("quantity", "1").strip()
    quantity = int(typed) if re.fullmatch("[0-9]{1,6}", typed) else 0  # which the action refuses in words
    given = {"item": item, "participant": participant, "ref": sent_ref(request), "pressed_at": now, "proof": proof}
    try:
        actions.hand_over(**given, quantity=quantity, by=actor, at=now)
    except ValidationError as refused:
        return _ledger_page(request, actor, event, " ".join(refused.messages))
    if proof == "photo":
        asked = urlencode({"jenis": "hand_over", "barang": item.pk, "kartu": participant.card})
        return redirect(f"{reverse('outreach:photo-new', args=[ref])}?{asked}")
    return redirect(f"{reverse('outreach:aid', args=[ref])}#bantuan-{item.pk}")
