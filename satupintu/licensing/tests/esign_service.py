"""A stand-in of the national client service on the loopback: it speaks its HTTP, and signs with a key of its own."""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from satupintu.licensing.signing import local
from satupintu.licensing.signing.bsre import Official, Service
from satupintu.licensing.signing.checking import signatures_in

OFFICIAL = Official("3275010101700001", "kata-sandi pejabat.!")
NAME, PASSWORD = "kota", "sandi layanan"
UNKNOWN_NIK = "3275010101700002"


class EsignService:
    """Answers as ``behave`` says: ``sign``, or one of the ways in which services fail. ``asked`` counts signings."""

    def __init__(self, signer: local.LocalSigner, root: bytes) -> None:
        self.signer, self.root, self.behave = signer, root, "sign"
        self.asked: list[dict[str, bytes]] = []
        self.let_go = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    @property
    def service(self) -> Service:
        return Service(f"http://127.0.0.1:{self.server.server_port}/", NAME, PASSWORD)

    def stop(self) -> None:
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(service) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *words: object) -> None:
                """Nothing on the screen of the tests."""

            def do_GET(self) -> None:
                nik = self.path.rpartition("/")[2]
                known = nik == OFFICIAL.nik
                self.tell(
                    200, {"status_code": 1111 if known else 1110, "status": "ISSUE" if known else "NOT_REGISTERED"}
                )

            def do_POST(self) -> None:
                fields = self.fields()
                name, _, password = b64decode(self.headers["Authorization"].split()[1]).decode().partition(":")
                if (name, password) != (NAME, PASSWORD):
                    return self.tell(401, {"error": "Unauthorized"})
                if self.path == "/api/sign/verify":
                    return self.tell(200, service.verified(fields["signed_file"]))
                service.asked.append(fields)
                return service.answers[service.behave](service, self, fields)

            def fields(self) -> dict[str, bytes]:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
                parts = BytesParser().parsebytes(head + body).get_payload()
                return {
                    part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
                    for part in parts
                }

            def tell(self, status: int, told: object) -> None:
                self.give(status, json.dumps(told).encode(), "application/json")

            def give(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("id_dokumen", "dok-1")
                self.end_headers()
                self.wfile.write(body)

        return Handler

    def verified(self, pdf: bytes) -> dict[str, object]:
        seen = signatures_in(pdf, [self.root], at=datetime.now(UTC))
        details = [
            {
                "signature_document": {"document_integrity": one.intact},
                "info_signer": {"cert_user_certified": one.trusted},
            }
            for one in seen
        ]
        return {"jumlah_signature": len(seen), "summary": "DOCUMENT VALID", "notes": "catatan", "details": details}

    def _sign(self, handler, fields: dict[str, bytes]) -> None:
        if fields["nik"].decode() != OFFICIAL.nik:
            return handler.tell(400, {"error": "User tidak terdaftar", "status_code": 2011})
        if fields["passphrase"].decode() != OFFICIAL.passphrase:
            return handler.tell(400, {"error": "Proses signing gagal : Passphrase anda salah", "status_code": "2031"})
        words = (fields["reason"].decode(), fields["location"].decode())
        signed = local.sign_pdf(fields["file"], self.signer, datetime.now(UTC), *words)
        return handler.give(200, signed, "application/pdf")

    def _hang_up(self, handler, fields: dict[str, bytes]) -> None:
        handler.connection.close()

    def _be_silent(self, handler, fields: dict[str, bytes]) -> None:
        self.let_go.wait(30)
        handler.connection.close()

    answers: ClassVar[dict[str, Callable[..., None]]] = {
        "sign": _sign,
        "hang_up": _hang_up,
        "be_silent": _be_silent,
        "give_back": lambda self, handler, fields: handler.give(200, fields["file"], "application/pdf"),
        "page": lambda self, handler, fields: handler.give(200, b"<html>Gateway</html>", "text/html"),
        "broken": lambda self, handler, fields: handler.give(502, b"", "text/html"),
        "list": lambda self, handler, fields: handler.tell(200, ["?"]),
        "wordless": lambda self, handler, fields: handler.tell(500, {"error": ""}),
        "echo": lambda self, handler, fields: handler.tell(
            500, {"error": f"gagal {fields['nik'].decode()} {fields['passphrase'].decode()}"}
        ),
        "old_words": lambda self, handler, fields: handler.tell(500, {"error": "Gagal : Passphrase anda salah 2031,"}),
    }
