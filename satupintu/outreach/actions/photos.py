"""Keeping photos of an event, saying who is on them, and destroying them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _checked, _one_line, _same_event
from satupintu.outreach.models import AidItem, Event, Participant, Photo, Session
from satupintu.registry import pictures, uploads
from satupintu.registry.queries.known import keep_document_until

# Why a photo is destroyed. Closed: the audit keeps it in clear for ever, and words typed freely could name somebody.
REASONS = ("asked", "wrong", "unclear")


@guarded
def keep_photo(
    *,
    event: Event,
    ref: UUID,
    content: bytes,
    kind: str = "documentation",
    caption: str = "",
    session: Session | None = None,
    item: AidItem | None = None,
    shows: str = "unknown",
    subjects: Iterable[Participant] = (),
    taken_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Photo:
    """Keep a photo sealed, written anew: smaller, without the place and camera it came with.

    The same ``ref`` sent twice is one photo. What it is is read from its content. Raises ValidationError, NotAllowed.
    """
    require_area(by, event.region)
    known = Photo.objects.filter(ref=ref).first()
    if known:
        _same_event(known.event_id, event)
        return known
    picture = _picture(content)
    photo = Photo(
        ref=ref,
        event=event,
        kind=kind,
        size=len(picture.content),
        sha256=hashlib.sha256(picture.content).hexdigest(),
        taken_at=taken_at or at,
        retention_until=keep_document_until(localdate(at)),
        made_by=by.ref,
        made_at=at,
    )
    people = _put(photo, caption, session, item, shows, subjects)
    uploads.keep(photo.stored, picture.content, picture.thumbnail)
    try:
        _write(photo, people, by, at)
    except IntegrityError:
        uploads.remove(photo.stored)
        return Photo.objects.get(ref=ref, event=event)  # another phone was first
    except BaseException:
        uploads.remove(photo.stored)
        raise
    return photo


@transaction.atomic
def _write(photo: Photo, people: list[Participant], by: Actor, at: datetime) -> None:
    photo.save(force_insert=True)
    photo.subjects.set(people)
    values = {"kind": photo.kind, "size": photo.size, "sha256": photo.sha256, **_shown(photo, people)}
    _witness("photo_kept", photo, values, by=by, at=at)


@guarded
@transaction.atomic
def describe_photo(
    *,
    photo: Photo,
    caption: str,
    session: Session | None,
    shows: str,
    subjects: Iterable[Participant] = (),
    by: Actor,
    at: datetime,
) -> Photo:
    """Say what is on a photo and who can be recognised. Raises ValidationError, NotAllowed."""
    require_area(by, photo.event.region)
    people = _put(photo, caption, session, photo.item, shows, subjects)
    photo.save(update_fields=["caption", "session", "shows"])
    photo.subjects.set(people)
    _witness("photo_described", photo, _shown(photo, people), by=by, at=at)
    return photo


@guarded
@transaction.atomic
def open_photo(*, photo: Photo, thumbnail: bool = False, by: Actor, at: datetime) -> bytes:
    """The bytes of a photo; opening the whole one is witnessed. Raises NotAllowed, FileNotFoundError."""
    require_area(by, photo.event.region)
    if thumbnail:
        return uploads.thumbnail(photo.stored)
    content = uploads.content(photo.stored)
    _witness("photo_read", photo, {}, by=by, at=at)
    return content


@guarded
@transaction.atomic
def erase_photo(*, photo: Photo, why: str, by: Actor, at: datetime) -> None:
    """Destroy a photo's bytes for good; that there was one stays written. ``why`` is one of REASONS.

    Raises ValidationError, NotAllowed.
    """
    require_area(by, photo.event.region)
    if why not in REASONS:
        raise ValidationError({"why": _("Pilih alasannya dari daftar.")})
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    if photo.erased_at is None:
        _erase(photo, why, by, at)


@guarded
def erase_expired(*, by: Actor, at: datetime) -> int:
    """Destroy every photo past its retention day or of somebody who was forgotten; returns how many there were."""
    kept = Photo.objects.filter(erased_at=None)
    old = kept.filter(retention_until__lt=localdate(at))
    forgotten = kept.filter(subjects__person__forgotten_at__isnull=False)
    due = dict.fromkeys(old.values_list("pk", flat=True), "kept_long_enough")
    due |= dict.fromkeys(forgotten.values_list("pk", flat=True), "forgotten")
    count = sum(_erase_one(key, why, by, at) for key, why in sorted(due.items()))
    with transaction.atomic():
        audit.record(action="outreach.expired_erased", object="outreach", values={"photos": count}, by=by, at=at)
    return count


@transaction.atomic
def _erase_one(key: int, why: str, by: Actor, at: datetime) -> bool:
    """Destroy one photo in a transaction of its own; False if somebody else was first."""
    photo = Photo.objects.select_for_update().filter(pk=key, erased_at=None).first()
    if photo is not None:
        _erase(photo, why, by, at)
    return photo is not None


def _erase(photo: Photo, why: str, by: Actor, at: datetime) -> None:
    photo.erased_at, photo.erased_why, photo.caption = at, why, ""
    photo.save(update_fields=["erased_at", "erased_why", "caption"])
    photo.subjects.clear()
    _witness("photo_erased", photo, {"why": why}, by=by, at=at)
    transaction.on_commit(lambda: uploads.remove(photo.stored))


def _picture(content: bytes) -> pictures.Picture:
    try:
        picture = pictures.read(content)
    except pictures.NotUsable as error:
        raise ValidationError({"file": str(error)}) from error
    if picture.thumbnail is None:
        raise ValidationError({"file": _("Ini PDF, bukan foto. PDF disimpan di halaman Berkas.")})
    return picture


def _put(
    photo: Photo,
    caption: str,
    session: Session | None,
    item: AidItem | None,
    shows: str,
    subjects: Iterable[Participant],
) -> list[Participant]:
    """Write what is known of a photo into it; returns who is on it."""
    people = list(subjects)
    if shows == "people" and not people:
        raise ValidationError({"subjects": _("Pilih kartu orang yang wajahnya terlihat.")})
    if people and shows != "people":
        raise ValidationError({"shows": _("Ada kartu yang dipilih. Pilih juga: ada peserta yang terlihat.")})
    if any(thing.event_id != photo.event_id for thing in (session, item, *people) if thing is not None):
        raise ValidationError(_("Sesi, bantuan, atau peserta ini dari acara lain."))
    photo.session, photo.item = session, item
    photo.caption, photo.shows = _one_line(caption), shows
    _checked(photo)
    return people


def _shown(photo: Photo, people: list[Participant]) -> dict[str, Any]:
    return {"shows": photo.shows, "cards": sorted(person.card for person in people)}


def _witness(what: str, photo: Photo, values: dict[str, Any], *, by: Actor, at: datetime) -> None:
    values = {"photo": str(photo.ref), **values}
    audit.record(action=f"outreach.{what}", object=photo.event.reference, values=values, by=by, at=at)
