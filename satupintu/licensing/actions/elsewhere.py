"""Papers that another office issues: filed there, number or refusal noted, and sittings in which somebody helped."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing import library
from satupintu.licensing.actions.files import LONGEST_NOTE, _note
from satupintu.licensing.actions.moves import _locked, make_move
from satupintu.licensing.models import Application, Assisted
from satupintu.licensing.queries.applying import issuer_of
from satupintu.licensing.queries.standing import service_of
from satupintu.registry import actions as registry
from satupintu.registry.models import Document
from satupintu.registry.queries.known import documents, number_form
from satupintu.registry.rules.lists import read_number

HELP_CONSENT = "assisted_filing"
LONGEST_PLACE, LONGEST_OUTCOME, MOST_MINUTES = 150, 250, 600
# The ladder of the way to a licence counts these as its last rung: an NIB that was noted.
LICENSED = "nib"
ANY_PAPER = "surat_terbit"  # the kind of document for a paper that has no kind of its own


@guarded
@transaction.atomic
def file_elsewhere(
    *,
    application: Application,
    filed_on: date,
    where: str = "",
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Note on which day and where it was filed at the other office. Raises ValidationError, Stale, NotAllowed."""
    application = _locked(application, by, at)
    if filed_on > localdate(at):
        raise ValidationError({"filed_on": _("Tanggalnya belum lewat. Pilih hari ini atau sebelumnya.")})
    application.filed_on = filed_on
    application.filed_where = where.strip()[:LONGEST_PLACE] or issuer_of(application)
    values = {"filed_on": filed_on.isoformat()}
    application = make_move(
        application=application, move="file_elsewhere", revision=revision, values=values, by=by, at=at
    )
    _note(application, "applied", filed_on, by, at)
    return application


@guarded
def note_number(
    *,
    application: Application,
    number: str,
    issued: date | None = None,
    content: bytes = b"",
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Note the number as read from the paper that came, so that it is held in the registry and the plan moves on.

    The number must have the known form (an NIB has 13 digits, PIA). ``content`` is a photo or PDF of the paper, which
    joins the wallet. Raises ValidationError by field, Stale, NotAllowed.
    """
    paper = service_of(application).number_of or application.licence
    if not number.strip():
        raise ValidationError({"number": _("Tulis nomor seperti di suratnya.")})
    try:
        read_number(number_form(paper), number)
    except ValueError as error:
        raise ValidationError({"number": str(error)}) from error
    evidence = None
    if content:
        kind = paper if paper in documents() else ANY_PAPER
        evidence = registry.add_document(person=application.person, kind=kind, content=content, by=by, at=at)
    return _note_number(application, paper, number, issued, evidence, revision, by, at)


@transaction.atomic
def _note_number(
    application: Application,
    paper: str,
    number: str,
    issued: date | None,
    evidence: Document | None,
    revision: int | None,
    by: Actor,
    at: datetime,
) -> Application:
    application = _locked(application, by, at)
    held = registry.record_paper(
        person=application.person,
        paper=paper,
        number=number,
        business=application.business,
        issuer=issuer_of(application),
        issued=issued,
        evidence=evidence,
        by=by,
        at=at,
    )
    values = {"paper": str(held.ref), "evidence": evidence is not None}
    application = make_move(application=application, move="note_number", revision=revision, values=values, by=by, at=at)
    if paper == LICENSED:
        _note(application, "licensed", issued or localdate(at), by, at)
    return application


@guarded
@transaction.atomic
def note_refusal(
    *,
    application: Application,
    reason: str,
    note: str = "",
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Note why the other office refused: a preset of ``refuse_elsewhere``, and words of one's own."""
    application = _locked(application, by, at)
    preset = library.library().reason("refuse_elsewhere", reason)
    if preset is None:
        raise ValidationError({"reason": _("Pilih alasannya dari daftar.")})
    said = preset.text_en if application.person.language == "en" else preset.text
    return make_move(
        application=application,
        move="note_refusal",
        revision=revision,
        reasons=(reason,),
        note=note.strip()[:LONGEST_NOTE],
        told={"reason": said},
        by=by,
        at=at,
    )


@guarded
@transaction.atomic
def record_sitting(
    *,
    application: Application,
    given: bool,
    place: str,
    minutes: int | None = None,
    outcome: str = "",
    by: Actor,
    at: datetime,
) -> Assisted:
    """Record that somebody was helped with a file (PP 7/2021 art. 40): where, by whom, by which consent.

    ``given`` is the answer to the consent that was read out; after a no nothing is recorded. Raises ValidationError.
    """
    application = _locked(application, by, at)
    if not place.strip():
        raise ValidationError({"place": _("Tulis tempatnya, misalnya loket kecamatan.")})
    if not given:
        raise ValidationError({"given": _("Tanpa persetujuan, petugas tidak boleh mengisikan.")})
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise ValidationError({"minutes": _("Tulis menitnya dengan angka, 1 sampai 600.")})
    consent = registry.give_consent(
        person=application.person, purpose=HELP_CONSENT, given=True, place=place, by=by, at=at
    )
    sitting = Assisted.objects.create(
        application=application,
        consent=consent,
        place=place.strip()[:LONGEST_PLACE],
        helped_by=by.ref,
        helped_by_name=by.name,
        office=by.office,
        minutes=minutes,
        outcome=outcome.strip()[:LONGEST_OUTCOME],
        made_by=by.ref,
        made_at=at,
    )
    audit.record(
        action="licensing.sitting_recorded",
        object=application.reference,
        person=application.person.reference,
        values={"sitting": sitting.pk, "consent": consent.pk, "minutes": minutes},
        after={"place": sitting.place, "outcome": sitting.outcome},
        by=by,
        at=at,
    )
    return sitting
