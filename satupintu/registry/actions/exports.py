"""Handing out lists, witnessed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.registry.queries.people import Filters, filtered


@guarded
@transaction.atomic
def export_people(*, filters: Filters, form: str, by: Actor, at: datetime) -> int:
    """Witness that a list leaves the house and return how many people are on it. Raises NotAllowed."""
    count = filtered(by, filters).count()
    values = {"filters": asdict(filters), "form": form, "people": count}
    audit.record(action="registry.exported", object="registry", values=values, by=by, at=at)
    return count
