"""Renewing a paper: when that opens, what stays as it is, and the button that begins it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from satupintu.accounts.gate import signed_in
from satupintu.licensing.actions.renewing import start_renewal
from satupintu.licensing.queries.papers import paper_for
from satupintu.licensing.queries.register import title
from satupintu.licensing.queries.renewing import renewal_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What renewing means for one paper; sent, it begins the file, or goes on with the one begun before."""
    _user, actor = signed_in(request)
    paper = paper_for(actor, ref)
    if paper is None:
        raise Http404(str(ref))
    problems: list[str] = []
    if request.method == "POST":
        channel = "self" if actor.role == "vendor" else "counter"
        try:
            file = start_renewal(certificate=paper, channel=channel, by=actor, at=timezone.now())
        except ValidationError as refused:
            problems = refused.messages
        else:
            return redirect("licensing:file-fill", number=file.number)
    renewal = renewal_of(paper, timezone.localdate())
    context = {"paper": paper, "title": title(paper.licence), "renewal": renewal, "problems": problems}
    return render(request, "licensing/renew.html", context, status=422 if problems else 200)
