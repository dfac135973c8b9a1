"""The calendar of an office: closures and service times, and the deadlines that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.accounts.models import Office
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.catalogue.rules.holidays import is_working_day
from satupintu.licensing.models import Application, Closure, ServiceTime
from satupintu.licensing.queries.calendars import (
    CITY,
    Moved,
    closures_of,
    licences_of,
    may_close,
    running_files,
    wrong_deadlines,
)

LONGEST_SERVICE_TIME = 366
LONGEST_REASON = 150
BATCH = 500


@guarded
@transaction.atomic
def add_closure(*, office: str, day: date, reason: str, by: Actor, at: datetime) -> Closure:
    """Close an office (empty: every office of the city) on a working day, today or later; deadlines move with it.

    Raises NotAllowed for another's office, ValidationError for a day that has passed or is off already.
    """
    closure = planned_closure(office=office, day=day, reason=reason, by=by, at=at)
    closure.save()
    _record("closure_added", office, {"day": day.isoformat(), "reason": closure.reason}, by, at)
    recompute_deadlines(office=office, by=by, at=at)
    return closure


@guarded
@transaction.atomic
def remove_closure(*, closure: Closure, by: Actor, at: datetime) -> None:
    """Open an office again on a day that has not passed; deadlines move with it. Raises NotAllowed, ValidationError."""
    closure_to_remove(closure=closure, by=by, at=at)
    office, values = closure.office, {"day": closure.day.isoformat(), "reason": closure.reason}
    closure.delete()
    _record("closure_removed", office, values, by, at)
    recompute_deadlines(office=office, by=by, at=at)


@guarded
@transaction.atomic
def set_service_time(
    *, office: str, licence: str, days: int, begins: date, letter: str, example: bool = False, by: Actor, at: datetime
) -> ServiceTime:
    """Fix how many working days an office promises for a paper, for files accepted from a day on, today or later.

    ``letter`` is the office's own letter; ``example`` marks a time assumed for trying, which pages say. Raises
    NotAllowed for another's office, ValidationError.
    """
    service_time = planned_service_time(
        office=office, licence=licence, days=days, begins=begins, letter=letter, by=by, at=at
    )
    service_time.example = example
    service_time.save()
    values = {"licence": licence, "days": days, "begins": begins.isoformat(), "letter": service_time.letter}
    _record("service_time_set", office, values | {"example": example}, by, at)
    recompute_deadlines(office=office, by=by, at=at)
    return service_time


@guarded
@transaction.atomic
def recompute_deadlines(*, office: str, by: Actor, at: datetime) -> int:
    """Bring the kept deadlines of an office (empty: of all) in line with the clock; returns how many changed."""
    keys, changed = list(running_files(office).order_by("pk").values_list("pk", flat=True)), 0
    for first in range(0, len(keys), BATCH):
        files = Application.objects.select_for_update().filter(pk__in=keys[first : first + BATCH]).order_by("pk")
        changed += _keep(wrong_deadlines(files, at))
    _record("deadlines_recomputed", office, {"files": changed}, by, at)
    return changed


def _keep(rows: Iterable[Moved]) -> int:
    files = []
    for row in rows:
        row.application.deadline, row.application.deadline_estimated = row.new, row.estimated
        files.append(row.application)
    return Application.objects.bulk_update(files, ["deadline", "deadline_estimated"]) if files else 0


@guarded
def planned_closure(*, office: str, day: date, reason: str, by: Actor, at: datetime) -> Closure:
    """A closure that may be written, not written yet. Raises NotAllowed, ValidationError."""
    _check_office(office, by)
    told = " ".join(reason.split())
    if day < localdate(at):
        raise ValidationError({"day": _("Hari itu sudah lewat. Pilih hari ini atau sesudahnya.")})
    if not is_working_day(day) or closures_of(office).filter(day=day).exists():
        raise ValidationError({"day": _("Hari itu sudah libur. Pilih hari kerja.")})
    if not told or len(told) > LONGEST_REASON:
        message = _("Tulis alasan kantor tutup, paling banyak %(most)d huruf.") % {"most": LONGEST_REASON}
        raise ValidationError({"reason": message})
    return Closure(office=office, day=day, reason=told, made_by=by.ref, made_at=at)


@guarded
def closure_to_remove(*, closure: Closure, by: Actor, at: datetime) -> Closure:
    """A closure that may be taken back. Raises NotAllowed, ValidationError for a day that has passed."""
    _check_office(closure.office, by)
    if closure.day < localdate(at):
        raise ValidationError(_("Hari itu sudah lewat. Yang sudah lewat tidak diubah lagi."))
    return closure


@guarded
def planned_service_time(
    *, office: str, licence: str, days: int, begins: date, letter: str, by: Actor, at: datetime
) -> ServiceTime:
    """A service time that may be written, not written yet. Raises NotAllowed, ValidationError."""
    _check_office(office, by)
    told = " ".join(letter.split())
    if licence not in licences_of(office, begins):
        raise ValidationError({"licence": _("Surat itu tidak diputuskan kantor ini. Pilih dari daftar.")})
    if not 1 <= days <= LONGEST_SERVICE_TIME:
        raise ValidationError({"days": _("Tulis 1 sampai %(most)d hari kerja.") % {"most": LONGEST_SERVICE_TIME}})
    if begins < localdate(at):
        raise ValidationError({"begins": _("Hari itu sudah lewat. Pilih hari ini atau sesudahnya.")})
    if not told or len(told) > LONGEST_REASON:
        message = _("Tulis nomor suratnya, paling banyak %(most)d huruf.") % {"most": LONGEST_REASON}
        raise ValidationError({"letter": message})
    if ServiceTime.objects.filter(office=office, licence=licence, begins=begins).exists():
        raise ValidationError({"begins": _("Waktu pelayanan mulai hari itu sudah ada. Pilih hari lain.")})
    return ServiceTime(
        office=office, licence=licence, days=days, begins=begins, letter=told, made_by=by.ref, made_at=at
    )


def _check_office(office: str, by: Actor) -> None:
    if not may_close(by, office) or (office != CITY and not Office.objects.filter(code=office).exists()):
        raise NotAllowed(office)


def _record(what: str, office: str, values: dict[str, Any], by: Actor, at: datetime) -> None:
    audit.record(action=f"licensing.{what}", object=f"office:{office or 'all'}", values=values, by=by, at=at)
