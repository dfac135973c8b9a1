"""What the machine room itself writes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from satupintu.accounts.gate import guarded
from satupintu.audit.actions import record
from satupintu.audit.rules import Actor

TASKS_KEPT = timedelta(days=30)  # long enough to look for why one failed


@guarded
@transaction.atomic
def clear_finished_tasks(*, by: Actor, at: datetime) -> int:
    """Delete background tasks that ended, well or badly, more than 30 days ago; returns how many."""
    count, _ = DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT).delete()
    record(action="config.tasks_cleared", object="tasks", values={"tasks": count}, by=by, at=at)
    return count
