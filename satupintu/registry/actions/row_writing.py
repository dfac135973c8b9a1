"""Writing many checked rows of a table at once, with names, likely doubles and a witness for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from satupintu.audit.rules import Actor
from satupintu.registry.actions.businesses import _shown, _stall, _write_codes
from satupintu.registry.actions.names import _words
from satupintu.registry.actions.values import _put, _values
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import Business, Double, Market, NameUse, Person
from satupintu.registry.queries.neighbours import doubles_of_many
from satupintu.registry.rules.names import words
from satupintu.registry.rules.rows import RowValues


def _write_rows(rows: Sequence[RowValues], markets: Mapping[str, Market], by: Actor, at: datetime) -> None:
    """Write everybody of these rows with their businesses. ``markets`` are found by code and by small-letter name.

    The caller has checked every value and holds the transaction.
    """
    people = Person.objects.bulk_create([_person(row, by, at) for row in rows])
    businesses = Business.objects.bulk_create(
        [
            _business(person, row.business, markets, by, at)
            for person, row in zip(people, rows, strict=True)
            if row.business
        ]
    )
    for business, row in zip(businesses, [row for row in rows if row.business], strict=True):
        _write_codes(business, _codes_of(row.business or {}))
    _index(people, {business.person_id: business.trade_name for business in businesses})
    _note_all_doubles(people, at)
    for person in people:
        _record("person_registered", person, after=_values(person), by=by, at=at)
    for business in businesses:
        object_ = f"business:{business.ref}"
        _record("business_added", business.person, object=object_, after=_shown(business), by=by, at=at)


def _codes_of(business: Mapping[str, str]) -> list[tuple[str, str]]:
    """The classification code of a row with its version, if it has one."""
    return [(business["version"] or "2020", business["code"])] if business["code"] else []


def _person(row: RowValues, by: Actor, at: datetime) -> Person:
    person = Person(source="import", made_by=by.ref, made_at=at)
    _put(person, row.person, at)
    return person


def _business(
    person: Person, values: Mapping[str, str], markets: Mapping[str, Market], by: Actor, at: datetime
) -> Business:
    market = markets.get(values["market"].lower())
    return Business(
        person=person,
        trade_name=" ".join(values["trade_name"].split()),
        place=values["place"],
        region=market.region if market else person.region,
        address=" ".join(values["address"].split()),
        market=market,
        stall=_stall(market, values["stall_label"]) if values["stall_label"] else None,
        made_by=by.ref,
        made_at=at,
    )


def _index(people: Sequence[Person], trade_names: Mapping[int, str]) -> None:
    """By which words each of these new people is found."""
    wanted = {person.pk: {*words(person.display_name), *words(trade_names.get(person.pk, ""))} for person in people}
    keys = _words({word for own in wanted.values() for word in own})
    NameUse.objects.bulk_create(
        [
            NameUse(word_id=keys[word], person=person, region=person.region)
            for person in people
            for word in sorted(wanted[person.pk])
        ]
    )


def _note_all_doubles(people: Sequence[Person], at: datetime) -> None:
    """Write every likely double of these new people for review."""
    pairs = doubles_of_many(people)
    Double.objects.bulk_create(
        [
            Double(first_id=first, second_id=second, score=found.score, reasons=list(found.reasons), found_at=at)
            for (first, second), found in sorted(pairs.items())
        ]
    )
