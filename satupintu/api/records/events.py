"""What a phone noted at an event. Each kind stands alone: a card that nobody sent yet is put on the list."""

from __future__ import annotations

from base64 import b64decode
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from satupintu.api.records.reading import Card, Text, event_of, read
from satupintu.audit.rules import Actor
from satupintu.outreach import actions, queries
from satupintu.outreach.actions.states import DAYS_TO_ANSWER
from satupintu.sync.rules import NotCarriedOut

LABELS = {
    "event": _("Acara"),
    "kind": _("Tombol"),
    "card": _("Kartu"),
    "session": _("Sesi"),
    "cause": _("Sebab"),
    "text": _("Pertanyaan"),
    "answer": _("Jawaban"),
    "owner": _("Siapa yang mencari jawabannya"),
    "due": _("Paling lambat"),
    "item": _("Bantuan"),
    "quantity": _("Jumlah"),
    "proof": _("Bukti"),
    "caption": _("Keterangan foto"),
    "jpeg": _("Foto"),
}


class Tap(BaseModel):
    """A press about a person (``card``) or about a session."""

    event: UUID
    kind: Literal["arrived", "left", "started", "stopped", "cause"]
    card: Card = ""
    session: UUID | None = None
    cause: Text = ""
    source: Literal["phone", "qr", "code"] = "phone"


class Participant(BaseModel):
    """A printed card handed to somebody who was not on the list."""

    event: UUID
    card: Card


class Question(BaseModel):
    """A question, with its answer, or with who finds it out by when, or with neither."""

    event: UUID
    text: Text
    session: UUID | None = None
    card: Card = ""
    answer: Text = ""
    owner: Text = ""
    due: date | None = None


class Receipt(BaseModel):
    """An item of aid received by who holds a card."""

    event: UUID
    item: int
    card: Card
    quantity: int = Field(1, ge=1, le=999)
    proof: Literal["signature", "photo"] = "signature"


class Photo(BaseModel):
    """A photo, made small on the phone; ``jpeg`` is base64. Who is on it is said later, at the desk."""

    event: UUID
    caption: Text = ""
    session: UUID | None = None
    jpeg: str


def tap(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Keep a press. Raises NotCarriedOut, ValidationError, NotAllowed."""
    told = read(content, Tap)
    event = event_of(by, told.event)
    given: dict[str, Any] = {
        "kind": told.kind,
        "ref": ref,
        "pressed_at": seen_at,
        "from_yard": True,
        "by": by,
        "at": at,
    }
    if told.kind in ("arrived", "left"):
        participant = actions.note_card(event=event, card=told.card, by=by, at=at)
        actions.tap_person(participant=participant, source=told.source, **given)
    else:
        actions.tap_session(session=_session(event, told.session), cause=told.cause, **given)
    return f"tap:{ref}"


def participant(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Put a card on the list; one that is there stays as it is. Raises NotCarriedOut, ValidationError, NotAllowed."""
    told = read(content, Participant)
    return f"card:{actions.note_card(event=event_of(by, told.event), card=told.card, by=by, at=at).card}"


def question(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Keep a question and what came of it at once. Raises NotCarriedOut, ValidationError, NotAllowed."""
    told = read(content, Question)
    event = event_of(by, told.event)
    asked = actions.ask_question(
        event=event,
        text=told.text,
        ref=ref,
        pressed_at=seen_at,
        session=_session(event, told.session) if told.session else None,
        participant=actions.note_card(event=event, card=told.card, by=by, at=at) if told.card else None,
        answer=told.answer,
        by=by,
        at=at,
    )
    if told.owner.strip() and not told.answer.strip():
        actions.reply_to_question(question=asked, owner=told.owner, due=told.due, by=by, at=at)
    elif not told.answer.strip() and event.state == "closed":  # the promises were made without this one
        due = localdate(at) + DAYS_TO_ANSWER
        actions.reply_to_question(question=asked, owner=by.name or by.ref, due=due, by=by, at=at)
    return f"question:{asked.ref}"


def receipt(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Keep that somebody received an item. Raises NotCarriedOut, ValidationError, NotAllowed."""
    told = read(content, Receipt)
    event = event_of(by, told.event)
    item = queries.item_for(event, told.item)
    if item is None:
        raise NotCarriedOut("Bantuan ini tidak ada lagi di acara. Catat lagi di halaman Bantuan.")
    holder = actions.note_card(event=event, card=told.card, by=by, at=at)
    given: dict[str, Any] = {
        "proof": told.proof,
        "quantity": told.quantity,
        "ref": ref,
        "pressed_at": seen_at,
        "from_yard": True,
    }
    actions.hand_over(item=item, participant=holder, **given, by=by, at=at)
    return f"receipt:{ref}"


def photo(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Keep a photo. Raises NotCarriedOut, ValidationError, NotAllowed."""
    told = read(content, Photo)
    event = event_of(by, told.event)
    try:
        picture = b64decode(told.jpeg, validate=True)
    except ValueError as error:  # not base64, or not even ASCII
        raise NotCarriedOut("Foto ini rusak. Ambil lagi.") from error
    session = _session(event, told.session) if told.session else None
    actions.keep_photo(
        event=event, ref=ref, content=picture, caption=told.caption, session=session, taken_at=seen_at, by=by, at=at
    )
    return f"photo:{ref}"


def _session(event: Any, ref: UUID | None) -> Any:
    found = queries.session_of(event, ref) if ref else None
    if found is None:
        raise NotCarriedOut("Sesi ini tidak ada lagi di susunan acara. Tambah sesinya, lalu coba lagi.")
    return found
