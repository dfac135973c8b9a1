"""Visits of the place: planned for a working day, moved to another, reported with what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.claims import _free
from satupintu.licensing.actions.moves import _locked, make_move, tell
from satupintu.licensing.models import Application, Visit, VisitPhoto
from satupintu.licensing.queries.clocks import calendar_of
from satupintu.licensing.queries.desk import has_turn
from satupintu.registry import uploads
from satupintu.registry.actions import add_document
from satupintu.registry.models import Document
from satupintu.web.formats import weekday_date

PHOTO_KIND = "foto_lapak"
MOST_PHOTOS = 6
LONGEST_FINDINGS = 2000


@guarded
@transaction.atomic
def plan_visit(*, application: Application, day: date, revision: int | None = None, by: Actor, at: datetime) -> Visit:
    """Plan a visit for a working day, today or later; the applicant is told the day.

    Raises Stale, Held, NotAllowed, ValidationError for a day that has passed or on which the office is closed.
    """
    application = _free(_locked(application, by, at), by, at)
    _check_day(application, day, at)
    make_move(
        application=application,
        move="plan_visit",
        revision=revision,
        values={"day": day.isoformat()},
        told={"day": weekday_date(day, application.person.language)},
        by=by,
        at=at,
    )
    # One that was planned before the applicant was asked something is planned anew, not twice.
    visit = application.visits.filter(made_at=None).last() or Visit(application=application)
    visit.planned_for, visit.planned_by, visit.planned_at = day, by.ref, at
    visit.save()
    return visit


@guarded
@transaction.atomic
def replan_visit(*, application: Application, day: date, by: Actor, at: datetime) -> Visit:
    """Move the planned visit to another working day; the applicant is told the new day.

    Raises Held, NotAllowed, ValidationError as ``plan_visit`` and if no visit is planned.
    """
    application = _free(_locked(application, by, at), by, at)
    visit = _planned(application, by, at)
    _check_day(application, day, at)
    if day == visit.planned_for:
        return visit
    before, visit.planned_for = visit.planned_for, day
    visit.save(update_fields=["planned_for"])
    audit.record(
        action="licensing.visit_moved",
        object=application.reference,
        person=application.person.reference,
        values={"before": before.isoformat(), "day": day.isoformat()},
        by=by,
        at=at,
    )
    told = {"day": weekday_date(day, application.person.language)}
    tell(
        application=application,
        template="visit_planned",
        told=told,
        key=f"{visit.pk}:{at.timestamp():.0f}",
        by=by,
        at=at,
    )
    return visit


@guarded
def report_visit(
    *,
    application: Application,
    fits: bool,
    findings: str,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    photos: Sequence[bytes] = (),
    revision: int | None = None,
    ref: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Visit:
    """Write down what was found at the place, with sealed photos in the person's wallet.

    ``fits`` is what was seen, no decision. With ``ref``, the number a phone gave its record, the same report sent
    twice is one: a visit this officer reported already is returned as it stands. Raises Stale, Held, NotAllowed,
    ValidationError.
    """
    kept: list[Document] = []
    try:
        with transaction.atomic():
            return _report(application, fits, findings, latitude, longitude, photos, revision, ref, kept, by, at)
    except BaseException:
        for document in kept:  # rolled back: their bytes must go too
            uploads.remove(document.ref)
        raise


def _report(
    application: Application,
    fits: bool,
    findings: str,
    latitude: Decimal | None,
    longitude: Decimal | None,
    photos: Sequence[bytes],
    revision: int | None,
    ref: UUID | None,
    kept: list[Document],
    by: Actor,
    at: datetime,
) -> Visit:
    application = _locked(application, by, at)
    if ref is not None and (known := application.visits.filter(report_ref=ref).first()):
        return known
    _free(application, by, at)
    visit = _planned(application, by, at)
    if len(photos) > MOST_PHOTOS:
        raise ValidationError(
            {"photos": _("Paling banyak %(most)d foto. Pilih yang paling jelas.") % {"most": MOST_PHOTOS}}
        )
    visit.fits, visit.findings = fits, _words(findings)
    visit.latitude, visit.longitude = _position(latitude, longitude)
    visit.made_by, visit.made_by_name, visit.made_at, visit.report_ref = by.ref, by.name, at, ref
    visit.save()
    for content in photos:
        document = add_document(person=application.person, kind=PHOTO_KIND, content=content, by=by, at=at)
        kept.append(document)
        VisitPhoto.objects.create(visit=visit, document=document)
    values = {"fits": fits, "photos": len(photos), "position": visit.latitude is not None}
    make_move(application=application, move="report_visit", revision=revision, values=values, by=by, at=at)
    return visit


def _planned(application: Application, by: Actor, at: datetime) -> Visit:
    """The visit that is planned and not reported."""
    if application.state != "site_visit" or not has_turn(by, application, at):
        raise NotAllowed(application.reference)
    visit = application.visits.filter(made_at=None).last()
    if visit is None:
        raise ValidationError(_("Belum ada kunjungan yang direncanakan. Pilih dulu harinya."))
    return visit


def _check_day(application: Application, day: date, at: datetime) -> None:
    if day < localdate(at):
        raise ValidationError({"day": _("Hari itu sudah lewat. Pilih hari ini atau sesudahnya.")})
    if calendar_of(application.office).is_off(day):
        raise ValidationError({"day": _("Hari itu kantor libur. Pilih hari kerja.")})


def _words(findings: str) -> str:
    told = findings.strip()
    if not told:
        raise ValidationError({"findings": _("Tulis apa yang terlihat di tempat jualan.")})
    if len(told) > LONGEST_FINDINGS:
        raise ValidationError(
            {"findings": _("Terlalu panjang. Paling banyak %(most)d huruf.") % {"most": LONGEST_FINDINGS}}
        )
    return told


def _position(latitude: Decimal | None, longitude: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    if (latitude is None) != (longitude is None):
        raise ValidationError({"latitude": _("Isi lintang dan bujur, atau kosongkan keduanya.")})
    if latitude is not None and longitude is not None and (abs(latitude) > 90 or abs(longitude) > 180):
        raise ValidationError({"latitude": _("Titiknya tidak mungkin. Lintang -90 sampai 90, bujur -180 sampai 180.")})
    return latitude, longitude
