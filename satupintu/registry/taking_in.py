"""Taking in a checked table: a small one while somebody waits, a large one in the background, some rows at a time.

Each call of the action is a transaction of its own, and between two of them others get their turn. What breaks off is
begun again where it stood.
"""

from __future__ import annotations

import logging
import time
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from satupintu.accounts.queries import actor_of
from satupintu.accounts.queries.people import user_with_office
from satupintu.audit.rules import Actor
from satupintu.registry import actions
from satupintu.registry.queries import imports as queries

MOST_WAITED_FOR = 200  # rows that are written while somebody waits for the page
# A waiting writer of SQLite looks again at least every 100 ms; a shorter pause may shut it out for good.
PAUSE_SECONDS = 0.2
log = logging.getLogger(__name__)


def begin(ref: UUID, by: Actor) -> None:
    """Write the first rows, then the rest: at once, or by the worker. Raises ValidationError, NotAllowed."""
    made = queries.import_by_ref(ref)
    if made is None:
        return
    made = actions.import_people(made=made, by=by, at=timezone.now())
    if made.rows > MOST_WAITED_FOR and not made.done_at:
        take_in.enqueue(str(ref))
        return
    while not made.done_at:
        made = actions.import_people(made=made, by=by, at=timezone.now())


@task()
def take_in(ref: str) -> int:
    """Go on with a table for whoever began it, until all of it is in; returns how many people it added.

    Two workers on one table do no harm: each takes the rows that come next.
    """
    made = queries.import_by_ref(ref)
    while made is not None and not made.done_at:
        user = user_with_office(int(made.made_by.removeprefix("user:")))
        actor = actor_of(user) if user else None
        if actor is None:
            log.warning("import %s: nobody may go on with it", ref)
            break
        actions.import_people(made=made, by=actor, at=timezone.now())
        time.sleep(PAUSE_SECONDS)
        made = queries.import_by_ref(ref)
    return made.added if made else 0
