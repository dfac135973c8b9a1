"""The public register as JSON: papers of our offices, without personal data."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import Field

from satupintu.licensing.queries import register
from satupintu.licensing.queries.register import Asked, Entry
from satupintu.licensing.rules.register import STATES
from satupintu.web.problems import ERRORS, Problem

router = Router(tags=["licences"])
MOST = 100


class CertificateOut(Schema):
    """One paper. ``state`` is what it is today; ``valid_until`` is empty for one without a last day."""

    number: str
    licence: str
    title: str
    kbli: str = Field(examples=["2020-56104"])
    kbli_title: str
    market: str
    region: str = Field(examples=["32.75.11.1004"])
    region_name: str
    issued: date
    valid_from: date
    valid_until: date | None
    state: str = Field(examples=list(STATES))


class Certificates(Schema):
    """Papers, the newest first; ``after`` is what to ask with for those that follow, empty at the end."""

    certificates: list[CertificateOut]
    after: int | None


class Wanted(Schema):
    """What the list is narrowed to."""

    licence: str = Field("", pattern=r"^[a-z0-9_]{0,40}$", examples=["tdu_pkl"])
    market: str = Field("", pattern=r"^[a-z0-9-]{0,60}$", examples=["pasar-kaget-pagi-elang-raya"])
    region: str = Field("", pattern=r"^[0-9.]{0,13}$", examples=["32.75.11"])
    standing: Literal["holds", "suspended", "ended", "all"] = "holds"
    after: int | None = Field(None, ge=1, le=2**63 - 1)
    limit: int = Field(50, ge=1, le=MOST)


@router.get("/licences/certificates", response={200: Certificates, **ERRORS})
def certificates(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """Papers of our offices, without personal data, a page at a time."""
    asked = Asked(paper=wanted.licence, market=wanted.market, region=wanted.region, standing=wanted.standing)
    page = register.page(asked, localdate(), wanted.after, wanted.limit)
    return {"certificates": [_out(entry) for entry in page.entries], "after": page.after}


@router.get("/licences/certificates/{code}", response={200: CertificateOut, 404: Problem, **ERRORS})
def certificate(request: HttpRequest, code: Annotated[str, Field(max_length=20)]) -> CertificateOut:
    """One paper by the seven characters under its QR."""
    entry = register.entry(code, localdate())
    if entry is None:
        raise Http404(code)
    return _out(entry)


def _out(entry: Entry) -> CertificateOut:
    return CertificateOut.model_validate(entry, from_attributes=True)
