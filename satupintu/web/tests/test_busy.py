"""While somebody else writes for too long: a page that says to try again, and no broken house."""

import pytest
from django.db import OperationalError, connection, connections
from django.http import HttpResponse
from django.test import Client

from satupintu.web.busy import is_busy

pytestmark = pytest.mark.django_db


def locked_out() -> OperationalError:
    """What this database really says to a writer who may not wait for another one."""
    other = connections.create_connection("default")
    try:
        with connection.cursor() as mine, other.cursor() as theirs:
            if connection.vendor == "sqlite":  # the test's own transaction holds the lock already
                theirs.execute("PRAGMA busy_timeout = 0")
                blocked = "BEGIN IMMEDIATE"
            else:
                mine.execute("LOCK TABLE audit_chain")
                theirs.execute("BEGIN")
                blocked = "LOCK TABLE audit_chain NOWAIT"
            with pytest.raises(OperationalError) as refused:
                theirs.execute(blocked)
            return refused.value
    finally:
        other.close()


def test_the_database_says_that_it_is_in_use() -> None:
    assert is_busy(locked_out())
    assert not is_busy(OperationalError("no such table: x"))
    assert not is_busy(ValueError("database is locked"))


def page_that_meets(error: Exception, monkeypatch: pytest.MonkeyPatch, path: str) -> HttpResponse:
    """The page of a visitor whose session cannot be read."""

    def shut(*_: object) -> None:
        raise error

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", shut)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    return client.get(path)


def test_a_page_that_met_a_lock_says_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    response = page_that_meets(locked_out(), monkeypatch, "/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Sedang dipakai. Coba lagi sebentar." in response.text
    assert "tidak hilang" in response.text


def test_any_other_fault_stays_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert page_that_meets(OperationalError("disk I/O error"), monkeypatch, "/").status_code == 500
