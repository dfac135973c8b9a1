"""Delegations: for some days a signing official acts for another office, by its letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.accounts.models import Office, User
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing.models import Delegation
from satupintu.licensing.queries.calendars import licences_of, may_close
from satupintu.licensing.rules.moves import SIGNER

LONGEST_LETTER = 100
LONGEST_DAYS = 366


@guarded
@transaction.atomic
def add_delegation(
    *,
    office: str,
    holder: str,
    licences: Sequence[str] = (),
    begins: date,
    ends: date,
    letter: str,
    longest_months: int | None = None,
    by: Actor,
    at: datetime,
) -> Delegation:
    """Let a signing official act for an office from a day to another, both included; no licences: for all of them.

    ``longest_months`` is for how long at most a paper they grant may hold.

    Four eyes stay: who examined still never decides. Raises NotAllowed for another's office, ValidationError.
    """
    official = _official(holder)
    told = " ".join(letter.split())
    if not may_close(by, office) or not Office.objects.filter(code=office).exists():
        raise NotAllowed(office)
    if official is None or official.office_id == office:
        raise ValidationError({"holder": _("Pilih pejabat dari kantor lain.")})
    if {*licences} - licences_of(office, begins).keys():
        raise ValidationError({"licences": _("Surat itu tidak diputuskan kantor ini. Pilih dari daftar.")})
    _check_days(begins, ends, at)
    if not told or len(told) > LONGEST_LETTER:
        message = _("Tulis nomor suratnya, paling banyak %(most)d huruf.") % {"most": LONGEST_LETTER}
        raise ValidationError({"letter": message})
    made = Delegation.objects.create(
        office=office,
        holder=f"user:{official.pk}",
        holder_name=official.display_name,
        licences=sorted({*licences}),
        longest_months=longest_months,
        begins=begins,
        ends=ends,
        letter=told,
        made_by=by.ref,
        made_at=at,
    )
    _record("delegation_added", made, by, at)
    return made


@guarded
@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Actor, at: datetime) -> Delegation:
    """End a delegation before its last day; what was decided by it stands. Raises NotAllowed, ValidationError."""
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if not may_close(by, delegation.office):
        raise NotAllowed(delegation.office)
    if delegation.ended_at is not None or delegation.ends < localdate(at):
        raise ValidationError(_("Pelimpahan ini sudah selesai."))
    delegation.ended_at = at
    delegation.save(update_fields=["ended_at"])
    _record("delegation_ended", delegation, by, at)
    return delegation


def _official(holder: str) -> User | None:
    key = holder.removeprefix("user:")
    known = User.objects.filter(role=SIGNER, is_active=True)
    return known.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 10 else None


def _check_days(begins: date, ends: date, at: datetime) -> None:
    if begins < localdate(at):
        raise ValidationError({"begins": _("Hari itu sudah lewat. Pilih hari ini atau sesudahnya.")})
    if ends < begins:
        raise ValidationError({"ends": _("Hari terakhir lebih awal dari hari pertama. Periksa lagi.")})
    if (ends - begins).days >= LONGEST_DAYS:
        raise ValidationError(
            {"ends": _("Paling lama %(most)d hari. Pilih hari yang lebih dekat.") % {"most": LONGEST_DAYS}}
        )


def _record(what: str, one: Delegation, by: Actor, at: datetime) -> None:
    values = {
        "holder": one.holder,
        "begins": one.begins.isoformat(),
        "ends": one.ends.isoformat(),
        "licences": one.licences,
        "longest_months": one.longest_months,
        "letter": one.letter,
    }
    audit.record(action=f"licensing.{what}", object=f"office:{one.office}", values=values, by=by, at=at)
