"""The API keeps what its OpenAPI document promises, whatever is sent to it."""

import json

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError
from django.test import Client
from schemathesis import Case
from schemathesis.checks import CHECKS

from satupintu.api.mounting import api

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.usefixtures("committed")  # a real request closes the connection that a test's transaction would need
@schema.parametrize()
def test_every_operation_answers_as_documented(case: Case) -> None:
    # A well-formed question may still be one the law cannot answer (a day before the catalogue begins).
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"}, excluded_checks=[CHECKS.get_one("positive_data_acceptance")]
    )


def test_the_document_names_every_operation_and_problem_details(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert sorted(document["paths"]) == [
        "/api/v1/facts",
        "/api/v1/kbli/suggest",
        "/api/v1/licences/certificates",
        "/api/v1/licences/certificates/{code}",
        "/api/v1/ping",
        "/api/v1/plan",
        "/api/v1/sync/records",
    ]
    for path in ("/api/v1/plan", "/api/v1/kbli/suggest"):
        refused = document["paths"][path]["get"]["responses"]["422"]
        assert list(refused["content"]) == ["application/problem+json"]


def test_a_fault_names_its_place(client: Client) -> None:
    response = client.get("/api/v1/plan?kbli=5610")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    body = response.json()
    assert (body["type"], body["status"], body["title"]) == ("about:blank", 422, "Isian tidak bisa dipakai")
    assert [fault["where"] for fault in body["errors"]] == ["query.kbli"]


def test_what_a_room_refuses_is_said_in_its_own_sentence(client: Client) -> None:
    response = client.get("/api/v1/plan?kbli=56104&place=bulan")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert "bulan" in response.json()["detail"]


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/tidak-ada", "/api/v1/plan/lagi"])
def test_an_unknown_address_is_404_as_json(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["detail"] == f"Tidak ada {path}. Lihat daftar alamat di /api/v1/openapi.json."


def test_our_own_fault_tells_nothing_of_the_inside(client: Client) -> None:
    response = api.on_exception(client.get("/api/v1/facts").wsgi_request, ValueError("password=rahasia"))
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert "rahasia" not in response.content.decode()
    assert json.loads(response.content)["detail"] == "Sistem gagal menjawab. Coba lagi, lalu laporkan X-Request-ID."


def test_a_database_in_use_is_503_and_no_fault_of_ours(client: Client) -> None:
    request = client.get("/api/v1/facts").wsgi_request
    response = api.on_exception(request, OperationalError("database is locked"))
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(response.content)["detail"] == "Kiriman belum diterima. Kirim lagi sebentar."
