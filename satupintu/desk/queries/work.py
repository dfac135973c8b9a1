"""What is somebody's to do today: numbers with the page behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from satupintu.accounts.gate import may_open
from satupintu.audit.rules import Actor
from satupintu.licensing.queries.queue import LATE, in_view, my_turn
from satupintu.messages import rules as message_rules
from satupintu.messages.models import Message
from satupintu.registry.queries.doubles import open_doubles
from satupintu.registry.queries.people import Filters, filtered, follow_ups_due
from satupintu.sync.queries import waiting as waiting_records

MOST_COUNTED = 1_000  # a longer queue is told as "1.000+"
SHOWN = 10
NEEDS_A_PERSON = (message_rules.FAILED, message_rules.GIVEN_UP, message_rules.UNCERTAIN)


@dataclass(frozen=True)
class Task:
    """One queue: its kind, the page it opens with its query string, and how many wait (``more``: beyond counting)."""

    kind: str
    page: str
    query: str
    count: int
    more: bool


def work_of(actor: Actor, on: date) -> dict[str, Any]:
    """The follow-ups due and every queue the actor's role may open, with how much waits in it."""
    due = follow_ups_due(actor, on)
    return {
        "due": list(due[:SHOWN]) if may_open(actor, "registry:follow-up-done") else [],
        "due_count": _count(due)[0],
        "tasks": list(_tasks(actor)),
    }


def _tasks(actor: Actor) -> Iterator[Task]:
    for kind, page, query, waiting in QUEUES:
        # Who only reads the queue has no turn in it.
        if may_open(actor, page) and (kind != "files" or may_open(actor, "licensing:queue-next")):
            yield Task(kind, page, query, *_count(waiting(actor)))


def _count(rows: QuerySet[Any]) -> tuple[int, bool]:
    """How many rows there are, counted no further than needed, and whether there are more."""
    count = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return min(count, MOST_COUNTED), count > MOST_COUNTED


def _without_nib(actor: Actor) -> QuerySet[Any]:
    return filtered(actor, Filters(missing="nib"))


def _stuck_messages(actor: Actor) -> QuerySet[Message]:
    return Message.objects.filter(state__in=NEEDS_A_PERSON)


def _files(actor: Actor) -> QuerySet[Any]:
    return my_turn(actor, timezone.now())


def _late_files(actor: Actor) -> QuerySet[Any]:
    return in_view(actor, LATE, timezone.now())


QUEUES: tuple[tuple[str, str, str, Callable[[Actor], QuerySet[Any]]], ...] = (
    ("files", "licensing:queue", "", _files),
    ("late_files", "licensing:queue", f"lihat={LATE}", _late_files),
    ("doubles", "registry:duplicates", "", open_doubles),
    ("without_nib", "registry:people", "belum=nib", _without_nib),
    ("messages", "messages:outbox", "", _stuck_messages),
    ("records", "sync:quarantine", "", waiting_records),
)
