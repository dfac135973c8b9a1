"""Certified signatures by the national service: the Esign Client Service of BSrE (Balai Sertifikasi Elektronik, BSSN).

The client service is a server inside the city's own network, with an address, a name and a password of the city. Its
manual ("Petunjuk Teknis Penggunaan API Esign Client Service", version 2.0, January 2024) is known to us by its table
of contents only; we never spoke to a real one. What is here comes from programs that others published.

Known: the same in the city of Bekasi's own published client (pemkotbekasi/node-esign-BSrE) and in several others
  - basic auth; POST ``/api/sign/pdf``, multipart: ``file`` (the PDF), ``nik``, ``passphrase``, ``tampilan`` =
    ``invisible`` or ``visible``; optional ``reason``, ``location``, ``text``; for ``visible`` also ``image``,
    ``imageTTD``, ``linkQR``, ``page``, ``xAxis``, ``yAxis``, ``width``, ``height``, ``tag_koordinat``
  - the answer is the signed PDF itself, with its number in the header ``id_dokumen``
  - POST ``/api/sign/verify``, multipart ``signed_file``: JSON with ``jumlah_signature``, ``summary``, ``notes``,
    ``details`` (each with ``signature_document.document_integrity`` and ``info_signer.cert_user_certified``)
  - GET ``/api/user/status/{nik}``: JSON with ``status_code`` 1111 (registered, certificate ISSUE) or 1110 (not
    registered), ``status``, ``message``
  - an error is JSON with ``error`` and often ``status_code``; 2031 is a wrong passphrase, 2011 an unknown NIK

Likely: seen once or twice
  - HTTP 400 goes with these errors; some programs also met 500 with the same JSON
  - GET ``/api/sign/download/{id_dokumen}`` gives a signed PDF once and is 404 after that; not used here

Doubtful: assumed by us, to be tried with the real service before it is trusted
  - that an error with ``error`` in its JSON means for certain that nothing was signed
  - that the signed PDF is still PDF/A, and that a PDF 1.7 with tags is taken (an issue of OpenSID, 7116, shows one
    that was refused)
  - that ``status_code`` comes as number or as text; both are read
  - version 2 of the interface (``/api/v2/...``, JSON with the file as text) exists beside this one; less of it is
    public, so it is not used
  - that no key of ours makes a repeated request harmless: the manual may have one, we found none

So we ask once (``asked.py``), only invisibly (the box and the QR are in the paper already), and an answer that does
not come or cannot be read is ``Unclear``: a person looks before it is tried again. The passphrase is used for one
request, kept nowhere and written into no log; neither are identity numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from satupintu.licensing.signing.checking import signatures_in
from satupintu.licensing.signing.refusals import Refused, Unclear

TIMEOUT = httpx.Timeout(60, connect=5)  # seconds; signing asks a server of the country in turn
# The request did not leave, so nothing can have been signed.
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.LocalProtocolError,
)
CERTIFICATE_ISSUED = 1111
SENTENCES = {
    2011: "NIK ini belum terdaftar di BSrE. Daftarkan pejabat lewat pengelola BSrE kota.",
    2031: "Passphrase salah. Ketik lagi passphrase sertifikat elektronik Bapak/Ibu.",
}
UNREACHABLE = "Layanan tanda tangan BSrE tidak terjangkau. Surat belum ditandatangani. Coba lagi nanti."
NOT_LET_IN = "Layanan BSrE menolak nama atau sandi kota. Minta pengelola memeriksa ESIGN_USERNAME dan ESIGN_PASSWORD."
NO_ANSWER = "Layanan BSrE tidak memberi jawaban yang jelas. Periksa dulu di BSrE, jangan langsung mengulang."
UNREAD = "Layanan BSrE tidak menjawab dengan jelas. Coba lagi nanti."
BAD_NIK = "NIK pejabat harus 16 angka. Periksa NIK di KTP, lalu ketik lagi."
IDENTITY_NUMBER = re.compile(r"[0-9]{16}")
LONGEST = 160


class Fault(Exception):
    """The kind of a fault on the way to the service; its text and its request may hold what no log may."""


@dataclass(frozen=True, slots=True)
class Service:
    """The city's client service: ``url`` without path, and with what name and password it is asked."""

    url: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Official:
    """Who signs, for the length of one request: the NIK of the certificate and the passphrase only they know."""

    nik: str = field(repr=False)
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Registration:
    """Whether a person may sign, and the service's own word for it, as ``ISSUE`` or ``NOT_REGISTERED``."""

    may_sign: bool
    status: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What the service says of a PDF: number of signatures, whether all are intact and certified, and its words."""

    count: int
    valid: bool
    notes: str


def sign_pdf(
    pdf: bytes, service: Service, official: Official, *, reason: str, location: str, at: datetime
) -> tuple[bytes, str]:
    """The signed PDF and the service's number for it (empty if it gives none). Asks once.

    Raises Refused when for certain nothing was signed, Unclear when that is not known: no answer in time, a broken
    connection, or an answer that is no PDF with an intact signature (judged as of ``at``).
    """
    _check_nik(official.nik)
    fields = {
        "nik": official.nik,
        "passphrase": official.passphrase,
        "tampilan": "invisible",
        "reason": reason,
        "location": location,
    }
    reply = _ask("POST", service, "/api/sign/pdf", data=fields, files={"file": ("surat.pdf", pdf, "application/pdf")})
    if reply.status_code != httpx.codes.OK or not reply.content.startswith(b"%PDF-"):
        raise _failure(reply, official)
    seen = signatures_in(reply.content, at=at)
    if not seen or not all(one.intact for one in seen):
        raise Unclear(NO_ANSWER)
    return reply.content, reply.headers.get("id_dokumen", "")[:100]


def registration(nik: str, service: Service) -> Registration:
    """Whether the person has a valid certificate. Raises Refused, also for an answer that cannot be read."""
    _check_nik(nik)
    try:
        told = _object(_ask("GET", service, f"/api/user/status/{nik}"))
    except Unclear as unclear:
        raise Refused(UNREAD) from unclear
    code = _number(told.get("status_code"))
    if code is None:
        raise Refused(UNREAD)
    return Registration(code == CERTIFICATE_ISSUED, str(told.get("status", ""))[:LONGEST])


def verify_pdf(pdf: bytes, service: Service) -> Verified:
    """What the service says of the signatures in a PDF. Raises Refused, also for an answer that cannot be read."""
    files = {"signed_file": ("surat.pdf", pdf, "application/pdf")}
    try:
        told = _object(_ask("POST", service, "/api/sign/verify", files=files))
    except Unclear as unclear:
        raise Refused(UNREAD) from unclear
    count, details = _number(told.get("jumlah_signature")), told.get("details")
    if count is None or not isinstance(details, list):
        raise Refused(UNREAD)
    valid = count > 0 and len(details) == count and all(map(_holds, details))
    return Verified(count, valid, str(told.get("notes") or told.get("summary") or "")[:LONGEST])


def _check_nik(nik: str) -> None:
    if not IDENTITY_NUMBER.fullmatch(nik):
        raise Refused(BAD_NIK)


def _ask(method: str, service: Service, path: str, **request: Any) -> httpx.Response:
    try:
        reply = httpx.request(
            method,
            service.url.rstrip("/") + path,
            auth=(service.username, service.password),
            timeout=TIMEOUT,
            **request,
        )
    except NEVER_SENT as error:
        raise Refused(UNREACHABLE) from Fault(type(error).__name__)
    except httpx.HTTPError as error:
        raise Unclear(NO_ANSWER) from Fault(type(error).__name__)
    if reply.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise Refused(NOT_LET_IN)
    return reply


def _failure(reply: httpx.Response, official: Official) -> Refused | Unclear:
    """What an answer without a PDF means."""
    told = _object(reply)
    words = told.get("error")
    if not isinstance(words, str) or not words:
        return Unclear(NO_ANSWER)
    known = SENTENCES.get(_number(told.get("status_code")) or 0)
    if known is None and "passphrase anda salah" in words.lower():
        known = SENTENCES[2031]
    if known:
        return Refused(known)
    hidden = IDENTITY_NUMBER.sub("*" * 16, words.replace(official.passphrase, "***") if official.passphrase else words)
    return Refused(f"BSrE menolak surat ini: {hidden[:LONGEST]}. Surat belum ditandatangani.")


def _object(reply: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer; empty when it is none."""
    try:
        told = reply.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _number(value: object) -> int | None:
    text = str(value)
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None


def _holds(detail: object) -> bool:
    if not isinstance(detail, dict):
        return False
    document, signer = detail.get("signature_document"), detail.get("info_signer")
    return (
        isinstance(document, dict)
        and document.get("document_integrity") is True
        and isinstance(signer, dict)
        and signer.get("cert_user_certified") is True
    )
