"""Witnessing what is done to a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.registry.models import Person


def _record(
    action: str,
    person: Person,
    *,
    object: str = "",
    why: str = "",
    values: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Witness an act about a person; ``before`` and ``after`` are sealed with that person's key."""
    audit.record(
        action=f"registry.{action}",
        object=object or f"person:{person.reference}",
        person=person.reference,
        why=why,
        values=values,
        before=before,
        after=after,
        by=by,
        at=at,
    )
