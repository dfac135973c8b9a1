"""Adding to the chains. Everything here runs inside the transaction of what it witnesses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import make_aware

from satupintu.audit import keys, queries, seen
from satupintu.audit.models import Chain, PersonKey, Record, Seal
from satupintu.audit.rules import FIRST_HASH, Actor, Break, Entry, canonical
from satupintu.kernel import vault


class NoTransaction(RuntimeError):
    """A record was to be written apart from the act it witnesses."""


def record(
    *,
    action: str,
    object: str,
    person: str = "",
    why: str = "",
    values: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Record:
    """Witness one act in the actor's chain and return the record.

    ``object`` is a reference such as ``business:7``; ``person`` the reference of whom it concerns. ``before``,
    ``after`` and, where a person is named, ``why`` may hold personal values: they are sealed with that person's key.
    ``values`` may not.
    Raises NoTransaction outside ``transaction.atomic()``, so that act and witness stand or fall together.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(action)
    chain = _locked_chain(by.chain)
    sealed, why = _sealed(person, before, after, why)
    entry = Entry(
        chain.office,
        chain.number + 1,
        at,
        by.ref,
        by.role,
        action,
        object,
        person,
        why,
        values or {},
        sealed,
        chain.hash,
    )
    made = Record.objects.create(
        chain=chain,
        number=entry.number,
        at=at,
        actor=entry.actor,
        role=entry.role,
        action=action,
        object=object,
        person=person,
        why=why,
        values=dict(entry.values),
        sealed=sealed,
        previous=entry.previous,
        hash=entry.hash(),
    )
    chain.number, chain.hash = made.number, made.hash
    chain.mark = queries.head_mark(chain.office, chain.number, chain.hash)
    chain.save(update_fields=["number", "hash", "mark"])
    return made


def hold_chain(*, by: Actor, at: datetime) -> None:
    """Lock the actor's chain from now to the end of the transaction, for who counts something upwards besides: two
    that take the chain first never wait for each other crosswise. Raises NoTransaction as ``record`` does."""
    if not connection.in_atomic_block:
        raise NoTransaction(f"hold_chain at {at}")
    _locked_chain(by.chain)


@transaction.atomic
def seal_day(*, day: date, by: Actor, at: datetime) -> int:
    """Seal every chain that has records up to ``day`` and no seal for it yet; returns how many were sealed."""
    count = 0
    end = make_aware(datetime.combine(day + timedelta(days=1), time.min))
    for chain in Chain.objects.select_for_update().order_by("office"):
        # Number and hash alone: another value of the record may be damaged, which is for the verification to tell.
        up_to = Record.objects.filter(chain=chain, at__lt=end).order_by("-number").values_list("number", "hash")
        last = up_to.first()
        if last is None or Seal.objects.filter(chain=chain, day=day).exists():
            continue
        mark = queries.seal_mark(chain.office, day, *last)
        Seal.objects.create(chain=chain, day=day, number=last[0], hash=last[1], mark=mark)
        count += 1
    record(action="audit.sealed", object=f"day:{day}", values={"chains": count}, by=by, at=at)
    return count


def verify_chains(*, by: Actor, at: datetime) -> list[Break]:
    """Walk every chain, witness what was found and return the first break of each that has one.

    Where each whole chain stood is kept in the record and in a file outside the database; the next walk compares.
    """
    walk = queries.walk()
    told = [{"chain": b.chain, "number": b.number, "what": b.what} for b in walk.breaks]
    sizes = queries.size()
    values = {"chains": len(sizes), "records": sum(sizes.values()), "breaks": told, "seen": walk.stood}
    with transaction.atomic():
        record(action="audit.verified", object=queries.EVERY_CHAIN, values=values, by=by, at=at)
    seen.note(at, walk.stood)
    return walk.breaks


@transaction.atomic
def forget_person(*, person: str, why: str, by: Actor, at: datetime) -> None:
    """Destroy a person's key: what the chains hold about them can never be read again (UU 27/2022 art. 42-44)."""
    PersonKey.objects.filter(person=person).update(wrapped=None, destroyed_at=at)
    record(action="audit.person_forgotten", object=f"person:{person}", why=why, by=by, at=at)


def _locked_chain(office: str) -> Chain:
    locked = Chain.objects.select_for_update()
    chain = locked.filter(office=office).first()
    if chain is None:
        first = {"hash": FIRST_HASH, "mark": queries.head_mark(office, 0, FIRST_HASH)}
        Chain.objects.get_or_create(office=office, defaults=first)
        chain = locked.get(office=office)
    return chain


def _sealed(
    person: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, why: str
) -> tuple[bytes, str]:
    """What is sealed with the person's key, and the reason left in clear: none where the act is about a person."""
    if not person:
        return b"", why
    if before is None and after is None and not why:
        return b"", ""
    key = _person_key(person)
    values = {"before": before, "after": after} | ({"why": why} if why else {})
    return (keys.seal(key, canonical(values), f"audit:{person}") if key else b""), ""


def _person_key(person: str) -> bytes | None:
    """The key of a person, made at first need; None once it was destroyed."""
    place = f"person-key:{person}"
    fresh = keys.seal(keys.chain_key(), keys.new_key(), place)
    row, _ = PersonKey.objects.get_or_create(person=person, defaults={"wrapped": fresh})
    return vault.unseal(keys.chain_key(), bytes(row.wrapped), place) if row.wrapped else None
