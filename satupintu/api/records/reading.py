"""The content of a record as the kinds read it."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError

from satupintu.audit.rules import Actor
from satupintu.outreach import queries as outreach
from satupintu.sync.rules import NotCarriedOut

Text = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]  # PostgreSQL stores no NUL
Card = Annotated[str, Field(max_length=12)]
Code = Annotated[str, Field(max_length=40)]
T = TypeVar("T", bound=BaseModel)


def read(content: str, shape: type[T]) -> T:
    """A content in its shape. Raises NotCarriedOut; fields nobody knows are left out."""
    try:
        return shape.model_validate_json(content)
    except ValidationError as error:
        where = ", ".join(sorted({str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}))
        raise NotCarriedOut(f"Isi catatan ini tidak lengkap ({where or 'tidak terbaca'}). Catat lagi.") from error


def event_of(actor: Actor, ref: UUID) -> Any:
    """The event a record names. Raises NotCarriedOut for one that is gone or beyond the actor's area."""
    event = outreach.event_for(actor, ref)
    if event is None:
        raise NotCarriedOut("Acara ini tidak ada, atau di luar wilayah petugas. Periksa acaranya.")
    return event
