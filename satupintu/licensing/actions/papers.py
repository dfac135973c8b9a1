"""The PDF of a paper: printed and signed once, after its number was given; opened with a witness."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.licensing import paper_store, signing
from satupintu.licensing.actions.certificates import _witness
from satupintu.licensing.models import Certificate
from satupintu.licensing.printing import certificate_pdf, stall_sheet_pdf, vendor_card_pdf
from satupintu.licensing.queries.papers import CITY, printed_cards, printed_paper, printed_stall_sheet
from satupintu.licensing.queries.visible import sees

AT_ONCE = 5_000  # papers of one night
log = logging.getLogger(__name__)


@guarded
@transaction.atomic
def sign_paper(
    *, certificate: Certificate, official: signing.Official | None = None, by: Actor, at: datetime
) -> Certificate:
    """Print and sign a paper that has no PDF yet; one that has stays as it is. ``official`` signs at BSrE.

    Raises ValidationError with a sentence when signing failed; the paper keeps its number and can be signed again.
    """
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("application__person", "person")
        .get(pk=certificate.pk)
    )
    if by != SYSTEM and not sees(by, certificate.application):
        raise NotAllowed(certificate.reference)
    if certificate.sha256:
        return certificate
    kind = signing.kind()
    try:
        if kind == signing.LOCAL:
            signing.make_authority(CITY, {certificate.office: printed_paper(certificate, kind).head.office}, at=at)
        signed = signing.sign(
            certificate_pdf(printed_paper(certificate, kind), certificate.made_at),
            key=certificate.code,
            office=certificate.office,
            reason=certificate.number,
            location=CITY,
            at=at,
            official=official,
        )
    except signing.NotSigned as fault:
        raise ValidationError(str(fault)) from fault
    # Before the commit: what the national service signed once must not be lost with a rollback.
    paper_store.keep(certificate.ref, signed.pdf)
    certificate.signature, certificate.signed_at = signed.kind, at
    certificate.sha256 = hashlib.sha256(signed.pdf).hexdigest()
    certificate.save(update_fields=["signature", "signed_at", "sha256"])
    values = {"kind": signed.kind, "sha256": certificate.sha256, "number": signed.number}
    _witness("paper_signed", certificate, values, by, at)
    return certificate


@guarded
def sign_unsigned(*, by: Actor, at: datetime) -> int:
    """Sign the papers nobody opened yet, where the deployment signs by itself; returns how many were signed.

    At BSrE an official signs in person, so nothing is done there. One that fails is left for the next night.
    """
    signed = 0
    waiting = Certificate.objects.filter(sha256="", application__erased_at__isnull=True).order_by("pk")
    keys = [] if signing.kind() == signing.BSRE else list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        try:
            sign_paper(certificate=Certificate(pk=key), by=by, at=at)
        except ValidationError:
            log.exception("paper %s could not be signed", key)
        else:
            signed += 1
    with transaction.atomic():
        values = {"signed": signed, "waiting": len(keys)}
        audit.record(action="licensing.papers_signed", object="licensing", values=values, by=by, at=at)
    return signed


@guarded
def open_paper(*, certificate: Certificate, by: Actor, at: datetime) -> bytes:
    """The signed PDF, made now if it was not yet; reading it is witnessed. Raises ValidationError, NotAllowed."""
    if not sees(by, certificate.application):
        raise NotAllowed(certificate.reference)
    if not certificate.sha256:
        certificate = sign_paper(certificate=certificate, by=SYSTEM, at=at)
    try:
        pdf = paper_store.read(certificate.ref)
    except FileNotFoundError as gone:
        raise ValidationError(_("Berkas surat tidak ada di penyimpanan. Hubungi administrator.")) from gone
    with transaction.atomic():
        _witness("paper_opened", certificate, {"sha256": certificate.sha256}, by, at)
    return pdf


@guarded
@transaction.atomic
def print_cards(*, certificates: Sequence[Certificate], by: Actor, at: datetime) -> bytes:
    """Vendor cards, eight on a page, of papers that hold. Raises ValidationError without any."""
    holding = [one for one in certificates if one.status == "active"]
    if not holding:
        raise ValidationError(_("Pilih kartu yang masih berlaku."))
    for one in holding:
        if not sees(by, one.application):
            raise NotAllowed(one.reference)
        _witness("card_printed", one, {}, by, at)
    return vendor_card_pdf(printed_cards(holding), at)


@guarded
@transaction.atomic
def print_stall_sheet(*, certificate: Certificate, by: Actor, at: datetime) -> bytes:
    """The sheet to hang up at the stall, for a paper that holds."""
    if not sees(by, certificate.application):
        raise NotAllowed(certificate.reference)
    if certificate.status != "active":
        raise ValidationError(_("Surat ini tidak berlaku lagi. Lihat dulu keadaannya."))
    _witness("stall_sheet_printed", certificate, {}, by, at)
    return stall_sheet_pdf(printed_stall_sheet(certificate), at)
