"""The audit trail as an administrator searches it: who did what, for which office, about whom, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from satupintu.accounts.models import User
from satupintu.accounts.queries import found_users, offices
from satupintu.audit import queries as audit
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM, VENDORS, Actor
from satupintu.registry.queries.search import Hit
from satupintu.registry.queries.search import search as search_people
from satupintu.registry.queries.visible import people_for

PER_PAGE = 50
# What the actions of a group begin with.
GROUPS = {
    "reading": (
        "desk.trail_read",
        "desk.law_change_exported",
        "messages.revealed",
        "outreach.document_read",
        "outreach.photo_read",
        "registry.document_read",
        "registry.exported",
        "registry.nik_read",
        "registry.own_data_handed_out",
        "registry.phone_read",
    ),
    "people": ("registry.",),
    "accounts": ("accounts.",),
    "messages": ("messages.",),
    "house": ("audit.", "config.", "registry.plans_recomputed", "registry.expired_erased", "outreach.expired_erased"),
}


@dataclass(frozen=True)
class Row:
    """One record with the names that its references stand for."""

    record: Record
    who: str
    office: str


def reachable_offices(actor: Actor) -> dict[str, str]:
    """The chains an actor may read, by code and name: all of them for the whole city, else those of the area."""
    known = dict(offices(actor).values_list("code", "name"))
    if actor.area:
        return known
    return {code: known.get(code) or _without_office(code) for code in audit.chain_names()}


def offices_to_choose(actor: Actor) -> dict[str, str]:
    """The same for a list to choose from: chains of one name, such as those of vendors, stand once."""
    first: dict[str, str] = {}
    for code, name in reachable_offices(actor).items():
        first.setdefault(name, code)
    return {code: name for name, code in first.items()}


def _without_office(chain: str) -> str:
    return _("Pedagang") if chain.startswith(VENDORS) else _("Seluruh kota")


def person_name(actor: Actor, reference: str) -> str | None:
    """Whose trail a reference leads to; None for what the actor may not see or what there never was."""
    kind, _colon, key = reference.partition(":")
    if kind == "user" and key.isdigit():
        reachable = User.objects.filter(pk=int(key))
        if actor.area:
            reachable = reachable.filter(office__in=reachable_offices(actor))
        return reachable.values_list("display_name", flat=True).first()
    try:
        person = people_for(actor).filter(ref=UUID(reference)).first()
    except ValueError:
        return None
    return person.display_name if person else None


def hits(actor: Actor, text: str) -> list[Hit]:
    """The people a text may mean."""
    return list(search_people(actor, text).hits)


def trail_page(actor: Actor, wanted: Mapping[str, Any], page: int) -> dict[str, Any]:
    """One page of the records wanted, newest first, and whether there are older ones."""
    reach = reachable_offices(actor)
    name = reach.get(wanted.get("kantor") or "")
    chains = [code for code in reach if reach[code] == name] if name else (list(reach) if actor.area else None)
    records = audit.found(
        person=wanted.get("orang", ""),
        actors=_actors(actor, wanted.get("petugas", "")),
        actions=GROUPS.get(wanted.get("jenis", ""), ()),
        offices=chains,
        first=wanted.get("dari"),
        last=wanted.get("sampai"),
    )
    begin = (page - 1) * PER_PAGE
    shown = audit.with_reasons(records[begin : begin + PER_PAGE + 1])
    return {
        "rows": _rows(shown[:PER_PAGE], reach),
        "number": page,
        "older": page + 1 if len(shown) > PER_PAGE else None,
        "newer": page - 1 if page > 1 else None,
    }


def standing() -> audit.Standing:
    """When the chains were last sealed and verified."""
    return audit.standing()


def trail_record(actor: Actor, office: str, number: int) -> Row | None:
    """One record of a chain within the actor's reach."""
    record = audit.record_of(office, number)
    reach = reachable_offices(actor)
    return _rows(audit.with_reasons([record]), reach)[0] if record and office in reach else None


def _actors(actor: Actor, text: str) -> list[str] | None:
    """References of the members of staff that a text finds; None without a text."""
    if not text.strip():
        return None
    if text.strip().casefold() == SYSTEM.name.casefold():
        return [SYSTEM.ref]
    return [f"user:{user.pk}" for user in found_users(actor, text, 1).page]


def _rows(records: list[Record], reach: Mapping[str, str]) -> list[Row]:
    keys = {record.actor.removeprefix("user:") for record in records if record.actor.startswith("user:")}
    names = {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "display_name")}
    others = {SYSTEM.ref: SYSTEM.name, "visitor": _("Pengunjung")}
    return [
        Row(r, names.get(r.actor) or others.get(r.actor, r.actor), reach.get(r.chain_id, r.chain_id)) for r in records
    ]
