"""The probes say what is so, the figures are not for everybody, and each request leaves one line."""

import logging

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from pytest_django import Settings


def test_healthz_answers_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_names_every_part_that_works(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": True, "catalogue": True}


@pytest.mark.django_db
def test_readyz_is_503_and_names_the_database_when_it_is_gone(client: Client) -> None:
    def gone(*arguments: object) -> None:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(gone):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "database": False, "catalogue": True}


def test_metrics_are_for_this_machine(client: Client) -> None:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert b"django_http_requests_before_middlewares_total" in response.content


@pytest.mark.parametrize(
    "asked_from",
    [{"REMOTE_ADDR": "10.1.2.3"}, {"HTTP_X_FORWARDED_FOR": "10.1.2.3"}, {"HTTP_FORWARDED": "for=10.1.2.3"}],
)
def test_metrics_are_refused_to_other_machines(asked_from: dict[str, str]) -> None:
    assert Client(**asked_from).get("/metrics").status_code == 403


def test_metrics_behind_a_proxy_need_the_token(client: Client, settings: Settings) -> None:
    settings.BEHIND_HTTPS = True
    assert client.get("/metrics").status_code == 403


def test_metrics_with_a_token_need_that_token_even_on_this_machine(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "kunci-ukur"  # noqa: S105  (a test value)
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer salah"}).status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer kunci-ukur"}).status_code == 200


def test_each_request_leaves_one_line_without_the_answers_in_the_query(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="satupintu.request"):
        client.get("/healthz?jual=cilok")
    [line] = [record for record in caplog.records if record.name == "satupintu.request"]
    assert {name: line.__dict__[name] for name in ("method", "path", "status")} == {
        "method": "GET",
        "path": "/healthz",
        "status": 200,
    }
    assert line.__dict__["ms"] >= 0
    assert "cilok" not in repr(line.__dict__)


def test_a_given_request_id_is_kept_and_a_wild_one_is_replaced(client: Client) -> None:
    given = "5e8a1f6c0f0e4c0b9d6f1b2a3c4d5e6f"
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given
    wild = client.get("/healthz", headers={"X-Request-ID": 'x"}{'})["X-Request-ID"]
    assert len(wild) == 32
    assert int(wild, 16) > 0
