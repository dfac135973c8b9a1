"""Signatures inside a PDF, looked at with no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from satupintu.licensing.signing.apart import apart


@dataclass(frozen=True, slots=True)
class Seen:
    """One signature. ``intact``: the bytes it covers are as signed, and nothing but signatures came after.
    ``trusted``: one of the roots given vouches for it. ``at`` is what it claims."""

    signer: str
    at: datetime | None
    intact: bool
    trusted: bool


def signatures_in(pdf: bytes, roots: Sequence[bytes] = (), *, at: datetime) -> list[Seen]:
    """Every signature, in order; none for a PDF without one and for what cannot be read as PDF.

    ``roots`` are PEM or DER certificates. Certificates are judged as of ``at``. Whether one was revoked is not
    asked: that needs a network.
    """
    trusted = [certificate for root in roots for certificate in load_certs_from_pemder_data(root)]
    try:
        reader = PdfFileReader(BytesIO(pdf))
        embedded = reader.embedded_regular_signatures
    except (PdfReadError, SigningError, SignatureValidationError, ValueError):
        return []
    context = ValidationContext(trust_roots=trusted, moment=at, allow_fetching=False)
    found = []
    for signature in embedded:
        try:
            status = apart(partial(validate_pdf_signature, signature, context))
        except (PdfReadError, SigningError, SignatureValidationError, ValueError):
            found.append(Seen("", None, intact=False, trusted=False))
            continue
        changed = (status.modification_level or ModificationLevel.NONE) > ModificationLevel.LTA_UPDATES
        found.append(
            Seen(
                signer=status.signing_cert.subject.native.get("common_name", ""),
                at=signature.self_reported_timestamp,
                intact=status.intact and status.valid and not changed,
                trusted=status.trusted,
            )
        )
    return found
