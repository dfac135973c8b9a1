"""Erasing what was kept long enough."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.registry import uploads
from satupintu.registry.actions.documents import _erase
from satupintu.registry.actions.names import _drop_unused_words
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import Document, Import, Person

TABLES_WAIT = timedelta(days=7)  # a checked table that nobody takes in by then is thrown away


@dataclass(frozen=True)
class Erased:
    """What was erased, and how many people are past their day and wait for somebody to decide."""

    documents: int
    tables: int
    people_due: int


@guarded
def erase_expired(*, by: Actor, at: datetime) -> Erased:
    """Erase documents past their retention day and tables that were checked but never taken in.

    Words that are in nobody's name any more leave the dictionary. People past their day are only counted: whether an
    application still needs them is for somebody to decide.
    """
    due = Document.objects.filter(retention_until__lt=localdate(at), erased_at=None).order_by("pk")
    documents = [_erase_one(pk, by, at) for pk in due.values_list("pk", flat=True)]
    tables = list(Import.objects.filter(done_at=None, made_at__lt=at - TABLES_WAIT))
    for made in tables:
        uploads.remove(made.ref)
    people = Person.objects.filter(retention_until__lt=localdate(at), forgotten_at=None, merged_into=None)
    erased = Erased(sum(documents), len(tables), people.count())
    with transaction.atomic():
        _drop_unused_words()
        Import.objects.filter(pk__in=[made.pk for made in tables]).delete()
        audit.record(action="registry.expired_erased", object="registry", values=asdict(erased), by=by, at=at)
    return erased


@transaction.atomic
def _erase_one(pk: int, by: Actor, at: datetime) -> bool:
    """Erase one document in a transaction of its own; False if somebody else was first."""
    document = Document.objects.select_for_update().filter(pk=pk, erased_at=None).first()
    if document is None:
        return False
    _erase(document, at)
    why = f"disimpan sampai {document.retention_until}"
    _record("document_erased", document.person, object=f"document:{document.ref}", why=why, by=by, at=at)
    return True
