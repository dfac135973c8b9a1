"""The house served for real, by the command an operator uses, with two workers."""

import gzip
import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from tests.deployment import Deployment, fresh_deployment, serving

REQUEST_ID = "5e8a1f6c0f0e4c0b9d6f1b2a3c4d5e6f"


@dataclass(frozen=True)
class Answer:
    """What came back: nothing followed, nothing unpacked."""

    response: HTTPResponse
    body: bytes

    @property
    def status(self) -> int:
        return self.response.status

    def __getitem__(self, header: str) -> str:
        return self.response.headers.get(header, "")


@dataclass(frozen=True)
class Served:
    """A served house: `get` asks it over a connection of its own."""

    address: str
    house: Deployment

    def get(self, path: str, **headers: str) -> Answer:
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=20)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        answer = Answer(response, response.read())
        connection.close()
        return answer

    def log_lines(self) -> list[dict[str, object]]:
        """The log as an operator's collector reads it: every line is JSON, but the greeting."""
        lines = (self.house.home / "server.log").read_text().splitlines()
        assert lines[0] == f"SatuPintu: {self.address}"
        return [json.loads(line) for line in lines[1:]]


@pytest.fixture(scope="module")
def served(new_house: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "home"
    with fresh_deployment(folder, like=new_house) as house, serving(house) as address:
        yield Served(address, house)


def test_home_is_200_in_indonesian_whatever_the_browser_speaks(served: Served) -> None:
    for language in ("id", "en", "en-US,en;q=0.9", "fr"):
        answer = served.get("/", Accept_Language=language)
        assert (answer.status, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert '<html lang="id"' in answer.body.decode()


def test_pages_are_compressed_for_those_who_can_read_it(served: Served) -> None:
    plain, packed = served.get("/"), served.get("/", Accept_Encoding="gzip")
    assert (plain["Content-Encoding"], packed["Content-Encoding"]) == ("", "gzip")
    assert b"</html>" in gzip.decompress(packed.body)
    assert len(packed.body) < len(plain.body) / 2
    assert "Accept-Encoding" in packed["Vary"]


def test_every_stylesheet_and_script_is_hashed_kept_a_year_and_compressed(served: Served) -> None:
    files = re.findall(r'(?:href|src)="(/static/[^"#]+\.(?:css|js))"', served.get("/").body.decode())
    assert any(file.endswith(".css") for file in files)
    for file in files:
        assert re.search(r"\.[0-9a-f]{12}\.(css|js)$", file), file
        answer = served.get(file, Accept_Encoding="gzip")
        assert (answer.status, answer["Content-Encoding"]) == (200, "gzip")
        age = re.search(r"max-age=(\d+)", answer["Cache-Control"])
        assert age is not None
        assert int(age[1]) >= 365 * 24 * 3600
        assert "immutable" in answer["Cache-Control"]


def test_every_page_carries_the_safety_headers(served: Served) -> None:
    answer = served.get("/")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_visitor_who_only_reads_gets_no_cookie(served: Served) -> None:
    assert served.get("/")["Set-Cookie"] == ""


def test_an_unknown_host_is_refused(served: Served) -> None:
    assert served.get("/", Host="evil.example").status == 400


def test_an_unknown_page_is_404_in_indonesian_and_tells_nothing_inside(served: Served) -> None:
    answer = served.get("/tidak-ada/")
    assert answer.status == 404
    assert '<html lang="id"' in answer.body.decode()
    assert b"Traceback" not in answer.body
    assert b"urlconf" not in answer.body.lower()


def test_healthz_and_readyz_answer_from_the_real_server(served: Served) -> None:
    assert json.loads(served.get("/healthz").body) == {"status": "ok"}
    answer = served.get("/readyz")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok", "database": True, "catalogue": True})


def test_metrics_add_up_the_requests_of_all_workers(served: Served) -> None:
    def counted() -> float:
        text = served.get("/metrics").body.decode()
        pattern = r'^django_http_requests_total_by_view_transport_method_total\{.*view="healthz".*\} (\S+)$'
        return sum(float(value) for value in re.findall(pattern, text, re.MULTILINE))

    before = counted()
    for _ in range(40):
        served.get("/healthz")
    assert [counted() - before for _ in range(6)] == [40.0] * 6


def test_every_log_line_is_json_and_a_request_is_found_by_its_id(served: Served) -> None:
    answer = served.get("/?jual=cilok", X_Request_ID=REQUEST_ID)
    assert answer["X-Request-ID"] == REQUEST_ID
    [line] = [line for line in served.log_lines() if line.get("request_id") == REQUEST_ID]
    assert {name: line[name] for name in ("level", "name", "message", "method", "path", "status")} == {
        "level": "INFO",
        "name": "satupintu.request",
        "message": "request",
        "method": "GET",
        "path": "/",
        "status": 200,
    }
    assert re.fullmatch(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\+0700", str(line["time"]))


def test_serve_refuses_a_database_that_was_not_migrated(tmp_path_factory: pytest.TempPathFactory) -> None:
    with fresh_deployment(tmp_path_factory.mktemp("old") / "home") as house:
        refused = house.run("serve", "--port", "65001", expect=1)
    assert re.fullmatch(
        r"Error: the database lacks \d+ changes of this release; run `satupintu migrate` first\.\n", refused.stderr
    )


def test_serve_refuses_a_port_that_is_taken(deployment: Deployment) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = deployment.run("serve", "--port", str(port), expect=1)
    assert refused.stderr.startswith(f"Error: cannot listen on 127.0.0.1:{port} (")
    assert refused.stderr.endswith("choose another --host or --port.\n")
