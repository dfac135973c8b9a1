"""Answers that belong to no room."""

from django.http import HttpRequest, HttpResponse

from satupintu.api.mounting import problem


def unknown_address(request: HttpRequest) -> HttpResponse:
    """404 as JSON: a program that asks the API must not have to read a page for people."""
    return problem(404, "Alamat tidak ada", f"Tidak ada {request.path}. Lihat daftar alamat di /api/v1/openapi.json.")
