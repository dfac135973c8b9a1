"""Mounts each room's router and answers every fault as RFC 9457 problem details."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from satupintu.api.sync import router as sync
from satupintu.catalogue.api import router as catalogue
from satupintu.licensing.api import router as licensing
from satupintu.web.busy import is_busy
from satupintu.web.problems import Fault, Problem, Refused

PROBLEM_JSON = "application/problem+json"
logger = logging.getLogger(__name__)


class Api(NinjaAPI):
    """Ninja, with the media type of problem details told in the OpenAPI document."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {PROBLEM_JSON: response["content"]["application/json"]}
        return schema


# No page with a third party's scripts: the document at openapi.json is read by the reader's own tools.
api = Api(
    title="SatuPintu",
    version="1",
    description="Surat apa yang perlu, kenapa, dan di mana. Which papers a business needs, why, and where.",
    docs_url=None,
)
api.add_router("", catalogue)
api.add_router("", licensing)
api.add_router("", sync)


def problem(status: int, title: str, detail: str, errors: list[Fault] | None = None) -> HttpResponse:
    """A response with problem details."""
    body = Problem(title=title, status=status, detail=detail, errors=errors or [])
    return JsonResponse(body.model_dump(), status=status, content_type=PROBLEM_JSON)


@api.exception_handler(ValidationError)
def unusable_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with every fault and its place."""
    faults = [Fault(where=".".join(map(str, fault["loc"])), detail=fault["msg"]) for fault in error.errors]
    places = ", ".join(fault.where for fault in faults)
    return problem(422, "Isian tidak bisa dipakai", f"Periksa {places}, lalu kirim lagi.", faults)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """422 with the room's own sentence."""
    return problem(422, "Isian tidak bisa dipakai", str(error))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """404."""
    return problem(404, "Tidak ditemukan", "Yang diminta tidak ada. Periksa alamatnya.")


@api.exception_handler(AuthenticationError)
def unknown_device(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401 for a token that is unknown, revoked, too old, or of somebody whose account is closed."""
    return problem(401, "HP belum dikenal", "Siapkan HP ini lagi, lalu kirim. Catatan tetap di HP.")


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """413."""
    return problem(413, "Kiriman terlalu besar", "Bagi kiriman menjadi lebih kecil, lalu kirim lagi.")


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Whatever status the room or the framework chose, with its message."""
    detail = "Kiriman terpotong atau bukan JSON. Kirim lagi." if error.status_code == 400 else error.message
    return problem(error.status_code, "Permintaan ditolak", detail)


@api.exception_handler(Exception)
def our_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """500 that tells nothing of the inside; the log has it all, under the request id. 503 while others are writing."""
    if is_busy(error):
        return problem(503, "Sedang dipakai", "Kiriman belum diterima. Kirim lagi sebentar.")
    logger.error("the API failed", exc_info=error)
    return problem(500, "Kesalahan pada kami", "Sistem gagal menjawab. Coba lagi, lalu laporkan X-Request-ID.")
