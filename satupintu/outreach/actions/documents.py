"""Papers of an event and materials of its sessions."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _checked, _one_line, _record
from satupintu.outreach.models import Event, EventDocument, Session
from satupintu.registry import pictures, uploads


@guarded
def add_document(
    *,
    event: Event,
    kind: str,
    title: str,
    content: bytes,
    session: Session | None = None,
    public: bool = False,
    by: Actor,
    at: datetime,
) -> EventDocument:
    """Keep a PDF or a photo of a paper, sealed; what it is is read from its content.

    Only material can be ``public``, that is taken without signing in. Raises ValidationError, NotAllowed.
    """
    require_area(by, event.region)
    if public and kind != "material":
        raise ValidationError({"public": _("Hanya bahan pemateri yang boleh dibuka umum.")})
    if session is not None and session.event_id != event.pk:
        raise ValidationError({"session": _("Sesi ini dari acara lain. Pilih dari daftar.")})
    try:
        picture = pictures.read(content)
    except pictures.NotUsable as error:
        raise ValidationError({"file": str(error)}) from error
    document = EventDocument(
        event=event,
        session=session,
        kind=kind,
        title=_one_line(title),
        public=public,
        content_type=picture.content_type,
        size=len(picture.content),
        sha256=hashlib.sha256(picture.content).hexdigest(),
        made_by=by.ref,
        made_at=at,
    )
    _checked(document)
    uploads.keep(document.stored, picture.content, None)
    try:
        _write(document, by, at)
    except BaseException:
        uploads.remove(document.stored)
        raise
    return document


@transaction.atomic
def _write(document: EventDocument, by: Actor, at: datetime) -> None:
    document.save(force_insert=True)
    values = {
        "document": str(document.ref),
        "kind": document.kind,
        "title": document.title,
        "public": document.public,
        "size": document.size,
        "sha256": document.sha256,
    }
    _record("document_added", document.event, values, by=by, at=at)


@guarded
@transaction.atomic
def open_document(*, document: EventDocument, by: Actor, at: datetime) -> bytes:
    """The bytes of a paper of an event; that it was opened is witnessed. Raises NotAllowed, FileNotFoundError."""
    require_area(by, document.event.region)
    content = uploads.content(document.stored)
    _record("document_read", document.event, {"document": str(document.ref)}, by=by, at=at)
    return content


@guarded
@transaction.atomic
def remove_document(*, document: EventDocument, by: Actor, at: datetime) -> None:
    """Destroy a document's bytes for good; that there was one stays written. Raises NotAllowed."""
    require_area(by, document.event.region)
    document = EventDocument.objects.select_for_update().get(pk=document.pk)
    if document.erased_at is not None:
        return
    document.erased_at = at
    document.save(update_fields=["erased_at"])
    values = {"document": str(document.ref), "kind": document.kind, "title": document.title}
    _record("document_removed", document.event, values, by=by, at=at)
    transaction.on_commit(lambda: uploads.remove(document.stored))
