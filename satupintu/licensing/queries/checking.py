"""What anybody may ask: the newest list of what no longer holds, and one paper by its typed code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import get_language

from satupintu.accounts.queries import office_names
from satupintu.catalogue.queries import catalogue
from satupintu.kernel.seal.certificates import Claims
from satupintu.kernel.seal.refusals import UNKNOWN_CODE
from satupintu.kernel.seal.revocations import REVOKED, SUPERSEDED, SUSPENDED, Entry
from satupintu.kernel.seal.typed_codes import number_of, typed_code
from satupintu.kernel.seal.verdicts import ACTIVE, EXPIRED, NOT_YET_VALID, UNKNOWN, Verdict
from satupintu.licensing.models import Certificate, PublishedList

GONE = (SUSPENDED, REVOKED, SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to a typed code: what the paper itself says to a passer-by, and whether it holds."""

    status: str
    code: str
    holder: str
    kind: str
    issuer: str
    issued: date
    valid_from: date
    valid_until: date | None


def canonical_code(typed: str) -> str | None:
    """A code as it is printed, from how a person types it; None for a mistyped one."""
    number = number_of(typed)
    return None if number is None else typed_code(number)


def newest_list() -> PublishedList | None:
    """The list that everybody gets, None before the first was published."""
    return PublishedList.objects.first()


def not_holding(on: date) -> dict[str, Entry]:
    """What the list of that day says, by typed code; a paper past its last day needs no entry."""
    found = Certificate.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), status__in=GONE)
    rows = found.order_by("pk").values_list("code", "status", "status_at")
    return {code: Entry(status, localdate(since)) for code, status, since in rows}


def checked(code: str, on: date) -> Checked | None:
    """The paper with that typed code as it stands in the register on that day, None if there is none."""
    found = Certificate.objects.filter(code=code).first()
    if found is None:
        return None
    return Checked(
        status=_status(found, on),
        code=found.code,
        holder=found.holder,
        kind=kinds().get(found.licence, found.licence),
        issuer=issuers().get(found.office, found.office),
        issued=found.issued,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
    )


def verdict_on(code: str, on: date) -> Verdict:
    """The register's own answer to a typed code, in the shape in which the signed paper is answered."""
    found = Certificate.objects.filter(code=code).first()
    if found is None:
        return Verdict(UNKNOWN, UNKNOWN_CODE, None)
    claims = Claims(
        number=found.number,
        kind=found.licence,
        issuer=found.office,
        issued=found.issued,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        code=found.code,
        holder=found.holder,
    )
    status = _status(found, on)
    return Verdict(status, None if status == ACTIVE else status, claims)


def _status(found: Certificate, on: date) -> str:
    """In the order of ``kernel.seal.verdicts``: the gravest thing that is known."""
    if found.status in (REVOKED, SUPERSEDED):
        return found.status
    if on < found.valid_from:
        return NOT_YET_VALID
    if found.status == EXPIRED or (found.valid_until is not None and on > found.valid_until):
        return EXPIRED
    return SUSPENDED if found.status == SUSPENDED else ACTIVE


def kinds() -> Mapping[str, str]:
    """The papers in words, by the code that a certificate carries."""
    headers = [licence.header for licence in catalogue().licences.values() if licence.header.issued_by == "here"]
    english = get_language() == "en"
    return {one.code: (one.title_en if english else None) or one.title for one in headers}


def issuers() -> Mapping[str, str]:
    """The offices in words, by code."""
    return office_names()
