"""What the house does once a day, at night, in `satupintu worker`. Each chore is an action that leaves its record.

The record is also how the house knows that today's chore is done: a chore that failed, or a night on which no worker
ran, is made up for. Chores may be repeated without harm, so two workers need not agree on who does them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connection
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from satupintu.accounts import actions as accounts
from satupintu.audit import actions as audit
from satupintu.audit.queries import happened_since
from satupintu.audit.rules import SYSTEM
from satupintu.config import actions as config
from satupintu.licensing.actions import nightly as licensing
from satupintu.licensing.actions.papers import sign_unsigned
from satupintu.licensing.actions.publishing import publish_revocations
from satupintu.licensing.actions.retention import erase_forgotten
from satupintu.messages import actions as messages
from satupintu.outreach import actions as outreach
from satupintu.registry import actions as registry
from satupintu.registry.queries.known import messages_kept_since
from satupintu.sync import actions as sync

FROM_HOUR = 2  # in the city's time: nobody stands at a counter
LOOK_EVERY = 15 * 60.0
log = logging.getLogger(__name__)


def _seal_yesterday(at: datetime) -> None:
    audit.seal_day(day=localtime(at).date() - timedelta(days=1), by=SYSTEM, at=at)


def _verify(at: datetime) -> None:
    for broken in audit.verify_chains(by=SYSTEM, at=at):
        log.critical("the audit chain %s is broken at record %s: %s", broken.chain, broken.number, broken.what)


def _blank_messages(at: datetime) -> None:
    messages.blank_old(ended_before=messages_kept_since(at), by=SYSTEM, at=at)


def _remind_idle(at: datetime) -> None:
    address = settings.PUBLIC_ADDRESS.rstrip("/")
    registry.remind_idle(link=f"{address}{reverse('desk:my-plan')}" if address else "", by=SYSTEM, at=at)


def _remind_signed_up(at: datetime) -> None:
    address = settings.PUBLIC_ADDRESS.rstrip("/")
    page = reverse("outreach:sign-up-cancel", args=[UUID(int=0)]).replace(str(UUID(int=0)), "{ref}")
    outreach.remind_signed_up(link=f"{address}{page}" if address else "", by=SYSTEM, at=at)


# By the action each leaves in the audit; in this order.
CHORES: dict[str, Callable[[datetime], object]] = {
    "audit.sealed": _seal_yesterday,
    "audit.verified": _verify,
    "registry.plans_recomputed": lambda at: registry.recompute_plans(by=SYSTEM, at=at),
    "registry.idle_reminded": _remind_idle,
    "licensing.revocations_published": lambda at: publish_revocations(by=SYSTEM, at=at),
    # Approval by law first: a file whose time is up is no longer warned of.
    "licensing.silence_approved": lambda at: licensing.approve_by_law(by=SYSTEM, at=at),
    "licensing.deadlines_warned": lambda at: licensing.warn_of_deadlines(by=SYSTEM, at=at),
    "licensing.files_lapsed": lambda at: licensing.lapse_unanswered(by=SYSTEM, at=at),
    "licensing.papers_signed": lambda at: sign_unsigned(by=SYSTEM, at=at),
    "licensing.papers_expired": lambda at: licensing.end_papers(by=SYSTEM, at=at),
    "licensing.renewals_reminded": lambda at: licensing.remind_renewals(by=SYSTEM, at=at),
    "outreach.everybody_noted": lambda at: outreach.note_everybody(by=SYSTEM, at=at),
    "outreach.signed_up_reminded": _remind_signed_up,
    "outreach.sign_ups_erased": lambda at: outreach.erase_sign_ups(by=SYSTEM, at=at),
    "accounts.sessions_cleared": lambda at: accounts.clear_sessions(by=SYSTEM, at=at),
    "accounts.codes_cleared": lambda at: accounts.clear_codes(by=SYSTEM, at=at),
    "config.tasks_cleared": lambda at: config.clear_finished_tasks(by=SYSTEM, at=at),
    "messages.blanked": _blank_messages,
    "sync.records_blanked": lambda at: sync.blank_set_aside(by=SYSTEM, at=at),
    "registry.expired_erased": lambda at: registry.erase_expired(by=SYSTEM, at=at),
    "licensing.forgotten_erased": lambda at: erase_forgotten(by=SYSTEM, at=at),
    "outreach.expired_erased": lambda at: outreach.erase_expired(by=SYSTEM, at=at),
}


def due(at: datetime) -> list[str]:
    """The chores that the day still lacks; none before the hour at which they begin."""
    here = localtime(at)
    if here.hour < FROM_HOUR:
        return []
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return [chore for chore in CHORES if not happened_since(chore, midnight)]


@task()
def keep_house() -> list[str]:
    """Do what is due; returns the chores done. One that fails is told in the log and holds up no other."""
    done = []
    for chore in due(timezone.now()):
        try:
            CHORES[chore](timezone.now())
        except Exception:
            log.exception("the chore %s failed; it is tried again", chore)
        else:
            done.append(chore)
    return done


def ask() -> None:
    """Ask the worker to keep house, if something is due and nobody asked yet."""
    asked = DBTaskResult.objects.ready().filter(task_path=keep_house.module_path)
    if due(timezone.now()) and not asked.exists():
        keep_house.enqueue()


@contextmanager
def asking(every: float = LOOK_EVERY) -> Iterator[None]:
    """Ask in a thread, now and every quarter of an hour, for as long as the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=_keep_asking, args=(stop, every), name="housekeeping")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_asking(stop: threading.Event, every: float) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            ask()
        except Exception:
            log.exception("asking for the housekeeping failed; trying again in %s s", every)
        stop.wait(every)
    connection.close()
