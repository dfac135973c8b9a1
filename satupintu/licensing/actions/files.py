"""Starting a file, sending it in, repairing, withdrawing, objecting: what whoever asks does with a file as a whole."""

from __future__ import annotations

import json
import secrets
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing import library
from satupintu.licensing.actions.moves import _locked, make_move
from satupintu.licensing.models import Application, Certificate
from satupintu.licensing.queries.known_answers import known_answers
from satupintu.licensing.queries.offices import office_for
from satupintu.licensing.queries.standing import answers_of
from satupintu.licensing.queries.visible import acts_for
from satupintu.licensing.rules.answers import placed
from satupintu.licensing.rules.moves import LICENSING, OPEN_STATES
from satupintu.licensing.rules.numbers import new_number
from satupintu.licensing.rules.serving import Service
from satupintu.registry.actions import note_milestone
from satupintu.registry.models import Business, Person
from satupintu.registry.queries.visible import require_sees

SENDING_ON = {"returned": "repair", "asked": "answer", "asked_again": "answer_again"}
# Whoever was refused may ask anew; everything else that is open is gone on with.
GONE_ON_WITH = tuple(state for state in OPEN_STATES if state != "refused")
LONGEST_NOTE = 1_000


@guarded
@transaction.atomic
def start_file(
    *,
    person: Person,
    licence: str,
    business: Business | None = None,
    channel: str = "self",
    renews: Certificate | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Begin a file for a paper, filled in with what is known; an open one for the same business is returned instead.

    ``channel`` is self, counter, market or event. The law of today decides about it. Raises ValidationError for a
    paper that is not served or a business of somebody else, NotAllowed.
    """
    require_sees(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if business is not None and business.person_id != person.pk:
        raise ValidationError(_("Usaha itu milik orang lain. Pilih dari datanya sendiri."))
    service = library.library().service(licence, localdate(at))
    if service is None:
        raise ValidationError(_("Surat ini belum bisa diajukan di sini. Tanyakan ke petugas."))
    standing = _open_file(person, licence, business, renews)
    if standing is not None:
        return standing
    region = (business.region if business else "") or person.region
    draft = _draft(service, person, business, region, channel, renews, by, at)
    if not acts_for(by, draft, localdate(at)):
        raise NotAllowed(region)
    draft.save()
    audit.record(
        action="licensing.file_started",
        object=draft.reference,
        person=person.reference,
        values={"licence": licence, "law_day": str(draft.law_day), "channel": channel, "office": draft.office},
        after={"answers": answers_of(draft)},
        by=by,
        at=at,
    )
    return draft


def _open_file(
    person: Person, licence: str, business: Business | None, renews: Certificate | None
) -> Application | None:
    files = Application.objects.filter(person=person, licence=licence, business=business, state__in=GONE_ON_WITH)
    if renews is not None:
        files = files.exclude(pk=renews.application_id)
    return files.first()


def _draft(
    service: Service,
    person: Person,
    business: Business | None,
    region: str,
    channel: str,
    renews: Certificate | None,
    by: Actor,
    at: datetime,
) -> Application:
    today = localdate(at)
    office = office_for(service, region)
    if office is None:
        raise ValidationError(_("Belum ada kantor yang melayani surat ini. Tanyakan ke petugas."))
    answers = known_answers(service, person, business, today)
    draft = Application(
        number=_new_number(),
        person=person,
        business=business,
        licence=service.code,
        law_day=today,
        answers=json.dumps(answers, ensure_ascii=False, sort_keys=True) if answers else "",
        office=office,
        region=region,
        market=business.market if business else None,
        stall=business.stall if business else None,
        channel=channel,
        renews=renews,
        made_by=by.ref,
        made_at=at,
        moved_at=at,
    )
    for name, value in placed(service, answers).items():
        setattr(draft, name, value)
    return draft


def _new_number() -> str:
    while True:
        number = new_number(secrets.choice)
        if not Application.objects.filter(number=number).exists():
            return number


@guarded
@transaction.atomic
def submit(*, application: Application, revision: int | None = None, by: Actor, at: datetime) -> Application:
    """Send a file in that is filled in. Raises ValidationError with what is missing, Stale, NotAllowed."""
    application = _locked(application, by, at)
    application.submitted_at = at
    application = make_move(application=application, move="submit", revision=revision, by=by, at=at)
    _note(application, "applied", localdate(at), by, at)
    return application


@guarded
@transaction.atomic
def send_repair(*, application: Application, revision: int | None = None, by: Actor, at: datetime) -> Application:
    """Send back what was asked for: the repair of a returned file, or the answer to a question of whoever examines.

    It was not right the first time. Raises ValidationError while something that was sent back is not repaired.
    """
    application = _locked(application, by, at)
    application.first_time_right = False
    move = SENDING_ON.get(application.state, "repair")
    return make_move(application=application, move=move, revision=revision, by=by, at=at)


@guarded
@transaction.atomic
def withdraw(
    *, application: Application, reason: str = "", revision: int | None = None, by: Actor, at: datetime
) -> Application:
    """Take an application back; it ends there. ``reason`` is a preset of the kind ``withdraw``, if one was given."""
    application = _locked(application, by, at)
    if reason and library.library().reason("withdraw", reason) is None:
        raise ValidationError({"reason": _("Pilih dari daftar.")})
    complete = application.state in LICENSING.by_name["withdraw_complete"].sources
    move = "withdraw_complete" if complete else "withdraw"
    reasons = (reason,) if reason else ()
    return make_move(application=application, move=move, revision=revision, reasons=reasons, by=by, at=at)


@guarded
@transaction.atomic
def object_to_decision(
    *, application: Application, reason: str, revision: int | None = None, by: Actor, at: datetime
) -> Application:
    """Object to a refusal, in the applicant's own words; an official who did not refuse looks again."""
    application = _locked(application, by, at)
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis kenapa Bapak/Ibu keberatan.")})
    note = reason.strip()[:LONGEST_NOTE]
    return make_move(application=application, move="object", revision=revision, note=note, by=by, at=at)


def _note(application: Application, code: str, day: date, by: Actor, at: datetime) -> None:
    """One dated step of the person's way, once for each file."""
    person, evidence = application.person, application.reference
    if not person.milestones.filter(code=code, evidence=evidence).exists():
        note_milestone(person=person, code=code, day=day, evidence=evidence, by=by, at=at)
