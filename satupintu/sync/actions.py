"""Every write to devices and received records. Each record stands or falls alone, together with its witness."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.accounts.models import User
from satupintu.accounts.queries import actor_of
from satupintu.audit import actions as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.sync import queries, rules
from satupintu.sync.models import Device, Received
from satupintu.sync.rules import Arriving, NotCarriedOut, Outcome

NAMELESS = "HP lapangan"
TRIES = 3  # of one record, when another transaction stands in its way
CONFLICT_SAYS = "Nomor catatan ini sudah dipakai isi lain. Keduanya disimpan, administrator memeriksa."
DAMAGED_SAYS = "Isi catatan rusak di jalan. Kirim lagi."
UNKNOWN_SAYS = "Jenis catatan ini belum dikenal di sini. Perbarui SatuPintu, lalu coba lagi."
NOT_ALLOWED_SAYS = "Petugas ini tidak berwenang untuk catatan ini. Periksa peran dan wilayahnya."
OUR_FAULT_SAYS = "Sistem gagal mengerjakan catatan ini. Coba lagi, lalu laporkan ke pengelola sistem."
logger = logging.getLogger(__name__)


@guarded
@transaction.atomic
def prepare_device(
    *, owner: User, name: str, replaces: UUID | None = None, by: Actor, at: datetime
) -> tuple[Device, str]:
    """Let a phone of one's own capture for 14 days; returns it with its token, which is never told again.

    ``replaces`` is what the same phone was before; its token stops counting. Raises NotAllowed.
    """
    if by.ref != f"user:{owner.pk}" or owner.office is None:
        raise NotAllowed("prepare_device")
    for before in Device.objects.filter(owner=owner, ref=replaces) if replaces else ():
        _revoke(before, by, at)
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        name=" ".join(name.split())[:60] or NAMELESS,
        owner=owner,
        office=owner.office,
        token_lookup=lookup(queries.TOKEN, token),
        issued_at=at,
        valid_until=at + rules.VALID_FOR,
    )
    _witness("device_prepared", device, by, at)
    return device, token


@guarded
@transaction.atomic
def revoke_device(*, device: Device, by: Actor, at: datetime) -> None:
    """End a device's token: of one's own, or as administrator of its area. Doing it twice changes nothing."""
    queries.device_for(by, device.ref)
    _revoke(device, by, at)


def _revoke(device: Device, by: Actor, at: datetime) -> None:
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at, revoked_by=by.ref):
        _witness("device_revoked", device, by, at)


@guarded
def receive(
    *, device: Device, records: Sequence[Arriving], sent_at: datetime, captured: int = 0, by: Actor, at: datetime
) -> list[Outcome]:
    """Take in a batch, record by record; ``sent_at`` is the phone's clock while sending, ``by`` its owner of today.

    ``captured`` is how many records the phone made so far; the list of devices shows how many of them did not come yet.

    Nothing of one record touches another: what a room refuses is quarantined and the next goes on. Raises NotAllowed
    for an owner whose role captures nothing, OperationalError when the database stays busy; what came before stands.
    """
    Device.objects.filter(pk=device.pk).update(last_seen_at=at, captured=captured)
    return [_received(device, record, rules.seen_at(record.made_at, sent_at, at), by, at) for record in records]


def _received(device: Device, record: Arriving, seen_at: datetime, by: Actor, at: datetime) -> Outcome:
    if not rules.fits(record.content, record.hash):
        return Outcome(record.uuid, record.hash, rules.DAMAGED, DAMAGED_SAYS)
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _taken_in(device, record, seen_at, by, at)
        except OperationalError:
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def _taken_in(device: Device, record: Arriving, seen_at: datetime, by: Actor, at: datetime) -> Outcome:
    row = _insert(device, record, seen_at, rules.DONE, at)
    if row is None:
        return _known(device, record, seen_at, by, at)
    # The witness comes first: it makes the records of one office wait for each other in one order.
    _witness("record_received", device, by, at, row)
    row.problem = _carry_out(row, by, at)
    if row.problem:
        row.state = rules.QUARANTINED
        _witness("record_quarantined", device, by, at, row)
    else:
        row.content = ""
    row.save(update_fields=["state", "problem", "content", "result"])
    return Outcome(record.uuid, record.hash, row.state, row.problem, row.result)


def _insert(device: Device, record: Arriving, seen_at: datetime, state: str, at: datetime) -> Received | None:
    """The row of a record, or None if the database has one with this UUID (or, of a conflict, this content)."""
    try:
        with transaction.atomic():
            return Received.objects.create(
                client_uuid=record.uuid,
                device=device,
                kind=record.kind,
                content_hash=record.hash,
                content=record.content,
                shown=dict(record.shown),
                device_time=record.made_at,
                made_at=seen_at,
                sequence=record.sequence,
                received_at=at,
                state=state,
                problem=CONFLICT_SAYS if state == rules.CONFLICT else "",
            )
    except IntegrityError:
        return None


def _known(device: Device, record: Arriving, seen_at: datetime, by: Actor, at: datetime) -> Outcome:
    """What to say of a UUID that came before; another content is kept beside the first."""
    first = Received.objects.exclude(state=rules.CONFLICT).get(client_uuid=record.uuid)
    if first.content_hash == record.hash:
        return Outcome(record.uuid, record.hash, rules.ALREADY, first.problem, first.result)
    kept = _insert(device, record, seen_at, rules.CONFLICT, at)
    if kept is not None:
        _witness("record_conflict", device, by, at, kept)
    return Outcome(record.uuid, record.hash, rules.CONFLICT, CONFLICT_SAYS)


def _carry_out(row: Received, by: Actor, at: datetime) -> str:
    """Hand a record to its room; returns why that did not work, or nothing. What was begun then is undone."""
    kind = queries.kinds().get(row.kind)
    if kind is None:
        return UNKNOWN_SAYS
    try:
        with transaction.atomic():
            row.result = kind.carry_out(row.content, row.client_uuid, by, row.made_at, at)
    except (NotCarriedOut, ValidationError) as refused:
        sentences = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        return " ".join(sentences)[:500] or OUR_FAULT_SAYS
    except PermissionDenied:
        return NOT_ALLOWED_SAYS
    except OperationalError:
        raise
    except Exception:
        logger.exception("record %s of kind %s failed", row.client_uuid, row.kind)
        return OUR_FAULT_SAYS
    return ""


@guarded
@transaction.atomic
def retry(*, record: Received, by: Actor, at: datetime) -> Received:
    """Carry a quarantined record out once more, as its device's owner is today; as ``by`` if they have left.

    Raises ValidationError if it is not waiting for that, NotAllowed.
    """
    record = _waiting(record, by)
    if record.state != rules.QUARANTINED:
        raise ValidationError(_("Catatan ini tidak bisa dicoba lagi. Sisihkan kalau tidak dipakai."))
    _witness("record_retried", record.device, by, at, record)
    record.problem = _carry_out(record, actor_of(record.device.owner) or by, at)
    if not record.problem:
        record.state, record.content = rules.DONE, ""
    record.save(update_fields=["state", "problem", "content", "result"])
    return record


@guarded
@transaction.atomic
def set_aside(*, record: Received, why: str, by: Actor, at: datetime) -> Received:
    """Say that nothing more comes of a record. Raises ValidationError, NotAllowed."""
    record = _waiting(record, by)
    reason = " ".join(why.split())[:250]
    if not reason:
        raise ValidationError({"why": _("Tulis alasannya dulu.")})
    record.set_aside_at, record.set_aside_by, record.set_aside_why = at, by.ref, reason
    record.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
    _witness("record_set_aside", record.device, by, at, record, reason)
    return record


@guarded
@transaction.atomic
def restore(*, record: Received, by: Actor, at: datetime) -> Received:
    """Put a record that was set aside back among those that wait, while its content is kept.

    Raises ValidationError, NotAllowed.
    """
    record = _locked(record, by)
    if record.set_aside_at is None or not record.content:
        raise ValidationError(_("Catatan ini tidak disisihkan, atau isinya sudah dihapus."))
    record.set_aside_at, record.set_aside_by, record.set_aside_why = None, "", ""
    record.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
    _witness("record_restored", record.device, by, at, record)
    return record


@guarded
@transaction.atomic
def blank_set_aside(*, by: Actor, at: datetime) -> int:
    """Empty what was set aside more than 30 days ago; returns how many. That it came and why it was left stays."""
    old = Received.objects.filter(set_aside_at__lt=at - rules.SET_ASIDE_KEPT)
    keys = [row.pk for row in old.only("pk", "content") if row.content]
    count = Received.objects.filter(pk__in=keys).update(content="")
    audit.record(action="sync.records_blanked", object="records", values={"records": count}, by=by, at=at)
    return count


def _locked(record: Received, by: Actor) -> Received:
    queries.record_for(by, record.pk)
    return Received.objects.select_for_update(of=("self",)).select_related("device__owner__office").get(pk=record.pk)


def _waiting(record: Received, by: Actor) -> Received:
    record = _locked(record, by)
    if record.state == rules.DONE or record.set_aside_at:
        raise ValidationError(_("Catatan ini sudah selesai atau disisihkan. Buka daftarnya lagi."))
    return record


def _witness(what: str, device: Device, by: Actor, at: datetime, row: Received | None = None, why: str = "") -> None:
    """A record in the chain; of what was captured only kind, hash and where it came from."""
    object, values = f"device:{device.ref}", {}
    if row is not None:
        object = f"record:{row.client_uuid}"
        values = {"device": str(device.ref), "kind": row.kind, "hash": row.content_hash, "sequence": row.sequence}
    audit.record(action=f"sync.{what}", object=object, why=why, values=values, by=by, at=at)
