"""An officer's own views of the queue, and the queue as a table that leaves the house."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing.models import SavedView
from satupintu.licensing.queries.queue import Filters, filters_as_values, narrowed

MOST_VIEWS = 12
LONGEST_NAME = 60


@guarded
@transaction.atomic
def save_view(*, name: str, query: str, by: Actor, at: datetime) -> SavedView:
    """Keep a view under a name of one's own; the same name replaces what it stood for. Raises ValidationError."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ValidationError({"name": _("Beri nama, paling banyak 60 huruf.")})
    own = SavedView.objects.filter(owner=by.ref)
    if own.exclude(name=name).count() >= MOST_VIEWS:
        raise ValidationError({"name": _("Sudah ada 12 tampilan. Hapus satu dulu.")})
    kept, _made = SavedView.objects.update_or_create(
        owner=by.ref, name=name, defaults={"query": query[:500], "made_at": at}
    )
    _witness("licensing.view_saved", kept, by, at)
    return kept


@guarded
@transaction.atomic
def remove_view(*, key: int, by: Actor, at: datetime) -> None:
    """Forget one of one's own views; that of somebody else is not touched."""
    kept = SavedView.objects.filter(owner=by.ref, pk=key).first()
    if kept is not None:
        _witness("licensing.view_removed", kept, by, at)
        kept.delete()


@guarded
@transaction.atomic
def export_queue(*, view: str, filters: Filters, form: str, by: Actor, at: datetime) -> int:
    """Witness that a view leaves the house as a table and return how many files are in it."""
    count = narrowed(by, view, filters, at).count()
    values = {"view": view, "form": form, "files": count, **filters_as_values(filters)}
    audit.record(action="licensing.queue_exported", object="licensing", values=values, by=by, at=at)
    return count


def _witness(action: str, kept: SavedView, by: Actor, at: datetime) -> None:
    audit.record(action=action, object=f"view:{kept.pk}", values={"name": kept.name}, by=by, at=at)
