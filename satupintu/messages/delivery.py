"""Delivering in the background: a task after each new message, and a sweep every few seconds for what is due later.

Both live in `satupintu worker`; no broker. Several workers may run beside each other: each message is claimed once.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from satupintu.audit.rules import SYSTEM
from satupintu.messages import actions

AT_ONCE = 100
SWEEP_SECONDS = 3.0
log = logging.getLogger(__name__)


def deliver_due(most: int = AT_ONCE) -> Counter[str]:
    """Free what lost workers left, stop what came too late, then deliver up to ``most`` due messages; how many ended
    in which state."""
    actions.recover(by=SYSTEM, at=timezone.now())
    actions.give_up_expired(by=SYSTEM, at=timezone.now())
    ended: Counter[str] = Counter()
    while ended.total() < most:
        message = actions.deliver_one(by=SYSTEM, at=timezone.now())
        if message is None:
            break
        ended[message.state] += 1
    return ended


@task()
def deliver() -> int:
    """Deliver what is due; returns how many messages were tried."""
    return deliver_due().total()


def is_asked() -> bool:
    """Whether a `deliver` waits to be done, so that many new messages leave one task behind."""
    return DBTaskResult.objects.ready().filter(task_path=deliver.module_path).exists()


@contextmanager
def delivering(every: float = SWEEP_SECONDS) -> Iterator[None]:
    """Deliver in a thread every few seconds for as long as the block runs; at the end, wait for the one being sent."""
    stop = threading.Event()
    thread = threading.Thread(target=_sweep, args=(stop, every), name="deliver")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _sweep(stop: threading.Event, every: float) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            # One at a time, so that a worker told to stop does so after the message it is sending.
            tried = deliver_due(most=1).total()
        except Exception:
            log.exception("delivering messages failed; trying again in %s s", every)
            tried = 0
        if not tried:
            stop.wait(every)
    connection.close()
