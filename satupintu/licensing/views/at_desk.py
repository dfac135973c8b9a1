"""Who asks about which file, one press on it, and where to go afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext

from satupintu.accounts.gate import may, may_open, signed_in
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.moves import MISSING, Stale
from satupintu.licensing.queries import desk_file as queries
from satupintu.licensing.queries.queue import next_after
from satupintu.licensing.queries.visible import file_for
from satupintu.licensing.rules.numbers import read_number

STAYS = "licensing_stays"  # the session does not go on to the next file by itself
TYPED = ("receipt", "paid_on", "reason", "words", "text")  # what stands in the forms again after a refusal
# What other pages are for, by the move they lead to.
MOVE_PAGES = {
    "plan_visit": "licensing:visit-plan",
    "report_visit": "licensing:visit-report",
    "seek_recommendation": "licensing:recommendation-ask",
    "recommend": "licensing:recommendation-give",
    **dict.fromkeys(("grant", "grant_with_conditions", "refuse", "uphold", "overturn", "issue"), "licensing:decide"),
}


def asker(request: HttpRequest) -> Actor:
    """Who asks. Raises NotAllowed (shown as 404) for a visitor."""
    return signed_in(request)[1]


def asked_about(request: HttpRequest, number: str) -> tuple[Actor, Any]:
    """Who asks and about which file; 404 for one that is not theirs or not there, and for a draft."""
    actor = asker(request)
    file = file_for(actor, number)
    if file is None or file.state == "draft":
        raise Http404(number)
    return actor, file


def file_page(
    request: HttpRequest, number: str, problem: str = "", changed: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """The page of a file as it stands now, with a problem to tell or what changed meanwhile."""
    actor, file = asked_about(request, number)
    context = queries.desk_page(actor, file, timezone.now())
    context |= {
        "problem": problem,
        "typed": {name: request.POST.get(name, "") for name in TYPED},
        "ticked": request.POST.getlist("items"),
        "changed": changed or [],
        "shown": _shown(context["slots"], request.GET.get("berkas", "")),
        "document_reasons": queries.presets("return", file.licence, "document"),
        "send_back_reasons": queries.presets("send_back", file.licence),
        "awaited": [gettext(MISSING[name]) for name in context["awaited"]] if context["may_act"] else [],
        "links": _links(context["offered"], actor, number),
        "may_open_documents": may(actor, "registry.open_document"),
        "may_write": context["may_act"] and may(actor, "licensing.write_word"),
        "stays": bool(request.session.get(STAYS)),
        "saved": read_number(request.GET.get("selesai", "")),
        "today": timezone.localdate(),
    }
    return render(request, "licensing/desk_file.html", context, status=status)


def _shown(slots: list[queries.Slot], wanted: str) -> queries.Slot | None:
    """The document in the viewer: the one asked for, else the first that nobody judged, else the first there is."""
    there = [slot for slot in slots if slot.attachment is not None]
    asked = [slot for slot in there if slot.code == wanted]
    unjudged = [slot for slot in there if slot.attachment and not slot.attachment.verdict]
    return next(iter([*asked, *unjudged, *there]), None)


def _links(offered: set[str], actor: Actor, number: str) -> dict[str, str]:
    found = {}
    for move in sorted(offered & MOVE_PAGES.keys()):
        page = MOVE_PAGES[move]
        try:
            if may_open(actor, page):
                found[page.removeprefix("licensing:").replace("-", "_")] = reverse(page, args=[number])
        except NoReverseMatch:
            continue
    return found


def press(
    request: HttpRequest, number: str, action: Callable[..., Any], /, *, goes_on: bool = True, **given: Any
) -> HttpResponse:
    """Call one action on a file as its page was opened (its ``revision``) and go on; or tell why not."""
    actor, file = asked_about(request, number)
    revision = sent_revision(request)
    if goes_on:
        given["revision"] = revision
    try:
        action(application=file, **given, by=actor, at=timezone.now())
    except ValidationError as refused:
        return refusal(request, number, refused, revision)
    return done(request, actor, file) if goes_on else back_to(request, number)


def refusal(request: HttpRequest, number: str, refused: ValidationError, revision: int | None) -> HttpResponse:
    """The page of a file that tells why an action did not happen; for a stale page also what changed since."""
    told = " ".join(refused.messages)
    if isinstance(refused, Stale):
        _actor, file = asked_about(request, number)
        since = file.revision if revision is None else revision
        return file_page(request, number, told, queries.changed_since(file, since), 409)
    return file_page(request, number, told, status=422)


def sent_revision(request: HttpRequest) -> int | None:
    """The revision that a page was opened with; None where none was sent."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def back_to(request: HttpRequest, number: str) -> HttpResponse:
    """Back to the page of a file, at the document and the place a press came from."""
    shown = request.POST.get("berkas", "")
    places = (("item", "#daftar-periksa"), ("slot", "#berkas"), ("text", "#pesan"))
    place = next((place for name, place in places if name in request.POST), "")
    query = f"?{urlencode({'berkas': shown})}" if shown else ""
    return redirect(f"{reverse('licensing:desk-file', args=[number])}{query}{place}")


def done(request: HttpRequest, actor: Actor, file: Any) -> HttpResponse:
    """After a move: the next file of the actor, unless they stay; the queue if there is none."""
    query = urlencode({"selesai": file.number})
    following = None if request.session.get(STAYS) else next_after(actor, timezone.now(), file)
    if following is not None:
        return redirect(f"{reverse('licensing:desk-file', args=[following.number])}?{query}")
    return redirect(f"{reverse('licensing:queue')}?{query}")
