"""What phones send: records captured without a network, by bearer token alone. No cookie is looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db import OperationalError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer
from pydantic import AwareDatetime, Field

from satupintu.accounts.gate import may
from satupintu.sync import actions, queries, rules
from satupintu.web.problems import ERRORS, Problem

router = Router(tags=["sync"])
PRINTED = r"^[^\x00]*$"  # PostgreSQL stores no NUL
# A clock may be wrong by decades (an empty battery begins at 1970), but not beyond what can be put right.
PhoneTime = Annotated[AwareDatetime, Field(ge=datetime(1969, 12, 31, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC))]
Words = Annotated[str, Field(max_length=500, pattern=PRINTED)]


class DeviceToken(HttpBearer):
    """The token of a field device. Raises nothing: a token that does not count is 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The device and who acts with it."""
        return queries.device_of(token, timezone.now())


class Record(Schema):
    """One thing captured on a phone. `content` is a text; `hash` its SHA-256 in hex, over UTF-8."""

    uuid: UUID = Field(description="made on the phone; sending the same one again changes nothing")
    kind: str = Field(pattern=f"^{rules.KIND}$", max_length=40, examples=["registry.person"])
    content: str = Field(max_length=rules.LONGEST_CONTENT, description="JSON as text; its fields depend on the kind")
    hash: str = Field(pattern="^[0-9a-f]{64}$")
    made_at: PhoneTime = Field(description="the phone's clock when it was captured")
    sequence: int = Field(0, ge=0, le=2**53, description="the phone's own count")
    shown: dict[Annotated[str, Field(max_length=40, pattern=PRINTED)], Words] = Field(
        default_factory=dict, max_length=10, description="the words the phone put on its screen"
    )


class Batch(Schema):
    """Records to take in. `sent_at` is the phone's clock while sending, by which its times are put right."""

    sent_at: PhoneTime
    captured: int = Field(0, ge=0, le=2**53, description="how many records the phone made so far")
    records: list[Record] = Field(min_length=1, max_length=rules.MOST_RECORDS)


class Result(Schema):
    """What became of one record; `status` is the HTTP status it would have alone.

    done 201, already 200, quarantined 202 and conflict 409 are kept here for good; damaged 422 is to be sent again.
    """

    uuid: UUID
    hash: str
    state: str = Field(examples=["done"])
    status: int
    detail: str
    reference: str


class Results(Schema):
    """One result for each record, in the order of the batch."""

    results: list[Result]


class Echo(Schema):
    """The nonce that was asked with: proof that this very server answered just now."""

    nonce: str


PROBLEMS: dict[int, type[Problem]] = {400: Problem, 401: Problem, 403: Problem, 413: Problem, 503: Problem, **ERRORS}


@router.get("/ping", response={200: Echo, **ERRORS}, url_name="ping")
def ping(request: HttpRequest, nonce: Query[Annotated[str, Field(pattern="^[0-9A-Za-z-]{8,64}$")]]) -> Echo:
    """Whether this server can be reached, which no browser knows by itself."""
    return Echo(nonce=nonce)


@router.post("/sync/records", auth=DeviceToken(), response={200: Results, **PROBLEMS}, url_name="sync-records")
def sync_records(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    """Take in what a phone captured. Each record stands alone; whatever cannot be carried out is kept for a person."""
    device, actor = request.auth  # type: ignore[attr-defined]  # set by the framework
    if not may(actor, "sync.receive"):
        raise HttpError(403, "Peran petugas ini tidak lagi boleh mengirim catatan. Catatan tetap di HP.")
    arriving = [rules.Arriving(**record.dict()) for record in batch.records]
    try:
        sent: dict[str, Any] = {"sent_at": batch.sent_at, "captured": batch.captured}
        outcomes = actions.receive(device=device, records=arriving, **sent, by=actor, at=_now())
    except OperationalError as error:
        raise HttpError(503, "Sistem sedang sibuk. Catatan tetap di HP, coba lagi nanti.") from error
    return {"results": [_result(outcome) for outcome in outcomes]}


def _now() -> datetime:
    return timezone.now()


def _result(outcome: rules.Outcome) -> Result:
    return Result(
        uuid=outcome.uuid,
        hash=outcome.hash,
        state=outcome.state,
        status=outcome.status,
        detail=outcome.detail,
        reference=outcome.reference,
    )
