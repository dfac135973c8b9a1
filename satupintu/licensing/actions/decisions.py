"""Deciding: by somebody who did not examine, with everything it rests on frozen in the same transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.licensing import library
from satupintu.licensing.actions.certificates import _hold_for_issue, _issue
from satupintu.licensing.actions.moves import _locked, make_move
from satupintu.licensing.models import Application, Decision
from satupintu.licensing.queries.clocks import reading_of
from satupintu.licensing.queries.freezing import as_text, freeze, rule_version
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.queries.visible import delegation_of
from satupintu.licensing.rules.measured import hours_of
from satupintu.licensing.rules.periods import last_day


class RulesChanged(ValidationError):
    """The rules of the file are no longer those the page was opened with; nothing was decided."""

    def __init__(self) -> None:
        super().__init__(_("Aturan berkas ini berubah sejak halaman dibuka. Baca lagi, lalu putuskan."))


@guarded
@transaction.atomic
def grant(
    *,
    application: Application,
    valid_from: date,
    valid_until: date | None,
    conditions: Sequence[str] = (),
    note: str = "",
    revision: int | None = None,
    rules: str | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Grant what was asked for, with conditions from the licence's data, and issue the paper at once.

    ``revision`` and ``rules`` are what the page was opened with. Raises Stale, RulesChanged, NotAllowed, and
    ValidationError for days out of order, an unknown condition, or somebody who took part in examining.
    """
    application = _locked(application, by, at)
    _hold_for_issue(application)
    _same_rules(application, rules)
    _check_days(application, valid_from, valid_until, by, at)
    known = {one.code for one in service_of(application).conditions}
    if unknown := [code for code in conditions if code not in known]:
        raise ValidationError({"conditions": _("Syarat %(code)s tidak dikenal.") % {"code": unknown[0]}})
    move = "grant_with_conditions" if conditions else "grant"
    make_move(application=application, move=move, revision=revision, note=note, by=by, at=at)
    decision = _decide(application, application.state, (), conditions, valid_from, valid_until, note, by, at)
    _issue(application, decision, by=by, at=at)
    return decision


@guarded
@transaction.atomic
def refuse(
    *,
    application: Application,
    reasons: Sequence[str],
    note: str = "",
    revision: int | None = None,
    rules: str | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Refuse with preset reasons in the applicant's words; an objection stays open. Raises as ``grant``."""
    application = _locked(application, by, at)
    _same_rules(application, rules)
    told = _reasons("refuse", reasons, note)
    make_move(
        application=application,
        move="refuse",
        revision=revision,
        reasons=reasons,
        note=note,
        told={"reason": told},
        by=by,
        at=at,
    )
    return _decide(application, "refused", reasons, (), None, None, note, by, at)


@guarded
@transaction.atomic
def uphold(*, application: Application, note: str, revision: int | None = None, by: Actor, at: datetime) -> Decision:
    """Answer an objection: the refusal stands. Whoever refused cannot decide this."""
    application = _locked(application, by, at)
    if not note.strip():
        raise ValidationError({"note": _("Tulis alasannya dengan kata sendiri.")})
    told = {"reason": note}
    make_move(application=application, move="uphold", revision=revision, note=note, told=told, by=by, at=at)
    return _decide(application, "refused", (), (), None, None, note, by, at)


@guarded
@transaction.atomic
def overturn(
    *,
    application: Application,
    valid_from: date,
    valid_until: date | None,
    note: str,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Answer an objection: granted after all, and issued at once."""
    application = _locked(application, by, at)
    _hold_for_issue(application)
    _check_days(application, valid_from, valid_until, by, at)
    if not note.strip():
        raise ValidationError({"note": _("Tulis alasannya dengan kata sendiri.")})
    make_move(application=application, move="overturn", revision=revision, note=note, by=by, at=at)
    decision = _decide(application, "granted", (), (), valid_from, valid_until, note, by, at)
    _issue(application, decision, by=by, at=at)
    return decision


@guarded
@transaction.atomic
def deem(*, application: Application, by: Actor, at: datetime) -> Decision:
    """Note that the law took the office's silence as approval (PP 28/2025 art. 225 and 230); a person then issues."""
    application = _locked(application, by, at)
    make_move(application=application, move="deem", by=by, at=at)
    return _decide(application, "deemed", (), (), localdate(at), None, "", by, at)


@guarded
@transaction.atomic
def issue(
    *,
    application: Application,
    valid_from: date,
    valid_until: date | None,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Issue a paper that was granted without one: by law, for nobody decided. Raises as ``grant``."""
    application = _locked(application, by, at)
    _hold_for_issue(application)
    _check_days(application, valid_from, valid_until, by, at)
    decision = application.decisions.latest("made_at")
    decision.valid_from, decision.valid_until = valid_from, valid_until
    decision.save(update_fields=["valid_from", "valid_until"])
    _issue(application, decision, revision=revision, by=by, at=at)
    return decision


def _same_rules(application: Application, rules: str | None) -> None:
    if rules is not None and rules != rule_version(application):
        raise RulesChanged


def _check_days(application: Application, valid_from: date, valid_until: date | None, by: Actor, at: datetime) -> None:
    service, acting = service_of(application), delegation_of(by, application, localdate(at))
    if valid_from < localdate(at):
        raise ValidationError({"valid_from": _("Tanggal mulai sudah lewat. Pilih hari ini atau sesudahnya.")})
    if valid_until is not None and valid_until <= valid_from:
        raise ValidationError({"valid_until": _("Tanggal akhir harus sesudah tanggal mulai.")})
    if valid_until is None and not service.validity.forever:
        raise ValidationError({"valid_until": _("Isi tanggal akhir. Masa berlaku surat ini belum ditetapkan datanya.")})
    limit = acting.longest_months if acting and by.office != application.office else None
    if limit and (valid_until is None or valid_until > last_day(valid_from, limit)):
        told = _("Wewenang Bapak/Ibu paling lama %(months)d bulan. Pilih hari yang lebih dekat.") % {"months": limit}
        raise ValidationError({"valid_until": told})


def _reasons(kind: str, codes: Sequence[str], note: str) -> str:
    """The presets in words, and the official's own. Raises ValidationError without any or for an unknown one."""
    presets = [library.library().reason(kind, code) for code in codes]
    if any(preset is None for preset in presets):
        raise ValidationError({"reasons": _("Alasan ini tidak ada di daftar. Pilih dari daftar.")})
    said = [preset.text for preset in presets if preset] + ([note.strip()] if note.strip() else [])
    if not said:
        raise ValidationError({"reasons": _("Pilih satu alasan atau tulis dengan kata sendiri.")})
    return " ".join(said)


def _decide(
    application: Application,
    outcome: str,
    reasons: Sequence[str],
    conditions: Sequence[str],
    valid_from: date | None,
    valid_until: date | None,
    note: str,
    by: Actor,
    at: datetime,
) -> Decision:
    delegation = None
    if by != SYSTEM and by.office != application.office:
        delegation = delegation_of(by, application, localdate(at))
    text = as_text(freeze(application, outcome, delegation, by, at))
    decision = Decision.objects.create(
        application=application,
        outcome=outcome,
        reasons=list(reasons),
        conditions=list(conditions),
        valid_from=valid_from,
        valid_until=valid_until,
        note=note,
        frozen=text,
        frozen_sha256=hashlib.sha256(text.encode()).hexdigest(),
        rule_version=rule_version(application),
        delegation=delegation,
        made_by=by.ref,
        made_by_name=by.name,
        role=by.role,
        office=by.office,
        made_at=at,
    )
    reading = reading_of(application, at)
    application.decided_at, application.working_hours = at, hours_of(reading.running)
    application.in_time = None if reading.deadline is None else reading.late_since is None
    application.save(update_fields=["decided_at", "working_hours", "in_time"])
    return decision
