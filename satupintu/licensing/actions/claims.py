"""Who holds a file: taking it, letting go, and the next one that waits."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.moves import _locked
from satupintu.licensing.models import Application
from satupintu.licensing.queries.desk import has_turn, held_by_other, since_words, unclaimed


class Held(ValidationError):
    """Somebody else holds the file; ``application`` is how it stands now."""

    def __init__(self, application: Application, at: datetime) -> None:
        since = since_words(application.claimed_at or at, at)
        told = {"name": application.claimed_name, "since": since}
        super().__init__(_("Sedang dibuka %(name)s sejak %(since)s. Tunggu atau hubungi.") % told)
        self.application = application


@guarded
@transaction.atomic
def claim(*, application: Application, by: Actor, at: datetime) -> Application:
    """Take a file in one's own turn; taking one that one holds already changes nothing.

    What somebody took more than a working day ago may be taken over. Raises Held, NotAllowed.
    """
    application = _locked(application, by, at)
    if not has_turn(by, application, at):
        raise NotAllowed(application.reference)
    return _take(_free(application, by, at), by, at)


@guarded
@transaction.atomic
def release(*, application: Application, by: Actor, at: datetime) -> Application:
    """Let go of a file one holds; of one that is not held nothing changes. Raises Held, NotAllowed."""
    application = _free(_locked(application, by, at), by, at)
    if application.claimed_by:
        _keep(application, "", "", None)
        _witness(application, "licensing.released", by, at)
    return application


@guarded
@transaction.atomic
def take_next(*, by: Actor, at: datetime) -> Application | None:
    """Take the most pressing file in one's turn that nobody holds, or None. Two who ask at once get two files."""
    waiting = unclaimed(by, at).select_related("person").select_for_update(skip_locked=True, of=("self",))
    found = waiting.first()
    return None if found is None else _take(found, by, at)


def _free(application: Application, by: Actor, at: datetime) -> Application:
    """A locked file that nobody else holds. Raises Held."""
    if held_by_other(by, application, at):
        raise Held(application, at)
    return application


def _take(application: Application, by: Actor, at: datetime) -> Application:
    if application.claimed_by != by.ref:
        _keep(application, by.ref, by.name, at)
        _witness(application, "licensing.claimed", by, at)
    return application


def _keep(application: Application, holder: str, name: str, since: datetime | None) -> None:
    application.claimed_by, application.claimed_name, application.claimed_at = holder, name, since
    application.save(update_fields=["claimed_by", "claimed_name", "claimed_at"])


def _witness(application: Application, action: str, by: Actor, at: datetime) -> None:
    audit.record(
        action=action,
        object=application.reference,
        person=application.person.reference,
        values={"state": application.state},
        by=by,
        at=at,
    )
