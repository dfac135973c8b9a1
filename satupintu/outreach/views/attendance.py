"""Who came, by the code of a card, by its QR, or by the signed paper list."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from satupintu.accounts.forms import add_refusal
from satupintu.outreach import actions, queries
from satupintu.outreach.forms import PaperListForm
from satupintu.outreach.views.asking import asked_about, posted, sent_ref
from satupintu.outreach.views.people import list_page


@never_cache
@require_POST
def card_scan(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A card typed or scanned: who holds it arrives; somebody who is here already is only shown."""
    actor, event = asked_about(request, ref)
    read = queries.card_scanned(event, request.POST.get("kode", ""))
    if read.participant is None:
        return list_page(request, actor, event, read.problem)
    if not read.came:
        now = timezone.now()
        try:
            actions.tap_person(
                participant=read.participant,
                kind="arrived",
                ref=sent_ref(request),
                pressed_at=now,
                source=read.source,
                by=actor,
                at=now,
            )
        except ValidationError as refused:
            return list_page(request, actor, event, " ".join(refused.messages))
    card, again = read.participant.card, "lagi" if read.came else "hadir"
    return redirect(f"{reverse('outreach:participants', args=[ref])}?{again}={card}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_list(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Tick who signed the paper list, in the order of the paper; the photo of the list is kept beside it."""
    actor, event = asked_about(request, ref)
    rows = queries.people_of(actor, event)["rows"]
    names = {row["participant"].card: row["name"] for row in rows}
    waiting = [row["participant"] for row in rows if not row["presence"].came]
    lists = {str(photo.ref): photo for photo in queries.paper_lists_of(event)}
    form = PaperListForm(posted(request), event=event, lists=lists, waiting=waiting, initial={"ref": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.tick_paper_list(event=event, **form.values(), by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("outreach:participants", ref=ref)
    ticks = [row | {"name": names[row["participant"].card]} for row in form.rows()]
    context = {"event": event, "form": form, "ticks": ticks, "lists": lists.values(), "came": len(rows) - len(waiting)}
    context["photo_address"] = f"{reverse('outreach:photo-new', args=[ref])}?jenis=paper_list"
    context["title"] = _("Salin daftar hadir kertas")
    return render(request, "outreach/paper_list.html", context, status=422 if form.errors else 200)
