"""Every read of devices and received records."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string

from satupintu.accounts.queries import actor_of
from satupintu.accounts.rules import sees_region
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.sync import rules
from satupintu.sync.models import Device, Received

PER_PAGE = 50
TOKEN = "device-token"  # noqa: S105  what the keyed hash is of


class Kind(NamedTuple):
    """A kind of record: its title and the labels of its fields for people, and what carries it out.

    ``carry_out`` takes the content, the record's UUID, who acts, when it was seen and when it arrived; it returns a
    reference of what it made. It raises NotCarriedOut, ValidationError or NotAllowed to refuse.
    """

    title: Any
    labels: Mapping[str, Any]
    carry_out: Callable[[str, UUID, Actor, datetime, datetime], str]


def kinds() -> Mapping[str, Kind]:
    """Every kind of record that is known; the table stands in a room above this one."""
    table: Mapping[str, Kind] = import_string(settings.RECORD_KINDS)
    return table


def kind_title(kind: str) -> str:
    """A kind in words; its name if it is not known here."""
    known = kinds().get(kind)
    return str(known.title) if known else kind


def device_of(token: str, at: datetime) -> tuple[Device, Actor] | None:
    """The device of a token and who acts with it, as they are today; None if the token does not count (any more)."""
    device = Device.objects.select_related("owner__office").filter(token_lookup=lookup(TOKEN, token)).first()
    if device is None or not _counts(device, at):
        return None
    actor = actor_of(device.owner)
    return (device, actor) if actor else None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device in a list: whether it still counts, whether it is the asker's own, and what came from it.

    ``missing`` is what the phone made and did not send yet, as it said itself; ``kept`` waits for a person here.
    """

    device: Device
    counts: bool
    own: bool
    received: int
    kept: int

    @property
    def missing(self) -> int:
        """Records that the phone still holds."""
        return max(0, self.device.captured - self.received)


def devices(actor: Actor, at: datetime) -> list[DeviceRow]:
    """The asker's own devices, and for administrators all of their area; the newest first."""
    came = Count("records", filter=~Q(records__state=rules.CONFLICT))
    kept = Count("records", filter=~Q(records__state=rules.DONE) & Q(records__set_aside_at=None))
    rows = (
        _devices(actor).select_related("owner", "office").annotate(came=came, kept=kept).order_by("-issued_at", "-pk")
    )
    return [
        DeviceRow(row, _counts(row, at), actor.ref == f"user:{row.owner_id}", row.came, row.kept)
        for row in rows[:PER_PAGE]
    ]


def device_for(actor: Actor, ref: UUID) -> Device:
    """One of those devices; else 404."""
    return get_object_or_404(_devices(actor), ref=ref)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of records is narrowed to; ``state`` may be ``set_aside`` too, empty is all that waits."""

    state: str = ""
    kind: str = ""


def waiting(actor: Actor) -> QuerySet[Received]:
    """Records that a person must look at, of the area."""
    return _records(actor).exclude(state=rules.DONE).filter(set_aside_at=None)


def records(actor: Actor, filters: Filters, page: str) -> Page[Received]:
    """One page of records of the area, the newest first."""
    rows = waiting(actor)
    if filters.state == "set_aside":
        rows = _records(actor).exclude(set_aside_at=None)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    return Paginator(rows.select_related("device__owner"), PER_PAGE).get_page(page)


def record_for(actor: Actor, key: int) -> Received:
    """One record of the area that a person may decide on; else 404."""
    rows = _records(actor).exclude(state=rules.DONE)
    return get_object_or_404(rows.select_related("device__owner__office"), pk=key)


def shown_content(record: Received) -> list[tuple[str, str]]:
    """What a record holds, by field, with long numbers masked; one line without a name if it is no list of fields."""
    try:
        fields = json.loads(record.content)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        return [("", rules.masked(record.content[:500]))]
    known = kinds().get(record.kind)
    labels = known.labels if known else {}
    return [
        (str(labels.get(name) or name), rules.masked(_line(value))[:500]) for name, value in fields.items() if value
    ]


def _line(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _counts(device: Device, at: datetime) -> bool:
    return rules.counts(
        issued_at=device.issued_at,
        valid_until=device.valid_until,
        revoked_at=device.revoked_at,
        reset_at=device.owner.credentials_reset_at,
        at=at,
    )


def _devices(actor: Actor) -> QuerySet[Device]:
    own = Q(owner__pk=int(actor.ref.removeprefix("user:"))) if actor.ref.startswith("user:") else Q(pk__in=[])
    return Device.objects.filter(own | _within(actor, "office") if actor.role == "administrator" else own)


def _records(actor: Actor) -> QuerySet[Received]:
    if actor.role != "administrator":
        raise Http404("records")
    return Received.objects.filter(_within(actor, "device__office"))


def _within(actor: Actor, office: str) -> Q:
    """Rows of offices whose area lies in the actor's."""
    if actor.area is None:
        return Q(pk__in=[])
    if sees_region(actor.area, ""):
        return ~Q(pk__in=[])  # not an empty Q: that would vanish from an "or"
    return Q(**{f"{office}__area": actor.area}) | Q(**{f"{office}__area__startswith": f"{actor.area}."})
