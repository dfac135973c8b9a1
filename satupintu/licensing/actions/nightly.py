"""What time does to files and papers: warnings before the end, lapses, approval by law, expiry, reminders.

Each is a chore of the house and leaves one record with how many; each file is its own transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from satupintu.accounts.gate import guarded
from satupintu.accounts.models import User
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing import library
from satupintu.licensing.actions.certificates import begin_renewed, expire_due
from satupintu.licensing.actions.decisions import deem
from satupintu.licensing.actions.moves import _locked, make_move, tell
from satupintu.licensing.models import Application, Certificate, Reminder
from satupintu.licensing.queries.clocks import reading_of
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.queries.told import paper_title
from satupintu.licensing.rules.moves import DESK, LICENSING, SIGNER, WAITING
from satupintu.messages.actions import enqueue
from satupintu.registry.queries.people import agrees
from satupintu.web.formats import date_long, rupiah

ASK = {"id": "tanya dinas", "en": "ask the office"}
log = logging.getLogger(__name__)
ON_THE_CLOCK = (*DESK, "examined")


@guarded
def warn_of_deadlines(*, by: Actor, at: datetime) -> int:
    """Warn before the time of a file is up: its officer at each stage of the licence's data, at the last one the
    officials who sign too. Each stage is told once. Returns how many warnings were made."""
    running = Application.objects.filter(state__in=ON_THE_CLOCK, deadline__isnull=False)
    soon = running.filter(deadline__lte=at + timedelta(days=40)).order_by("deadline")
    return _each("deadlines_warned", _keys(soon), lambda pk: _warn(pk, by, at), by, at)


def _warn(pk: int, by: Actor, at: datetime) -> int:
    file = _locked(Application(pk=pk), by, at)
    service = service_of(file)
    alerts = dict(zip(service.service_time.warn_before, reading_of(file, at).alerts, strict=False))
    due = [days for days, moment in alerts.items() if moment <= at and days not in file.warned]
    if not due or file.state not in ON_THE_CLOCK or file.deadline is None:
        return 0
    file.warned = [*file.warned, *due]
    file.save(update_fields=["warned"])
    last = min(due) == min(alerts)
    for user in _warned(file, last):
        enqueue(
            key=f"deadline:{file.pk}:{min(due)}:{user.pk}",
            channel="email",
            to=user.email,
            template="deadline_warning",
            language=user.language,
            values={
                "number": file.number,
                "paper": paper_title(file.licence),
                "day": date_long(localdate(file.deadline - timedelta.resolution), user.language),
                "link": f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('licensing:desk-file', args=[file.number])}",
            },
            by=by,
            at=at,
        )
    values = {"days": min(due), "escalated": last}
    audit.record(action="licensing.deadline_warned", object=file.reference, values=values, by=by, at=at)
    return 1


def _warned(file: Application, last: bool) -> list[User]:
    staff = User.objects.filter(is_active=True).exclude(email="")
    of_office = staff.filter(office=file.office)
    holder = staff.filter(pk=file.claimed_by.removeprefix("user:") or 0)
    # A file that nobody has is everybody's whose turn it is.
    whose = list(holder or of_office.filter(role=LICENSING.by_code[file.state].owner))
    return whose + ([one for one in of_office.filter(role=SIGNER) if one not in whose] if last else [])


@guarded
def lapse_unanswered(*, by: Actor, at: datetime) -> int:
    """Close the files whose applicant did not answer for as long as the licence's data say; none where they do not."""
    waiting = Application.objects.filter(state__in=("draft", "returned", *WAITING)).order_by("pk")
    return _each("files_lapsed", _keys(waiting), lambda pk: _lapse(pk, by, at), by, at)


def _lapse(pk: int, by: Actor, at: datetime) -> int:
    file = _locked(Application(pk=pk), by, at)
    service = library.library().service(file.licence, file.law_day)
    days = service.waiting.days_to_answer if service else None
    if days is None or file.moved_at + timedelta(days=days) > at:
        return 0
    move = "lapse" if file.state in ("draft", "returned") else "lapse_waiting"
    make_move(application=file, move=move, by=by, at=at)
    return 1


@guarded
def approve_by_law(*, by: Actor, at: datetime) -> int:
    """Note the approval by law of every file whose office was silent until its time was up, where the law has it."""
    late = Application.objects.filter(state__in=ON_THE_CLOCK, deadline__lte=at).order_by("deadline")
    silent = [
        file.pk
        for file in late
        if (one := library.library().service(file.licence, file.law_day)) and one.service_time.deemed
    ]
    return _each("silence_approved", silent, lambda pk: _deem(pk, by, at), by, at)


def _deem(pk: int, by: Actor, at: datetime) -> int:
    try:
        deem(application=Application(pk=pk), by=by, at=at)
    except ValidationError:
        return 0  # paused or decided since it was listed
    return 1


@guarded
def end_papers(*, by: Actor, at: datetime) -> int:
    """End the papers whose renewal begins to hold, and those whose last day has passed."""
    ended = begin_renewed(on=localdate(at), by=by, at=at) + expire_due(on=localdate(at), by=by, at=at)
    return _noted("papers_expired", ended, by, at)


@guarded
def remind_renewals(*, by: Actor, at: datetime) -> int:
    """Remind, once for each stage of the licence's data, whoever agreed to reminders that their paper ends soon."""
    day = localdate(at)
    ending = Certificate.objects.filter(
        status="active", valid_until__gte=day, valid_until__lte=day + timedelta(days=400)
    )
    return _each("renewals_reminded", _keys(ending.order_by("pk")), lambda pk: _remind(pk, by, at), by, at)


def _remind(pk: int, by: Actor, at: datetime) -> int:
    paper = Certificate.objects.select_for_update(of=("self",)).select_related("application__person").get(pk=pk)
    service = library.library().service(paper.licence, localdate(at))
    left = (paper.valid_until - localdate(at)).days if paper.valid_until else None
    if service is None or service.renewal is None or left is None or hasattr(paper, "followed_by"):
        return 0
    stages = [days for days in service.renewal.remind_before_days if left <= days]
    if not stages or not agrees(paper.person, "reminders"):
        return 0
    _reminder, new = Reminder.objects.get_or_create(
        certificate=paper, stage=min(stages), defaults={"made_by": by.ref, "made_at": at}
    )
    if not new or paper.valid_until is None:
        return 0
    language = paper.person.language
    told = {
        "number": paper.number,
        "day": date_long(paper.valid_until, language),
        "cost": ASK[language] if service.fee.rupiah is None else rupiah(service.fee.rupiah),
    }
    tell(
        application=paper.application,
        template="renewal_reminder",
        told=told,
        key=f"{paper.pk}:{min(stages)}",
        by=by,
        at=at,
    )
    return 1


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _each(name: str, keys: Iterable[int], work: Callable[[int], int], by: Actor, at: datetime) -> int:
    """One file that fails holds up no other: it is told in the log and tried again the next night."""
    done = 0
    for key in keys:
        try:
            with transaction.atomic():
                done += work(key)
        except Exception:
            log.exception("licensing.%s failed for %s", name, key)
    return _noted(name, done, by, at)


@transaction.atomic
def _noted(name: str, done: int, by: Actor, at: datetime) -> int:
    audit.record(action=f"licensing.{name}", object="licensing", values={"count": done}, by=by, at=at)
    return done
