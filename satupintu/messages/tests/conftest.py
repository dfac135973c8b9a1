"""What the tests of the outbox share: a folder of their own, a provider on this machine, an administrator."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from satupintu.messages.tests.factories import ADMINISTRATOR, PHONE, SIGNED_WITH


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """Keys and the file gateway's outbox of this test alone."""
    settings.SATUPINTU_HOME = tmp_path / "home"
    return settings.SATUPINTU_HOME


@dataclass
class Provider:
    """A provider that keeps its promises: it checks every signature and takes each key once.

    ``script`` says how it behaves for the next requests, then it accepts: a status, or ``drop`` (takes the message
    and breaks off before answering), or ``break`` (breaks off and takes nothing).
    """

    address: str = ""
    script: list[int | str] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    answered: list[tuple[str, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    while_answering: Callable[[], None] = lambda: None

    def answer(self, headers: Any, body: bytes) -> int | None:
        """The status to answer with; None breaks the connection off."""
        signed = headers["X-SatuPintu-Timestamp"].encode() + b"." + body
        true = hmac.new(SIGNED_WITH.encode(), signed, hashlib.sha256).hexdigest()
        with self.lock:
            if headers["X-SatuPintu-Signature"] != true:
                return 401
            key = headers["Idempotency-Key"]
            self.requests.append({"headers": dict(headers), "body": json.loads(body)})
            step = self.script.pop(0) if self.script else 202
            if step == "break":
                return None
            if isinstance(step, int) and step >= 300:
                return step
            if key in self.taken:
                return 409
            self.taken.append(key)
            return None if step == "drop" else int(step)


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider served on loopback, to which the house is set."""
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.while_answering()
            status = told.answer(self.headers, body)
            if status is None:
                self.close_connection = True
                return
            told.answered.append((self.headers["Idempotency-Key"], status))
            answer = json.dumps({"id": f"wa-{len(told.taken)}"}) if status < 300 else f"tidak untuk {PHONE}"
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told.address = f"http://127.0.0.1:{server.server_port}/kirim"
        settings.MESSAGE_GATEWAY_URL = told.address
        settings.MESSAGE_GATEWAY_SECRET = SIGNED_WITH
        yield told
        server.shutdown()


def as_administrator(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that stands in for sign-in: the rooms above are not known here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = ADMINISTRATOR
        return get_response(request)

    return middleware


PLAIN = ["satupintu.web.middleware.LanguageFromCookie", "django.middleware.csrf.CsrfViewMiddleware"]


@pytest.fixture
def administrator(settings: Any) -> Client:
    """A browser in which an administrator is signed in; forms need their token."""
    settings.MIDDLEWARE = [*PLAIN, f"{__name__}.as_administrator"]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {"context_processors": SHELL}}]
    return Client()


@pytest.fixture
def nobody(settings: Any) -> Client:
    """A browser in which nobody is signed in, without the gate that would stop it earlier."""
    settings.MIDDLEWARE = PLAIN
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {"context_processors": SHELL}}]
    return Client()


SHELL = ["django.template.context_processors.request", "satupintu.web.context.shell"]
