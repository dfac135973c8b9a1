"""The one question: is this certificate valid on this day? It is answered for any text or bytes, never by an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from satupintu.kernel.seal import certificates, links
from satupintu.kernel.seal.certificates import Claims, claims_as_json, claims_in
from satupintu.kernel.seal.envelope import check_day, open_envelope, payload_of, trusted_key
from satupintu.kernel.seal.keys import CERTIFICATES, Keys
from satupintu.kernel.seal.refusals import Refused
from satupintu.kernel.seal.revocations import REVOKED, SUPERSEDED, SUSPENDED, RevocationList

ACTIVE, EXPIRED, NOT_YET_VALID, UNKNOWN = "active", "expired", "not_yet_valid", "unknown"
STATUSES = (ACTIVE, SUSPENDED, REVOKED, EXPIRED, NOT_YET_VALID, SUPERSEDED, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. ``valid`` only for ``active``; ``unknown`` means not ours or changed: then there are no claims,
    because nothing unsigned may be shown, and ``reason`` says why (a word of ``refusals``, else the status)."""

    status: str
    reason: str | None
    claims: Claims | None

    @property
    def valid(self) -> bool:
        """Whether the certificate holds."""
        return self.status == ACTIVE


def verify(payload: bytes | str, keys: Keys, revocations: RevocationList | None, *, at: date) -> Verdict:
    """What is known about a certificate on the day ``at``.

    ``payload`` is the signed bytes, their digits or a whole link; ``revocations`` the newest list at hand, None if
    there is none: then only the certificate's own days are known. Never raises, whatever the payload is.
    """
    try:
        data = links.payload_in(payload, certificates.LONGEST) if isinstance(payload, str) else payload
        claims = _trusted_claims(data, keys)
    except Refused as refused:
        return Verdict(UNKNOWN, refused.reason, None)
    status = _status(claims, revocations, at)
    return Verdict(status, None if status == ACTIVE else status, claims)


def verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    """The answer as the command line gives it."""
    return {
        "valid": verdict.valid,
        "status": verdict.status,
        "reason": verdict.reason,
        "claims": claims_as_json(verdict.claims) if verdict.claims else {},
    }


def _trusted_claims(data: bytes, keys: Keys) -> Claims:
    envelope = open_envelope(data, certificates.LONGEST)
    key = trusted_key(envelope, keys, CERTIFICATES)
    claims = claims_in(payload_of(envelope))
    check_day(key, claims.issued)
    return claims


def _status(claims: Claims, revocations: RevocationList | None, at: date) -> str:
    """The gravest thing that is known: revoked, then replaced, then its own days, then suspended."""
    listed = revocations.status_of(claims.code, at) if revocations else None
    if listed in (REVOKED, SUPERSEDED):
        return listed
    if at < claims.valid_from:
        return NOT_YET_VALID
    if claims.valid_until is not None and at > claims.valid_until:
        return EXPIRED
    return listed or ACTIVE
