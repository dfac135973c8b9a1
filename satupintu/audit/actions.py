"""Adding to the chains. Everything here runs inside the transaction of what it witnesses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from satupintu.audit import keys, queries
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
    """Witness one act in the chain of the actor's office and return the record.

    ``object`` is a reference such as ``business:7``; ``person`` the reference of whom it concerns. ``before`` and
    ``after`` may hold personal values: they are sealed with that person's key. ``values`` may not.
    Raises NoTransaction outside ``transaction.atomic()``, so that act and witness stand or fall together.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(action)
    chain = _locked_chain(by.office)
    sealed = _sealed(person, before, after)
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
    chain.save(update_fields=["number", "hash"])
    return made


@transaction.atomic
def seal_day(*, day: Any, by: Actor, at: datetime) -> int:
    """Seal every chain that has records up to ``day`` and no seal for it yet; returns how many were sealed."""
    count = 0
    for chain in Chain.objects.select_for_update().order_by("office"):
        last = Record.objects.filter(chain=chain, at__date__lte=day).order_by("-number").first()
        if last is None or Seal.objects.filter(chain=chain, day=day).exists():
            continue
        Seal.objects.create(chain=chain, day=day, number=last.number, hash=last.hash)
        count += 1
    record(action="audit.sealed", object=f"day:{day}", values={"chains": count}, by=by, at=at)
    return count


def verify_chains(*, by: Actor, at: datetime) -> list[Break]:
    """Walk every chain, witness what was found and return the first break of each that has one."""
    broken = list(queries.breaks())
    sizes = queries.size()
    told = [{"chain": b.chain, "number": b.number, "what": b.what} for b in broken]
    values = {"chains": len(sizes), "records": sum(sizes.values()), "breaks": told}
    with transaction.atomic():
        record(action="audit.verified", object=queries.EVERY_CHAIN, values=values, by=by, at=at)
    return broken


@transaction.atomic
def forget_person(*, person: str, why: str, by: Actor, at: datetime) -> None:
    """Destroy a person's key: what the chains hold about them can never be read again (UU 27/2022 art. 42-44)."""
    PersonKey.objects.filter(person=person).update(wrapped=None, destroyed_at=at)
    record(action="audit.person_forgotten", object=f"person:{person}", why=why, by=by, at=at)


def _locked_chain(office: str) -> Chain:
    Chain.objects.get_or_create(office=office, defaults={"hash": FIRST_HASH})
    return Chain.objects.select_for_update().get(office=office)


def _sealed(person: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> bytes:
    if not person or (before is None and after is None):
        return b""
    key = _person_key(person)
    return keys.seal(key, canonical({"before": before, "after": after}), f"audit:{person}") if key else b""


def _person_key(person: str) -> bytes | None:
    """The key of a person, made at first need; None once it was destroyed."""
    place = f"person-key:{person}"
    fresh = keys.seal(keys.chain_key(), keys.new_key(), place)
    row, _ = PersonKey.objects.get_or_create(person=person, defaults={"wrapped": fresh})
    return vault.unseal(keys.chain_key(), bytes(row.wrapped), place) if row.wrapped else None
