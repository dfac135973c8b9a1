"""The homes of visitors, vendors and staff, and the one search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satupintu.accounts.gate import signed_in
from satupintu.accounts.queries import actor_of
from satupintu.catalogue import queries as catalogue
from satupintu.desk.queries.figures import registry_figures
from satupintu.desk.queries.search import found
from satupintu.desk.queries.work import work_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For visitors the way into the finder; for who is signed in what is theirs to do."""
    if actor_of(request.user) is not None:
        response: HttpResponse = work(request)
        return response
    return render(request, "desk/home.html")


@never_cache
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What is mine to do today, with counts and links; a vendor's work is their plan."""
    actor = signed_in(request)[1]
    if actor.role == "vendor":
        return redirect("desk:my-plan")
    figures = registry_figures(actor) if actor.role == "leadership" else None
    return render(request, "desk/work.html", work_of(actor, catalogue.today()) | {"figures": figures})


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """People, businesses, markets, help, papers and laws, within what the asker may see."""
    text = request.GET.get("cari", "")
    return render(request, "desk/search.html", found(actor_of(request.user), text))
