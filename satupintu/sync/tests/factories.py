"""Field devices and records, for tests of this room and of the API above it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.models import Office, User
from satupintu.accounts.queries import actor_of
from satupintu.accounts.tests.factories import make_office, make_user
from satupintu.audit.rules import Actor
from satupintu.sync import actions
from satupintu.sync.models import Device
from satupintu.sync.queries import Kind
from satupintu.sync.rules import Arriving, NotCarriedOut, Outcome

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MUSTIKAJAYA = "32.75.11"


def staff(role: str = "facilitator", area: str = MUSTIKAJAYA) -> User:
    """A member of staff of an area."""
    code = f"kantor-{area.replace('.', '-')}" if area else "dpmptsp"
    return make_user(role, office=make_office(code, "kecamatan" if area else "dpmptsp", area))


def device(owner: User | None = None, at: datetime = AT, name: str = "HP 1") -> tuple[Device, str]:
    """A field device of somebody, with its token."""
    owner = owner or staff()
    return actions.prepare_device(owner=owner, name=name, by=actor_of(owner), at=at)


def arriving(content: Any = "pasar", kind: str = "test.office", uuid: UUID | None = None, **given: Any) -> Arriving:
    """A record as a phone sends it."""
    text = content if isinstance(content, str) else json.dumps(content)
    values = {"made_at": AT - timedelta(hours=2), "sequence": 1, "shown": {"saved": "Tersimpan di HP ini."}}
    return Arriving(uuid or uuid4(), kind, hashlib.sha256(text.encode()).hexdigest(), text, **(values | given))


def receive(made: Device, *records: Arriving, at: datetime = AT, sent_at: datetime | None = None) -> list[Outcome]:
    """Take records in as the device's owner, whose clock is right unless told otherwise."""
    return actions.receive(device=made, records=records, sent_at=sent_at or at, by=actor_of(made.owner), at=at)


def make_an_office(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Carry out a record of this room's tests: its content is the code of an office, or what goes wrong."""
    Office.objects.create(code=content, name=f"{by.ref} {seen_at.isoformat()}", kind="dinas")
    if content == "refused":
        raise NotCarriedOut("Tidak bisa.")
    if content == "invalid":
        raise ValidationError({"a": "Satu.", "b": "Dua."})
    if content == "forbidden":
        raise NotAllowed(content)
    if content == "broken":
        raise KeyError("rahasia")
    return f"office:{content}"


KINDS = {"test.office": Kind("Kantor", {}, make_an_office)}
SETTING = f"{__name__}.KINDS"
