"""What an officer finds while looking at a file: documents, the checklist, its end, and giving it back a desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing import library
from satupintu.licensing.actions.claims import _free
from satupintu.licensing.actions.moves import _locked, make_move
from satupintu.licensing.models import Application, Attachment
from satupintu.licensing.queries.desk import LOOKED_AT_IN, has_turn
from satupintu.licensing.queries.standing import service_of

FITS, WRONG = "fits", "wrong"


@guarded
@transaction.atomic
def judge_document(
    *, application: Application, slot: str, verdict: str, reason: str = "", by: Actor, at: datetime
) -> Attachment:
    """Say of the document that stands in a slot whether it fits or is wrong, with a preset reason of ``return``.

    Raises Held, NotAllowed out of one's turn, ValidationError for no document, or wrong without a known reason.
    """
    application = _looking_at(application, by, at)
    found = application.attachments.filter(slot=slot, replaced_at=None).first()
    if found is None:
        raise ValidationError(_("Berkas itu belum ada. Muat ulang halamannya."))
    presets = {one.code for one in library.library().reasons("return", application.licence) if one.about == "document"}
    if verdict not in (FITS, WRONG) or (verdict == WRONG and reason not in presets):
        raise ValidationError({"reason": _("Pilih alasan dari daftar.")})
    found.verdict, found.reason = verdict, reason if verdict == WRONG else ""
    found.judged_by, found.judged_at = by.ref, at
    found.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])
    told = {"slot": slot, "verdict": verdict, "reason": found.reason}
    _witness("licensing.document_judged", application, told, by, at)
    return found


@guarded
@transaction.atomic
def tick_check(*, application: Application, item: str, by: Actor, at: datetime) -> Application:
    """Say that an item of the checklist holds; who and when is kept with the file."""
    return _check(application, item, {"ok": True, "by": by.ref, "name": by.name, "at": at.isoformat()}, by, at)


@guarded
@transaction.atomic
def untick_check(*, application: Application, item: str, by: Actor, at: datetime) -> Application:
    """Say that an item of the checklist does not hold; who and when is kept with the file."""
    return _check(application, item, {"ok": False, "by": by.ref, "name": by.name, "at": at.isoformat()}, by, at)


def _check(application: Application, item: str, found: dict[str, object], by: Actor, at: datetime) -> Application:
    application = _looking_at(application, by, at)
    if item not in {one.code for one in service_of(application).checklist}:
        raise ValidationError(_("Butir itu tidak ada di daftar periksa."))
    if application.checks.get(item, {}).get("ok") != found["ok"]:
        application.checks = {**application.checks, item: found}
        application.save(update_fields=["checks"])
        _witness("licensing.checked", application, {"item": item, "ok": found["ok"]}, by, at)
    return application


def _looking_at(application: Application, by: Actor, at: datetime) -> Application:
    application = _free(_locked(application, by, at), by, at)
    if application.state not in LOOKED_AT_IN or not has_turn(by, application, at):
        raise NotAllowed(application.reference)
    return application


@guarded
@transaction.atomic
def examine(*, application: Application, revision: int | None = None, by: Actor, at: datetime) -> Application:
    """End the examination and hand the file to who decides. Raises Stale, Held, NotAllowed, ValidationError."""
    application = _free(_locked(application, by, at), by, at)
    return make_move(application=application, move="examine", revision=revision, by=by, at=at)


@guarded
@transaction.atomic
def send_back(
    *,
    application: Application,
    reason: str,
    items: Sequence[str] = (),
    words: str = "",
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Give an examined file back to the examiner with a preset reason; the items named must be looked at again."""
    application = _free(_locked(application, by, at), by, at)
    if reason not in {one.code for one in library.library().reasons("send_back", application.licence)}:
        raise ValidationError({"reason": _("Pilih alasan dari daftar.")})
    if unknown := {*items} - {one.code for one in service_of(application).checklist}:
        raise ValidationError({"items": _("Butir %(item)s tidak ada di daftar periksa.") % {"item": min(unknown)}})
    application.checks = {item: said for item, said in application.checks.items() if item not in items}
    return make_move(
        application=application,
        move="send_back",
        revision=revision,
        reasons=[reason],
        parts=[f"check:{item}" for item in items],
        note=" ".join(words.split())[:300],
        by=by,
        at=at,
    )


def _witness(action: str, application: Application, values: Mapping[str, object], by: Actor, at: datetime) -> None:
    person = application.person.reference
    audit.record(action=action, object=application.reference, person=person, values=values, by=by, at=at)
