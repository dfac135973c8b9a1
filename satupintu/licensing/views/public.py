"""What anybody may look up: which papers hold, and what a service promises and really takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from satupintu.licensing.forms.register import RegisterForm
from satupintu.licensing.queries import register as queries
from satupintu.licensing.queries.register import Asked
from satupintu.licensing.queries.standards import standard as one_standard
from satupintu.licensing.queries.standards import standards as all_standards
from satupintu.licensing.rules.register import COLUMNS
from satupintu.registry.sheets import write_csv


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The papers that hold, or those that do not any more; the newest first, a page at a time."""
    day = timezone.localdate()
    form = RegisterForm(request.GET, day=day)
    asked = form.asked()
    after = request.GET.get("sesudah", "")
    kept = request.GET.copy()
    kept.pop("sesudah", None)
    context = {
        "form": form,
        "asked": asked,
        "page": queries.page(asked, day, int(after) if after.isdecimal() and len(after) < 16 else None),
        "narrowed": asked != Asked(),
        "kept": kept.urlencode(),
        "day": day,
    }
    return render(request, "licensing/register.html", context)


@require_safe
def register_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The register as it is narrowed, as CSV for anybody to use."""
    day = timezone.localdate()
    rows = queries.open_data(RegisterForm(request.GET, day=day).asked(), day)
    response = StreamingHttpResponse(write_csv(_with_head(rows)), content_type="text/csv; charset=utf-8")
    return _named(response, day, "csv")


@require_safe
def register_json(request: HttpRequest) -> StreamingHttpResponse:
    """The same as JSON."""
    day = timezone.localdate()
    asked = RegisterForm(request.GET, day=day).asked()
    response = StreamingHttpResponse(_as_json(asked, day), content_type="application/json")
    return _named(response, day, "json")


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """Every paper that is served, with what is promised and what was measured."""
    ways = all_standards(timezone.now(), timezone.localdate())
    return render(request, "licensing/standards.html", {"ways": ways})


@require_safe
def standard(request: HttpRequest, code: str) -> HttpResponse:
    """One service standard, to read and to print."""
    found = one_standard(code, timezone.now(), timezone.localdate())
    if found is None:
        raise Http404(code)
    return render(request, "licensing/standard.html", {"one": found})


def _with_head(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    yield list(COLUMNS)
    yield from rows


def _as_json(asked: Asked, day: date) -> Iterator[str]:
    head = json.dumps({"sumber": "SatuPintu Kota Bekasi", "tanggal": day.isoformat(), "lisensi": "data terbuka"})
    yield head[:-1] + ', "surat": ['
    for number, record in enumerate(queries.open_records(asked, day)):
        yield ("," if number else "") + "\n" + json.dumps(record, ensure_ascii=False)
    yield "\n]}\n"


def _named(response: StreamingHttpResponse, day: date, ending: str) -> StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="daftar-surat-{day}.{ending}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
