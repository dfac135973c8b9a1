"""How the machine room sees the house: probes, figures, and one log line for every request."""

import logging
import time
from collections.abc import Callable
from secrets import compare_digest

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.cache import never_cache
from django_prometheus.exports import ExportToDjangoView

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading import DataError

logger = logging.getLogger("satupintu.request")


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database, so a slow database restarts nobody."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The house can serve: 200 when every part works, else 503 naming the part that does not."""
    parts = {"database": _database_works(), "catalogue": _catalogue_works()}
    ready = all(parts.values())
    return JsonResponse({"status": "ok" if ready else "not ready", **parts}, status=200 if ready else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus figures of all workers, for the one who may read them (see `_may_read_metrics`)."""
    if not _may_read_metrics(request):
        return HttpResponseForbidden("metrics are for this machine or for the holder of METRICS_TOKEN\n")
    return ExportToDjangoView(request)


def log_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Write one line per request: what was asked, by which method, the answer, milliseconds.

    The query string is left out: it may hold a vendor's answers.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        taken = round((time.perf_counter() - began) * 1000, 1)
        facts = {"method": request.method, "path": request.path, "status": response.status_code, "ms": taken}
        logger.info("request", extra=facts)
        return response

    return middleware


def _database_works() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        logger.exception("the database does not answer")
        return False


def _catalogue_works() -> bool:
    try:
        return catalogue.ready() > 0
    except DataError:
        logger.exception("the catalogue cannot be used")
        return False


def _may_read_metrics(request: HttpRequest) -> bool:
    """With METRICS_TOKEN set, its bearer; without, this machine only.

    Behind a proxy every request comes from this machine, so there the token is the only way.
    """
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    proxied = settings.BEHIND_HTTPS or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not proxied and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
