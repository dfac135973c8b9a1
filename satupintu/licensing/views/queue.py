"""The queue: its views, the next file, the table, views of one's own, and many files taken in at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.gate import may, may_open
from satupintu.licensing.actions.claims import take_next
from satupintu.licensing.actions.intake import bulk_accept as accept_many
from satupintu.licensing.actions.saved_views import export_queue, remove_view, save_view
from satupintu.licensing.forms.queue import VIEW_LABELS, FilterForm, chosen_view
from satupintu.licensing.queries import bulk as bulk_queries
from satupintu.licensing.queries import queue as queries
from satupintu.licensing.queries.delegations import held_today
from satupintu.licensing.rules.numbers import read_number
from satupintu.licensing.views.at_desk import STAYS, asker
from satupintu.registry import sheets
from satupintu.web.navigation import address

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Lists beside the queue, for whoever may open them.
OTHER_PAGES = {
    "licensing:visits": gettext_lazy("Kunjungan"),
    "licensing:recommendations": gettext_lazy("Rekomendasi diminta"),
    "licensing:calendar": gettext_lazy("Kalender"),
    "licensing:delegations": gettext_lazy("Pelimpahan"),
    "licensing:desk-papers": gettext_lazy("Surat terbit"),
    "licensing:series": gettext_lazy("Nomor surat"),
}
KEPT = ("lihat", "surat", "keadaan", "wilayah", "pasar", "asal", "rombongan", "cari")


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """One view of the queue, the most pressing file on top."""
    return _queue_page(request)


def _queue_page(request: HttpRequest, problem: str = "") -> HttpResponse:
    actor, now = asker(request), timezone.now()
    form = FilterForm(request.GET, actor=actor)
    view, filters = chosen_view(actor, request.GET.get("lihat", "")), form.filters()
    page = queries.page(actor, view, filters, now, read_number(request.GET.get("sesudah", "")) or "")
    views = queries.counts(actor, now)
    context = {
        "view": view,
        "title": VIEW_LABELS[view],
        "views": [{"view": one, "label": VIEW_LABELS[one.code]} for one in views],
        "unclaimed": next(one for one in views if one.code == queries.UNCLAIMED),
        "page": page,
        "form": form,
        "filters": filters,
        "kept": _kept(request),
        "saved_views": queries.saved_views(actor),
        "may": {name: may(actor, f"licensing.{name}") for name in ("take_next", "claim", "bulk_accept", "save_view")},
        "saved": read_number(request.GET.get("selesai", "")),
        "nothing_waits": request.GET.get("habis") == "1",
        "stays": bool(request.session.get(STAYS)),
        "problem": problem,
        "held": held_today(actor, timezone.localdate()),
        "other_pages": [(address(page), label) for page, label in OTHER_PAGES.items() if may_open(actor, page)],
    }
    return render(request, "licensing/queue.html", context, status=422 if problem else 200)


def _kept(request: HttpRequest) -> str:
    """The view and its filters as a query string, without the place in it."""
    given = request.POST if request.method == "POST" else request.GET
    return urlencode([(name, given[name][:100]) for name in KEPT if given.get(name)])


@require_POST
def queue_next(request: HttpRequest) -> HttpResponse:
    """Take the most pressing file that waits for one's desk."""
    found = take_next(by=asker(request), at=timezone.now())
    if found is None:
        return redirect(f"{reverse('licensing:queue')}?habis=1")
    return redirect("licensing:desk-file", number=found.number)


@require_POST
def queue_stay(request: HttpRequest) -> HttpResponse:
    """Go on to the next file by itself, or stay, for this session."""
    request.session[STAYS] = request.POST.get("tetap") == "1"
    return redirect("licensing:queue")


@require_POST
def queue_save(request: HttpRequest) -> HttpResponse:
    """Keep this view under a name."""
    try:
        kept = save_view(name=request.POST.get("nama", ""), query=_kept(request), by=asker(request), at=timezone.now())
    except ValidationError as refused:
        return _queue_page(request, " ".join(refused.messages))
    return redirect(f"{reverse('licensing:queue')}?{kept.query}")


@require_POST
def queue_forget(request: HttpRequest, key: int) -> HttpResponse:
    """Forget a view of one's own."""
    remove_view(key=key, by=asker(request), at=timezone.now())
    return redirect("licensing:queue")


@never_cache
@require_POST
def queue_export(request: HttpRequest) -> HttpResponseBase:
    """The view as it is filtered, as CSV or XLSX; that it left is witnessed."""
    actor, now = asker(request), timezone.now()
    view, filters = chosen_view(actor, request.POST.get("lihat", "")), FilterForm(request.POST, actor=actor).filters()
    form = "xlsx" if request.POST.get("bentuk") == "xlsx" else "csv"
    export_queue(view=view, filters=filters, form=form, by=actor, at=now)
    rows = queries.exported(actor, view, filters, now)
    response: HttpResponseBase
    if form == "xlsx":
        response = HttpResponse(sheets.write_xlsx(rows, "Berkas"), content_type=XLSX)
    else:
        response = StreamingHttpResponse(sheets.write_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="berkas-{timezone.localdate()}.{form}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_accept(request: HttpRequest) -> HttpResponse:
    """Complete files of one market day: a list, ticks, one press; what was not taken is told with why."""
    actor, now = asker(request), timezone.now()
    given = request.POST if request.method == "POST" else request.GET
    form = FilterForm(given, actor=actor)
    filters, left, taken, problem = form.filters(), [], 0, ""
    if request.method == "POST":
        chosen = bulk_queries.chosen(actor, filters, request.POST.getlist("nomor"), request.POST, now)
        problem = "" if chosen else _("Centang dulu berkas yang diterima.")
        left = accept_many(applications=chosen, by=actor, at=now)
        taken = len(chosen) - len(left)
    context = {
        "rows": bulk_queries.waiting(actor, filters, now) if filters.any() else [],
        "batches": queries.batches(actor, now),
        "form": form,
        "filters": filters,
        "left": left,
        "taken": taken,
        "problem": problem,
    }
    return render(request, "licensing/bulk_accept.html", context, status=422 if problem else 200)
