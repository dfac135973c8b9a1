"""Reading the chains: what happened to a person or thing, who looked, and whether the chain is whole."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.timezone import make_aware

from satupintu.audit import keys
from satupintu.audit.models import Chain, PersonKey, Record, Seal
from satupintu.audit.rules import Break, Entry, SealOfDay, first_break
from satupintu.kernel import vault

AT_ONCE = 2_000
EVERY_CHAIN = "chains:all"  # what the record of a verification is about


def of_object(reference: str) -> QuerySet[Record]:
    """What happened to one thing, newest first."""
    return Record.objects.filter(object=reference).order_by("-at", "-number")


def about_person(person: str) -> QuerySet[Record]:
    """Everything done to or read about one person, newest first (UU 27/2022 art. 32)."""
    return Record.objects.filter(person=person).order_by("-at", "-number")


def happened_since(action: str, since: datetime) -> bool:
    """Whether an action was witnessed at or after a moment."""
    return Record.objects.filter(at__gte=since, action=action).exists()


def found(
    *,
    person: str = "",
    actors: Collection[str] | None = None,
    actions: Collection[str] = (),
    offices: Collection[str] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[Record]:
    """Records newest first: about a person, by these actors, of actions that begin so, of these offices, of these days.

    None for actors or offices means any; an empty collection of them finds nothing.
    """
    records = Record.objects.order_by("-at", "-pk")
    if person:
        records = records.filter(person=person)
    if actors is not None:
        records = records.filter(actor__in=actors)
    if actions:
        records = records.filter(reduce(or_, (Q(action__startswith=beginning) for beginning in actions)))
    if offices is not None:
        records = records.filter(chain__in=offices)
    if first:
        records = records.filter(at__gte=make_aware(datetime.combine(first, time.min)))
    if last:
        records = records.filter(at__lt=make_aware(datetime.combine(last + timedelta(days=1), time.min)))
    return records


def record_of(office: str, number: int) -> Record | None:
    """One record by its chain and number."""
    return Record.objects.filter(chain=office, number=number).first()


def chain_names() -> list[str]:
    """The offices that have a chain."""
    return list(Chain.objects.order_by("office").values_list("office", flat=True))


@dataclass(frozen=True)
class Standing:
    """How well the chains are kept: the last sealed day, and the record of the last time all were walked."""

    sealed: date | None
    verified: Record | None


def standing() -> Standing:
    """When the chains were last sealed and verified; None for what never happened."""
    return Standing(Seal.objects.aggregate(day=Max("day"))["day"], of_object(EVERY_CHAIN).first())


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
    for office in chain_names():
        written = Record.objects.filter(chain=office).aggregate(last=Max("number"))["last"] or 0
        chain = Chain.objects.get(office=office)  # read after that: people go on working while a chain is walked
        seals = [SealOfDay(office, str(s.day), s.number, s.hash) for s in chain.seals.filter(number__lte=chain.number)]
        broken = first_break(office, _entries(chain), seals, (chain.number, chain.hash))
        if broken:
            yield broken
        elif written > chain.number:
            yield Break(office, written, f"rantai berakhir di {written}, seharusnya {chain.number}")


def size() -> dict[str, int]:
    """How many records each chain holds."""
    return dict(Chain.objects.order_by("office").values_list("office", "number"))


def _entries(chain: Chain) -> Iterator[tuple[Entry, str]]:
    records = Record.objects.filter(chain=chain, number__lte=chain.number).order_by("number")
    for r in records.iterator(chunk_size=AT_ONCE):
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
