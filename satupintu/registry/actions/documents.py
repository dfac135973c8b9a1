"""Writing papers held and the wallet of documents."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.registry import pictures, uploads
from satupintu.registry.actions.consents import note_milestone
from satupintu.registry.actions.doubles import _note_pair
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import Business, Document, PaperHeld, Person
from satupintu.registry.queries.known import documents, keep_document_until, number_form, papers
from satupintu.registry.queries.visible import require_sees
from satupintu.registry.rules.doubles import SAME_PAPER, SCORES, Likeness
from satupintu.registry.rules.identity import ending
from satupintu.registry.rules.lists import read_number


@guarded
@transaction.atomic
def record_paper(
    *,
    person: Person,
    paper: str,
    number: str = "",
    business: Business | None = None,
    issuer: str = "",
    issued: date | None = None,
    valid_until: date | None = None,
    evidence: Document | None = None,
    by: Actor,
    at: datetime,
) -> PaperHeld:
    """Note a paper somebody holds, as read from it; we issue none of these. ``paper`` is a code of the catalogue.

    The number must have the known form (an NIB has 13 digits, PIA). A paper with a number is noted once for a person:
    noted again, what stands is returned, filled in where it was empty. A number that somebody else holds too makes
    the two a likely double. Raises ValidationError, NotAllowed.
    """
    require_sees(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if paper not in papers():
        raise ValidationError({"paper": _("Surat %(paper)s tidak dikenal. Pilih dari daftar.") % {"paper": paper}})
    value = _number(paper, number)
    if issued and issued > localdate(at):
        raise ValidationError({"issued": _("Tanggal terbit belum lewat. Periksa suratnya lalu isi lagi.")})
    found: dict[str, Any] = {"issuer": issuer.strip()[:150], "issued": issued, "valid_until": valid_until}
    found |= {"business": business, "evidence": evidence}
    standing = _standing(person, paper, value)
    if standing is not None:
        found = {name: getattr(standing, name) or new for name, new in found.items()}
    if found["issued"] and found["valid_until"] and found["valid_until"] < found["issued"]:
        raise ValidationError({"valid_until": _("Masa berlaku habis sebelum terbit. Periksa suratnya.")})
    for thing in (business, evidence):
        if thing is not None and thing.person_id != person.pk:
            raise ValidationError(_("Usaha atau fotonya milik orang lain. Pilih dari datanya sendiri."))
    if standing is not None:
        return _filled_in(standing, found, by, at)
    held = PaperHeld.objects.create(
        person=person,
        paper=paper,
        number=value,
        number_lookup=lookup("paper", value),
        number_ending=lookup("paper-ending", ending(value)),
        made_by=by.ref,
        made_at=at,
        **found,
    )
    _record_paper(held, by, at)
    note_milestone(
        person=person, code=f"paper_{paper}", day=issued or localdate(at), evidence=f"paper:{held.ref}", by=by, at=at
    )
    _note_other_holders(held, at)
    return held


def _standing(person: Person, paper: str, number: str) -> PaperHeld | None:
    """The entry that a person has for a paper with this number; a paper without a number is always a new one."""
    if not number:
        return None
    theirs = PaperHeld.objects.filter(person=person, paper=paper, withdrawn_at=None)
    return theirs.filter(number_lookup=lookup("paper", number)).order_by("pk").first()


def _filled_in(held: PaperHeld, found: Mapping[str, Any], by: Actor, at: datetime) -> PaperHeld:
    changed = [name for name, value in found.items() if value != getattr(held, name)]
    if changed:
        for name in changed:
            setattr(held, name, found[name])
        held.save(update_fields=changed)
        _record_paper(held, by, at)
    return held


def _record_paper(held: PaperHeld, by: Actor, at: datetime) -> None:
    dates = {"issued": str(held.issued), "until": str(held.valid_until)}
    after = {"paper": held.paper, "number": held.number, "issuer": held.issuer, **dates}
    _record("paper_recorded", held.person, object=f"paper:{held.ref}", after=after, by=by, at=at)


def _note_other_holders(held: PaperHeld, at: datetime) -> None:
    """One number is one paper of one person: whoever holds the same is perhaps the same person, or one was misread."""
    if not held.number:
        return
    same = PaperHeld.objects.filter(paper=held.paper, number_lookup=held.number_lookup, withdrawn_at=None)
    others = Person.objects.filter(papers__in=same, merged_into=None, forgotten_at=None).exclude(pk=held.person_id)
    for other in others.order_by("pk").distinct():
        _note_pair(held.person, other, Likeness(SCORES[SAME_PAPER], (SAME_PAPER,)), at)


@guarded
@transaction.atomic
def withdraw_paper(*, held: PaperHeld, why: str, by: Actor, at: datetime) -> None:
    """Take back a paper that was noted wrongly; the entry stays for the record, its milestone goes."""
    require_sees(by, held.person)
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    held.person.milestones.filter(evidence=f"paper:{held.ref}").delete()
    _record("paper_withdrawn", held.person, object=f"paper:{held.ref}", why=why.strip()[:300], by=by, at=at)


@guarded
def add_document(*, person: Person, kind: str, content: bytes, by: Actor, at: datetime) -> Document:
    """Put a photo or PDF in somebody's wallet, sealed. What it is is read from its content, never from its name.

    A photo is written anew (smaller, without the place it was taken). Raises ValidationError, NotAllowed.
    """
    require_sees(by, person)
    if kind not in documents():
        raise ValidationError({"kind": _("Berkas %(kind)s tidak dikenal. Pilih dari daftar.") % {"kind": kind}})
    try:
        picture = pictures.read(content)
    except pictures.NotUsable as error:
        raise ValidationError({"file": str(error)}) from error
    ref = uuid.uuid4()
    uploads.keep(ref, picture.content, picture.thumbnail)
    try:
        return _write_document(person, kind, ref, picture, by=by, at=at)
    except BaseException:
        uploads.remove(ref)
        raise


@transaction.atomic
def _write_document(
    person: Person, kind: str, ref: uuid.UUID, picture: pictures.Picture, *, by: Actor, at: datetime
) -> Document:
    document = Document.objects.create(
        ref=ref,
        person=person,
        kind=kind,
        content_type=picture.content_type,
        size=len(picture.content),
        sha256=hashlib.sha256(picture.content).hexdigest(),
        has_thumbnail=picture.thumbnail is not None,
        retention_until=keep_document_until(localdate(at)),
        made_by=by.ref,
        made_at=at,
    )
    values = {"kind": kind, "size": document.size, "sha256": document.sha256}
    _record("document_added", person, object=f"document:{ref}", values=values, by=by, at=at)
    return document


@guarded
@transaction.atomic
def open_document(*, document: Document, thumbnail: bool = False, by: Actor, at: datetime) -> bytes:
    """The bytes of a document; opening the whole one is witnessed. Raises NotAllowed, FileNotFoundError."""
    require_sees(by, document.person)
    if thumbnail:
        return uploads.thumbnail(document.ref)
    content = uploads.content(document.ref)
    _record("document_read", document.person, object=f"document:{document.ref}", by=by, at=at)
    return content


@guarded
@transaction.atomic
def erase_document(*, document: Document, why: str, by: Actor, at: datetime) -> None:
    """Destroy a document's bytes for good; that there was one stays written."""
    require_sees(by, document.person)
    _erase(document, at)
    _record("document_erased", document.person, object=f"document:{document.ref}", why=why[:300], by=by, at=at)


def _erase(document: Document, at: datetime) -> None:
    document.erased_at = at
    document.has_thumbnail = False
    document.save(update_fields=["erased_at", "has_thumbnail"])
    transaction.on_commit(lambda: uploads.remove(document.ref))


def _number(paper: str, typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return read_number(number_form(paper), typed)
    except ValueError as error:
        raise ValidationError({"number": str(error)}) from error
