"""Electronic signatures of papers: by the city's own trial certificates, by the national service, or none.

``SATUPINTU_ESIGN`` chooses. ``kind()`` is asked before a paper is printed, because the paper says how it is signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from satupintu.audit import keys
from satupintu.licensing.signing import asked, bsre, local
from satupintu.licensing.signing.bsre import Official
from satupintu.licensing.signing.checking import Seen, signatures_in
from satupintu.licensing.signing.refusals import AlreadyAsked, NotSigned, Refused, Unclear, UnusableAuthority

__all__ = [
    "BSRE",
    "LOCAL",
    "NONE",
    "AlreadyAsked",
    "NotSigned",
    "Official",
    "Refused",
    "Seen",
    "Signed",
    "Unclear",
    "UnusableAuthority",
    "check",
    "kind",
    "let_go",
    "make_authority",
    "root_certificate",
    "sign",
    "signatures_in",
]

LOCAL, BSRE, NONE = "local", "bsre", "none"


@dataclass(frozen=True, slots=True)
class Signed:
    """A paper and how it was signed; ``number`` is the national service's own for it, else empty."""

    pdf: bytes
    kind: str
    number: str = ""


def kind() -> str:
    """How papers are signed here: ``local``, ``bsre`` or ``none``, the words of ``printing`` too."""
    return str(settings.SATUPINTU_ESIGN)


def check() -> None:
    """Raises ImproperlyConfigured when papers could not be signed as the settings say."""
    if kind() not in (LOCAL, BSRE, NONE):
        raise ImproperlyConfigured("SATUPINTU_ESIGN must be local, bsre or none")
    if kind() != BSRE:
        return
    if not settings.ESIGN_URL.startswith(("https://", "http://")):
        raise ImproperlyConfigured("SATUPINTU_ESIGN=bsre needs ESIGN_URL, which begins with https:// or http://")
    if not settings.ESIGN_USERNAME or not settings.ESIGN_PASSWORD:
        raise ImproperlyConfigured("SATUPINTU_ESIGN=bsre needs ESIGN_USERNAME and ESIGN_PASSWORD")


def sign(
    pdf: bytes,
    *,
    key: str,
    office: str,
    reason: str,
    location: str,
    at: datetime,
    official: Official | None = None,
) -> Signed:
    """The paper signed as the settings say.

    ``key`` names the paper (its typed code): the national service is asked at most once for each. ``office`` is the
    code of the office whose certificate signs here (``make_authority`` first); ``official`` is who signs at BSrE and
    must be given there. Raises NotSigned with a sentence to show: Refused (try again when mended), Unclear and
    AlreadyAsked (look first), UnusableAuthority.
    """
    if kind() == NONE:
        return Signed(pdf, NONE)
    if kind() == LOCAL:
        signer = local.signer_of(_folder(), office, passphrase=_passphrase())
        return Signed(local.sign_pdf(pdf, signer, at, reason, location), LOCAL)
    if official is None:
        raise Refused("Tanda tangan BSrE perlu NIK dan passphrase pejabat. Buka suratnya, lalu tandatangani.")
    if signatures_in(pdf, at=at):
        raise Refused("Surat ini sudah ditandatangani. Buka surat yang tersimpan.")
    service = bsre.Service(settings.ESIGN_URL, settings.ESIGN_USERNAME, settings.ESIGN_PASSWORD)
    signed, number = asked.once(
        _folder() / "asked",
        key,
        pdf,
        lambda: bsre.sign_pdf(pdf, service, official, reason=reason, location=location, at=at),
        at=at,
    )
    return Signed(signed, BSRE, number)


def make_authority(city: str, offices: Mapping[str, str], *, at: datetime) -> None:
    """Have the trial certificates of this deployment: what is missing is made (code: name of each office)."""
    local.make_authority(_folder(), city, offices, passphrase=_passphrase(), at=at)


def root_certificate() -> bytes:
    """The root of the trial certificates as PEM, to be published. Raises UnusableAuthority when there is none."""
    return local.root_certificate(_folder())


def let_go(key: str) -> None:
    """Allow to ask the national service again, after a person saw there that this paper was not signed."""
    asked.let_go(_folder() / "asked", key)


def _folder() -> Path:
    return Path(settings.SATUPINTU_HOME) / "keys" / "papers"


def _passphrase() -> bytes:
    return keys.paper_key().hex().encode()
