"""Filling the registry with a made-up crowd, fast, to measure with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localdate

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.queries import catalogue as known_catalogue
from satupintu.catalogue.rules.bulk import NOT_SAID, Businesses
from satupintu.catalogue.rules.city import City
from satupintu.catalogue.tables.city import city_shape
from satupintu.registry.actions.names import _words
from satupintu.registry.models import (
    Barrier,
    Business,
    BusinessCode,
    Consent,
    Market,
    Milestone,
    NameUse,
    PaperHeld,
    Person,
)
from satupintu.registry.queries.known import barriers, keep_person_until
from satupintu.registry.rules.crowd import BLOCK, Draft, crowd
from satupintu.registry.rules.identity import ending, impossible_nik, impossible_phone
from satupintu.registry.rules.names import sort_key, words

SOURCE = "crowd"


@guarded
def fill(*, people: int, seed: int, progress: Callable[[float], None], by: Actor, at: datetime) -> int:
    """Bring the made-up crowd to ``people``, each with one business of the made-up city; returns how many are new.

    Written in bulk with one record in the audit, because nobody real is concerned. Raises NotAllowed.
    """
    there = Person.objects.filter(source=SOURCE).count()
    if there >= people:
        return 0
    city = City(city_shape([catalogue.deployment_folder()]), known_catalogue(), seed)
    markets = _markets(city, by, at)
    kinds = list(barriers())
    rows = _rows(city, people, there)
    for drafts in _blocks(crowd(seed, there, people, len(kinds))):
        _write_block([(draft, next(rows)) for draft in drafts], kinds, markets, by, at)
        progress((drafts[-1].number - there) / (people - there))
    with transaction.atomic():
        values = {"people": people - there, "seed": seed}
        audit.record(action="registry.crowd_filled", object="registry", values=values, by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people - there


def _blocks(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    while block := list(islice(drafts, BLOCK)):
        yield block


@transaction.atomic
def _write_block(
    block: Sequence[tuple[Draft, dict[str, Any]]],
    kinds: Sequence[str],
    markets: dict[str, Market],
    by: Actor,
    at: datetime,
) -> None:
    drafts = [draft for draft, _ in block]
    people = Person.objects.bulk_create([_person(draft, row["region"], by, at) for draft, row in block])
    businesses = Business.objects.bulk_create(
        [
            Business(
                person=person,
                trade_name=draft.trade,
                place=row["place"],
                region=row["region"],
                market=markets.get(row["region"]) if row["place"].endswith("stall") else None,
                facts=row["facts"],
                made_by=by.ref,
                made_at=at,
            )
            for person, (draft, row) in zip(people, block, strict=True)
        ]
    )
    BusinessCode.objects.bulk_create(
        [
            BusinessCode(business=business, version=row["version"], code=row["code"], main=True)
            for business, (_, row) in zip(businesses, block, strict=True)
            if row["code"]
        ]
    )
    _write_names(people, drafts)
    _write_lives(list(zip(people, drafts, strict=True)), kinds, by, at)


def _person(draft: Draft, region: str, by: Actor, at: datetime) -> Person:
    # The demo market's own vendors have the first numbers.
    nik, phone = impossible_nik(draft.number + 1000), impossible_phone(draft.number + 1000)
    return Person(
        display_name=draft.name,
        sort_name=sort_key(draft.name),
        nik=nik,
        nik_lookup=lookup("nik", nik),
        phone=phone,
        phone_lookup=lookup("phone", phone),
        phone_ending=lookup("phone-ending", ending(phone)),
        sex="female" if draft.number % 2 else "male",
        birth_year=1956 + draft.number % 45,
        region=region,
        district=region[:8],
        source=SOURCE,
        retention_until=keep_person_until(localdate(at)),
        made_by=by.ref,
        made_at=at,
        changed_at=at,
    )


def _write_names(people: Sequence[Person], drafts: Sequence[Draft]) -> None:
    wanted = [set(words(draft.name)) | set(words(draft.trade)) for draft in drafts]
    keys = _words(set().union(*wanted))
    NameUse.objects.bulk_create(
        [
            NameUse(word_id=keys[word], person=person, region=person.region)
            for person, mine in zip(people, wanted, strict=True)
            for word in sorted(mine)
        ]
    )


def _write_lives(lives: Sequence[tuple[Person, Draft]], kinds: Sequence[str], by: Actor, at: datetime) -> None:
    made = {"made_by": by.ref, "made_at": at}
    Barrier.objects.bulk_create(
        [Barrier(person=p, code=kinds[d.barrier], asked="event", **made) for p, d in lives if d.barrier >= 0]
    )
    Consent.objects.bulk_create(
        [Consent(person=p, purpose="reminders", text_version="1", given=True, **made) for p, d in lives if d.reminded]
    )
    with_nib = [(p, f"{d.number:013}", (at - timedelta(days=d.number % 900)).date()) for p, d in lives if d.has_nib]
    PaperHeld.objects.bulk_create(
        [
            PaperHeld(
                person=p,
                paper="nib",
                number=number,
                number_lookup=lookup("paper", number),
                number_ending=lookup("paper-ending", ending(number)),
                issued=day,
                **made,
            )
            for p, number, day in with_nib
        ]
    )
    Milestone.objects.bulk_create([Milestone(person=p, code="paper_nib", day=day, **made) for p, _, day in with_nib])


def _markets(city: City, by: Actor, at: datetime) -> dict[str, Market]:
    """One made-up market in every kelurahan."""
    wanted = [region for region in city.catalogue.regions.values() if region.kind == "kelurahan"]
    found = {}
    for n, region in enumerate(wanted, start=1):
        found[region.code], _ = Market.objects.get_or_create(
            code=f"pasar-contoh-{n:02}",
            defaults={"name": f"Pasar Contoh {n:02}", "region": region.code, "made_by": by.ref, "made_at": at},
        )
    return found


def _rows(city: City, rows: int, there: int) -> Iterator[dict[str, Any]]:
    """The businesses of the made-up city from row ``there`` on, as plain values."""
    for start, block in city.blocks(rows):
        if start + block.rows > there:
            yield from list(_plain(city, block))[max(0, there - start) :]


def _plain(city: City, block: Businesses) -> Iterator[dict[str, Any]]:
    columns = {name: [column.words[code] for code in column.codes.tolist()] for name, column in block.words.items()}
    amounts = {name: values.tolist() for name, values in block.amounts.items()}
    for n in range(block.rows):
        facts = {name: columns[name][n] for name in city.shape.facts if columns[name][n]}
        facts |= {name: str(values[n]) for name, values in amounts.items() if values[n] != NOT_SAID}
        yield {
            "region": columns["region"][n],
            "place": columns["place"][n],
            "version": columns["kbli_version"][n],
            "code": columns["kbli"][n],
            "facts": facts,
        }
