"""The one door: every move of a file goes through here, with its step, its witness and its message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.kernel.workflow import FACTS, FOUR_EYES, MoveRefused
from satupintu.kernel.worktime import RUNNING, START
from satupintu.licensing.models import Application, Step
from satupintu.licensing.queries.clocks import is_estimate, reading_of
from satupintu.licensing.queries.standing import standing_of
from satupintu.licensing.queries.told import values_of
from satupintu.licensing.queries.visible import acts_for, sees
from satupintu.licensing.rules.moves import LICENSING, keeps_claim
from satupintu.messages.actions import enqueue
from satupintu.messages.rules import UnusableMessage

MISSING = {
    "filled_in": gettext_noop("Masih ada isian atau berkas yang kosong. Lengkapi dulu."),
    "repaired": gettext_noop("Bagian yang diminta belum diperbaiki semua. Perbaiki dulu."),
    "fee_settled": gettext_noop("Biaya belum dibayar. Catat dulu pembayarannya."),
    "visit_settled": gettext_noop("Tempat usaha belum dikunjungi. Catat dulu hasil kunjungan."),
    "recommendation_settled": gettext_noop("Rekomendasi belum dijawab. Tunggu jawabannya."),
    "checked": gettext_noop("Daftar periksa belum lengkap. Periksa dulu semua berkas."),
    "in_order": gettext_noop("Ada yang belum sesuai di daftar periksa. Kembalikan, atau tolak."),
    "ready": gettext_noop("Kunjungan, biaya, atau rekomendasi belum selesai."),
    "has_fee": gettext_noop("Tidak ada biaya yang perlu ditagih."),
    "silence_approves": gettext_noop("Batas waktunya belum lewat."),
    "issued_here": gettext_noop("Surat ini terbit di kantor lain. Catat nomornya di sini."),
    "issued_elsewhere": gettext_noop("Surat ini diputuskan di kantor ini."),
}


class Stale(ValidationError):
    """Somebody moved the file since the page was opened; ``application`` is how it stands now."""

    def __init__(self, application: Application) -> None:
        super().__init__(_("Berkas ini baru saja berubah. Lihat dulu keadaannya, lalu ulangi."))
        self.application = application


def _locked(application: Application, by: Actor, at: datetime, *, acting: bool = True) -> Application:
    """The file as it stands now, its row locked until the transaction ends. Raises NotAllowed if it is not theirs."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("person", "business")
    fresh = rows.get(pk=application.pk)
    if not (acts_for(by, fresh, localdate(at)) if acting else sees(by, fresh)):
        raise NotAllowed(fresh.reference)
    return fresh


@guarded
def make_move(
    *,
    application: Application,
    move: str,
    revision: int | None = None,
    reasons: Sequence[str] = (),
    parts: Sequence[str] = (),
    note: str = "",
    values: Mapping[str, Any] | None = None,
    told: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Make one move on a file that is locked already (``locked``); returns it in its new state.

    ``revision`` is what the page was opened with: an older one is refused as Stale. ``reasons`` are codes of presets,
    ``parts`` what they concern, ``note`` words for the applicant (sealed), ``values`` go into the audit and must hold
    nothing personal, ``told`` fills the message. Raises NotAllowed for the wrong role, Stale, ValidationError with
    what is missing.
    """
    if revision is not None and revision != application.revision:
        raise Stale(application)
    try:
        LICENSING.check_role(move, by.role)
        LICENSING.check_now(move, standing_of(application, at), by.ref)
    except MoveRefused as refused:
        raise _sentence(refused, application) from refused
    row = LICENSING.by_name[move]
    if not keeps_claim(application.state, row.target):
        application.claimed_by, application.claimed_name, application.claimed_at = "", "", None
    application.state = row.target
    application.revision += 1
    application.moved_at = at
    step = _note_step(application, move, reasons, parts, note, by, at)
    if row.clock:
        _set_clock(application, row.clock, at)
    application.save()
    _witness(application, step, row.event, values or {}, by, at)
    if row.message:
        tell(application=application, template=row.message, told=told or {}, key=f"{step.number}", by=by, at=at)
    return application


def _sentence(refused: MoveRefused, application: Application) -> Exception:
    if refused.why == FOUR_EYES:
        return ValidationError(_("Yang ikut memeriksa tidak boleh memutuskan. Minta petugas lain."))
    if refused.why == FACTS:
        return ValidationError([_(MISSING[name]) for name in refused.missing if name in MISSING])
    return NotAllowed(refused.move) if refused.why == "role" else Stale(application)


def _note_step(
    application: Application,
    move: str,
    reasons: Sequence[str],
    parts: Sequence[str],
    note: str,
    by: Actor,
    at: datetime,
) -> Step:
    last = application.steps.order_by("-number").values_list("number", flat=True).first() or 0
    return Step.objects.create(
        application=application,
        number=last + 1,
        move=move,
        state=application.state,
        made_by=by.ref,
        made_by_name=by.name,
        role=by.role,
        office=by.office,
        made_at=at,
        reasons=list(reasons),
        parts=list(parts),
        note=note,
    )


def _set_clock(application: Application, kind: str, at: datetime) -> None:
    if kind == START:
        application.accepted_at = at
    reading = reading_of(application, at)
    running = reading.state == RUNNING
    application.deadline = reading.deadline if running else None
    application.deadline_estimated = bool(
        running and reading.deadline and is_estimate(localdate(at), localdate(reading.deadline))
    )


def _witness(
    application: Application, step: Step, event: str, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    told = {"state": application.state, "reasons": list(step.reasons), "parts": list(step.parts), **values}
    audit.record(
        action=event,
        object=application.reference,
        person=application.person.reference,
        why=step.note,
        values=told,
        by=by,
        at=at,
    )


@guarded
def tell(
    *, application: Application, template: str, told: Mapping[str, str], key: str, by: Actor, at: datetime
) -> None:
    """Put a message about a file into the outbox, once per ``key``, if its person has a channel.

    A message about somebody's own file belongs to the service they asked for, so it needs no consent to reminders.
    """
    person = application.person
    if person.channel == "none" or not person.phone:
        return
    values = values_of(application, template, told)
    try:
        enqueue(
            key=f"{template}:{application.pk}:{key}",
            channel=person.channel,
            to=person.phone,
            template=template,
            language=person.language,
            values=values,
            person=person.reference,
            by=by,
            at=at,
        )
    except UnusableMessage:
        return  # a number no gateway takes; the page shows the same words
