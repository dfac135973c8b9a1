"""Reading the chains: what happened to a person or thing, who looked, and whether the chain is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from satupintu.audit import keys
from satupintu.audit.models import Chain, PersonKey, Record
from satupintu.audit.rules import Break, Entry, SealOfDay, first_break
from satupintu.kernel import vault

AT_ONCE = 2_000


def of_object(reference: str) -> QuerySet[Record]:
    """What happened to one thing, newest first."""
    return Record.objects.filter(object=reference).order_by("-at", "-number")


def about_person(person: str) -> QuerySet[Record]:
    """Everything done to or read about one person, newest first (UU 27/2022 art. 32)."""
    return Record.objects.filter(person=person).order_by("-at", "-number")


def happened_since(action: str, since: datetime) -> bool:
    """Whether an action was witnessed at or after a moment."""
    return Record.objects.filter(at__gte=since, action=action).exists()


def opened(record: Record) -> dict[str, Any] | None:
    """What a record's sealed part holds, or None if there is none or the person was forgotten."""
    if not record.sealed:
        return None
    row = PersonKey.objects.filter(person=record.person).first()
    if row is None or not row.wrapped:
        return None
    key = vault.unseal(keys.chain_key(), bytes(row.wrapped), f"person-key:{record.person}")
    value: dict[str, Any] = json.loads(vault.unseal(key, bytes(record.sealed), f"audit:{record.person}"))
    return value


def breaks() -> Iterator[Break]:
    """The first break of every chain that has one; none is what must come out."""
    for chain in Chain.objects.order_by("office"):
        seals = [SealOfDay(chain.office, str(s.day), s.number, s.hash) for s in chain.seals.all()]
        found = first_break(chain.office, _entries(chain), seals, (chain.number, chain.hash))
        if found:
            yield found


def size() -> dict[str, int]:
    """How many records each chain holds."""
    return dict(Chain.objects.order_by("office").values_list("office", "number"))


def _entries(chain: Chain) -> Iterator[tuple[Entry, str]]:
    for r in Record.objects.filter(chain=chain).order_by("number").iterator(chunk_size=AT_ONCE):
        entry = Entry(
            chain.office,
            r.number,
            r.at,
            r.actor,
            r.role,
            r.action,
            r.object,
            r.person,
            r.why,
            r.values,
            bytes(r.sealed),
            r.previous,
        )
        yield entry, r.hash
