"""Filling a file in: answers and documents. In a file that was sent back only what was named may change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.files import _note
from satupintu.licensing.actions.moves import _locked
from satupintu.licensing.models import Application, Attachment
from satupintu.licensing.queries.standing import answers_of, missing_parts, service_of
from satupintu.licensing.rules.answers import Unusable, placed, read_answer
from satupintu.licensing.rules.parts import may_change
from satupintu.licensing.rules.serving import DocumentSlot
from satupintu.registry.actions import add_document
from satupintu.registry.models import Document, Market, Stall


@guarded
@transaction.atomic
def save_answers(*, application: Application, values: Mapping[str, Any], by: Actor, at: datetime) -> Application:
    """Keep the answers to some questions, empty ones too; the others stay.

    ``values`` are typed or kept values by field (``rules.answers``). In a file that was sent back only the fields that
    were named may come, and those that are filled now count as repaired, as do optional ones that were emptied. Raises
    ValidationError by field; then nothing is kept.
    """
    application = _locked(application, by, at)
    before, kept = answers_of(application), _read(application, values, at)
    after = {name: value for name, value in (before | kept).items() if value is not None}
    needed = {one.name for one in service_of(application).fields if one.required}
    for name in kept:
        part = f"field:{name}"
        emptied = name not in needed and (name in before or application.open_parts.get(part, False))
        _mark(application, part, name in after or emptied)
    changed = sorted(name for name in kept if before.get(name) != kept[name])
    _put(application, after)
    application.save()
    audit.record(
        action="licensing.answers_saved",
        object=application.reference,
        person=application.person.reference,
        values={"fields": changed},
        before={name: before.get(name) for name in changed},
        after={name: kept[name] for name in changed},
        by=by,
        at=at,
    )
    return application


def _read(application: Application, values: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The values as they are kept. Raises ValidationError by field."""
    service, kept, wrong = service_of(application), {}, {}
    for name, typed in values.items():
        field = service.field(name)
        if field is None:
            raise ValidationError(_("Isian %(name)s tidak dikenal. Buka lagi halamannya.") % {"name": name})
        _require_open(application, f"field:{name}")
        try:
            kept[name] = read_answer(field, typed, localdate(at))
        except Unusable as unusable:
            wrong[name] = str(unusable)
        else:
            if field.kind == "stall" and kept[name] and not Market.objects.filter(code=kept[name]["market"]).exists():
                wrong[name] = _("Pasar itu tidak ada di daftar. Pilih dari daftar.")
    if wrong:
        raise ValidationError(wrong)
    return kept


def _put(application: Application, answers: Mapping[str, Any]) -> None:
    """Write the answers, and what stands in columns of its own so that places can be compared."""
    service = service_of(application)
    application.answers = json.dumps(answers, ensure_ascii=False, sort_keys=True) if answers else ""
    for name, value in placed(service, answers).items():
        setattr(application, name, value)
    field = next((one for one in service.fields if one.kind == "stall"), None)
    if field is not None:
        chosen = answers.get(field.name) or {}
        application.market = Market.objects.filter(code=chosen.get("market", "")).first()
        stalls = Stall.objects.filter(market=application.market, label__iexact=chosen.get("stall", ""))
        application.stall = stalls.first() if application.market else None


@guarded
def attach_document(
    *,
    application: Application,
    slot: str,
    document: Document | None = None,
    content: bytes = b"",
    by: Actor,
    at: datetime,
) -> Attachment:
    """Put a document of the wallet into a slot, or the ``content`` of a new photo or PDF, which joins the wallet.

    Raises ValidationError, NotAllowed; then the slot stands as it was.
    """
    _slot(application, slot)
    _require_open(application, f"document:{slot}")  # before anything is uploaded; asked again under the lock
    if document is None:
        document = add_document(person=application.person, kind=slot, content=content, by=by, at=at)
    if document.person_id != application.person_id or document.erased_at:
        raise ValidationError({"document": _("Berkas itu tidak ada di dompetnya. Pilih yang lain.")})
    return _fill_slot(application, slot, document, by, at)


@guarded
def bring_original(*, application: Application, slot: str, by: Actor, at: datetime) -> Attachment:
    """Promise to bring the original to the counter instead of a photo, where the service allows it."""
    if not _slot(application, slot).original_at_counter_allowed:
        raise ValidationError({"document": _("Untuk berkas ini perlu foto. Ambil fotonya dulu.")})
    return _fill_slot(application, slot, None, by, at)


@guarded
@transaction.atomic
def detach(*, application: Application, slot: str, by: Actor, at: datetime) -> None:
    """Empty a slot again."""
    application = _locked(application, by, at)
    part = f"document:{slot}"
    _require_open(application, part)
    if _take_out(application, slot, at):
        _mark(application, part, False)
        application.save(update_fields=["open_parts"])
        _witness("document_detached", application, {"slot": slot}, by, at)


@transaction.atomic
def _fill_slot(application: Application, slot: str, document: Document | None, by: Actor, at: datetime) -> Attachment:
    application = _locked(application, by, at)
    part = f"document:{slot}"
    _require_open(application, part)
    _take_out(application, slot, at)
    attachment = Attachment.objects.create(
        application=application, slot=slot, document=document, at_counter=document is None, made_by=by.ref, made_at=at
    )
    _mark(application, part, True)
    application.save(update_fields=["open_parts"])
    values = {"slot": slot, "document": str(document.ref) if document else "", "at_counter": document is None}
    _witness("document_attached", application, values, by, at)
    if not any(missing.startswith("document:") for missing in missing_parts(application)):
        _note(application, "documents_ready", localdate(at), by, at)
    return attachment


def _take_out(application: Application, slot: str, at: datetime) -> bool:
    """Empty a slot: nobody has seen a draft's, so it goes; later ones stay with what was said about them."""
    standing = Attachment.objects.filter(application=application, slot=slot, replaced_at=None)
    if application.state == "draft":
        return bool(standing.delete()[0])
    return bool(standing.update(replaced_at=at))


def _slot(application: Application, code: str) -> DocumentSlot:
    found = next((one for one in service_of(application).documents if one.code == code), None)
    if found is None:
        raise ValidationError(_("Berkas %(slot)s tidak diminta untuk surat ini.") % {"slot": code})
    return found


def _require_open(application: Application, part: str) -> None:
    if not may_change(application.state, application.open_parts, part):
        raise ValidationError(_("Bagian ini tidak bisa diubah sekarang. Lihat dulu keadaan berkasnya."))


def _mark(application: Application, part: str, repaired: bool) -> None:
    if part in application.open_parts:
        application.open_parts = {**application.open_parts, part: repaired}


def _witness(action: str, application: Application, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    audit.record(
        action=f"licensing.{action}",
        object=application.reference,
        person=application.person.reference,
        values=dict(values),
        by=by,
        at=at,
    )
