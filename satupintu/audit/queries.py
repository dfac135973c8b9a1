"""Reading the chains: what happened to a person or thing, who looked, and whether the chain is whole."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from hmac import compare_digest
from operator import or_
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import BinaryField, F, Func, Max, Q, QuerySet
from django.utils.timezone import localtime, make_aware

from satupintu.audit import keys
from satupintu.audit.models import Chain, PersonKey, Record, Seal
from satupintu.audit.rules import Break, Entry, SealOfDay, Unreadable, first_break, mark
from satupintu.audit.seen import noted, places_of
from satupintu.kernel import vault

AT_ONCE = 2_000
VERIFIED = "audit.verified"
EVERY_CHAIN = "chains:all"  # what the record of a verification is about


def of_object(reference: str) -> QuerySet[Record]:
    """What happened to one thing, newest first."""
    return Record.objects.filter(object=reference).order_by("-at", "-pk")


def about_person(*references: str) -> QuerySet[Record]:
    """Everything done to or read about one person, by all their references, newest first (UU 27/2022 art. 32)."""
    return Record.objects.filter(person__in=references).order_by("-at", "-pk")


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
    return _opened(record, _person_keys([record]))


def with_reasons(records: Iterable[Record]) -> list[Record]:
    """The records, each with its reason in ``why`` also where it was sealed. They are for showing, not for keeping."""
    told = list(records)
    known = _person_keys(told)
    for record in told:
        sealed = _opened(record, known) if not record.why else None
        record.why = (sealed or {}).get("why", record.why)
    return told


def _person_keys(records: Iterable[Record]) -> dict[str, bytes]:
    """The keys of the persons whom sealed records are about; none of who was forgotten."""
    people = {record.person for record in records if record.sealed}
    rows = PersonKey.objects.filter(person__in=people).exclude(wrapped=None) if people else ()
    return {
        row.person: vault.unseal(keys.chain_key(), bytes(row.wrapped or b""), f"person-key:{row.person}")
        for row in rows
    }


def _opened(record: Record, known: Mapping[str, bytes]) -> dict[str, Any] | None:
    key = known.get(record.person)
    if not record.sealed or key is None:
        return None
    value: dict[str, Any] = json.loads(vault.unseal(key, bytes(record.sealed), f"audit:{record.person}"))
    return value


@dataclass(frozen=True)
class Walk:
    """What a walk of all chains found: the breaks, where each whole chain stood, and how many older walks it met."""

    breaks: list[Break]
    stood: dict[str, tuple[int, str]]
    compared: int


def walk() -> Walk:
    """Prove every chain that a head, a record, a seal or an earlier walk names; the first break of each."""
    breaks: list[Break] = []
    seen: list[SealOfDay] = []
    for one in [*noted(), *_seen_by_records()]:
        if isinstance(one, Break):
            breaks.append(one)
        else:
            seen.append(one)
    stood: dict[str, tuple[int, str]] = {}
    for office in sorted({*_named(), *(one.chain for one in seen)}):
        found = _walked(office, [one for one in seen if one.chain == office])
        if isinstance(found, Break):
            breaks.append(found)
        elif found[0]:
            stood[office] = found
    return Walk(breaks, stood, len({one.day for one in seen}))


def breaks() -> Iterator[Break]:
    """The first break of every chain that has one; none is what must come out."""
    yield from walk().breaks


def head_mark(office: str, number: int, last: str) -> str:
    """The mark of a chain's head."""
    return mark(keys.witness_key(), "head", office, number, last)


def seal_mark(office: str, day: date, number: int, last: str) -> str:
    """The mark of a day's seal."""
    return mark(keys.witness_key(), "seal", office, str(day), number, last)


def size() -> dict[str, int]:
    """How many records each chain holds."""
    return dict(Chain.objects.order_by("office").values_list("office", "number"))


def _walked(office: str, seen: list[SealOfDay]) -> Break | tuple[int, str]:
    """Where a chain stands, or its first break."""
    try:
        # Read before the head: people go on working while a chain is walked.
        with transaction.atomic():
            seals = [_seal(seal) for seal in Seal.objects.filter(chain=office)]
            written = Record.objects.filter(chain=office).aggregate(last=Max("number"))["last"] or 0
            head = Chain.objects.filter(office=office).first()
    except Exception:
        _refuse_without_database()
        return Break(office, 0, "kepala atau segel rantai tidak terbaca")
    if head is None:
        return Break(office, written, "seluruh rantai hilang" if seen and not written else "kepala rantai hilang")
    last = (head.number, head.hash)
    if broken := first_break(office, _entries(head), [*seals, *seen], last):
        return broken
    if written > head.number:
        return Break(office, written, f"rantai berakhir di {written}, seharusnya {head.number}")
    if not compare_digest(head.mark.encode(), head_mark(office, *last).encode()):
        return Break(office, head.number, "kepala rantai tidak cocok")
    return last


def _seal(seal: Seal) -> SealOfDay:
    office = str(seal.chain_id)
    genuine = compare_digest(seal.mark.encode(), seal_mark(office, seal.day, seal.number, seal.hash).encode())
    return SealOfDay(office, str(seal.day), seal.number, seal.hash, genuine=genuine)


def _named() -> set[str]:
    """The chains that heads, records and seals name, read as bytes: a damaged name must not stop the walk."""
    cast = (
        "convert_to(%(expressions)s, 'UTF8')" if connection.vendor == "postgresql" else "CAST(%(expressions)s AS BLOB)"
    )
    names: set[str] = set()
    for rows, column in ((Chain.objects, "office"), (Record.objects, "chain_id"), (Seal.objects, "chain_id")):
        as_bytes = Func(F(column), template=cast, output_field=BinaryField())
        found = rows.order_by().values_list(as_bytes, flat=True).distinct()
        names |= {bytes(name).decode(errors="replace") for name in found if name is not None}
    return names


def _seen_by_records() -> Iterator[SealOfDay]:
    """What the records of earlier verifications say they saw. A damaged one is told when its own chain is walked."""
    for key in Record.objects.filter(action=VERIFIED, object=EVERY_CHAIN).order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                at, values = Record.objects.values_list("at", "values").get(pk=key)
            yield from list(places_of(str(localtime(at).date()), values.get("seen", {})))
        except Exception:
            _refuse_without_database()


def _entries(head: Chain) -> Iterator[tuple[Entry, str]]:
    """The records of a chain in order, with the hash stored beside each. Raises Unreadable."""
    for begin in range(1, head.number + 1, AT_ONCE):
        end = min(begin + AT_ONCE - 1, head.number)
        try:
            yield from _between(head.office, begin, end)
        except Exception:
            _refuse_without_database()
            for number in range(begin, end + 1):
                yield from _alone(head.office, number)


def _alone(office: str, number: int) -> list[tuple[Entry, str]]:
    try:
        return _between(office, number, number)
    except Exception as error:
        _refuse_without_database()
        raise Unreadable(number) from error


def _between(office: str, begin: int, end: int) -> list[tuple[Entry, str]]:
    with transaction.atomic():
        records = Record.objects.filter(chain=office, number__range=(begin, end)).order_by("number")
        return [(_entry(r), r.hash) for r in records]


def _refuse_without_database() -> None:
    """Whatever cannot be read is damaged, unless there is nobody to read from."""
    if not connection.is_usable():
        raise OperationalError("the database does not answer")


def _entry(r: Record) -> Entry:
    return Entry(
        str(r.chain_id),
        r.number,
        r.at.astimezone(UTC),
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
