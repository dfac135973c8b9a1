"""Entries that may be one person, and what a merge of two would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.registry.models import Business, Double, Merge, NameUse, NameWord, Person
from satupintu.registry.queries.known import region_name
from satupintu.registry.queries.visible import people_for
from satupintu.registry.rules.doubles import CHOOSABLE, SUSPECT, Likeness, Traits, likeness
from satupintu.registry.rules.identity import BadPhone, read_phone
from satupintu.registry.rules.names import words

MOST_COMPARED = 60


@dataclass(frozen=True)
class Suspect:
    """An entry that looks like the one at hand, and why."""

    person: Person
    likeness: Likeness


def traits_of(person: Person) -> Traits:
    """What of an entry is compared."""
    markets = {f"market:{b.market_id}" for b in person.businesses.all() if b.market_id}
    region = {f"region:{person.region}"} if person.region else set()
    return Traits(person.display_name, person.nik_lookup, person.phone_lookup, frozenset(markets | region))


def doubles_of(traits: Traits, but: Person | None = None) -> list[Suspect]:
    """Entries anywhere in the city that look like one with these traits, the likeliest first."""
    found = []
    for other in _candidates(traits, but):
        verdict = likeness(traits, traits_of(other))
        if verdict.score >= SUSPECT:
            found.append(Suspect(other, verdict))
    return sorted(found, key=lambda suspect: (-suspect.likeness.score, suspect.person.pk))


def doubles_of_draft(*, name: str, nik: str, phone: str, region: str, market: int | None = None) -> list[Suspect]:
    """Likely doubles of somebody not yet written, from what was typed; an unreadable phone is left out."""
    try:
        number = read_phone(phone) if phone else ""
    except BadPhone:
        number = ""
    places = {f"region:{region}"} if region else set()
    if market:
        places.add(f"market:{market}")
    digits = "".join(sign for sign in nik if sign.isdigit())
    return doubles_of(Traits(name, lookup("nik", digits), lookup("phone", number), frozenset(places)))


def _candidates(traits: Traits, but: Person | None) -> list[Person]:
    """Whoever shares a NIK, a phone, or the rarer words of the name at the same place."""
    wanted = Q(pk__in=_namesakes(traits))
    for name in ("nik_lookup", "phone_lookup"):
        if getattr(traits, name):
            wanted |= Q(**{name: getattr(traits, name)})
    people = Person.objects.filter(wanted, merged_into=None, forgotten_at=None)
    if but is not None:
        people = people.exclude(pk=but.pk)
    return list(people.prefetch_related("businesses")[: MOST_COMPARED * 2])


def _namesakes(traits: Traits) -> list[int]:
    from satupintu.registry.queries.search import named

    regions = [place.removeprefix("region:") for place in traits.places if place.startswith("region:")]
    found = named(words(traits.name), regions, most=MOST_COMPARED) if regions else []
    markets = [int(place.removeprefix("market:")) for place in traits.places if place.startswith("market:")]
    if markets:
        # Read first: of keys it knows, a database tells how many people bear them, and begins with the market if many.
        keys = list(NameWord.objects.filter(word__in=words(traits.name)).values_list("pk", flat=True))
        here = Business.objects.filter(market__in=markets).values("person")
        found += list(
            NameUse.objects.filter(word__in=keys, person__in=here).values_list("person", flat=True)[:MOST_COMPARED]
        )
    return found


def open_doubles(actor: Actor) -> QuerySet[Double]:
    """Pairs nobody has decided on, where the actor may see both; the likeliest first."""
    mine = people_for(actor)
    found = Double.objects.filter(settled_at=None)
    if actor.area is None:
        return found.none()
    # Asked pair by pair: pairs are few, people are many.
    both = (Exists(mine.filter(pk=OuterRef(name))) for name in ("first", "second"))
    return found.filter(*both).select_related("first", "second")


def double_for(actor: Actor, pk: int) -> Double | None:
    """One undecided pair the actor may see."""
    return open_doubles(actor).filter(pk=pk).first()


def merges_of(person: Person) -> QuerySet[Merge]:
    """Merges into this person that were not undone, the newest first."""
    return Merge.objects.filter(kept=person, undone_at=None).select_related("removed")


def merge_for(actor: Actor, pk: int) -> Merge | None:
    """One merge into a person the actor may see."""
    return Merge.objects.filter(pk=pk, kept__in=people_for(actor)).select_related("kept", "removed").first()


def compared(first: Person, second: Person) -> list[dict[str, Any]]:
    """The rows of the two columns: each value of both, masked, and whether they differ."""
    rows = []
    for name in CHOOSABLE:
        shown = f"masked_{name}" if name in ("nik", "phone") else name
        left, right = getattr(first, name), getattr(second, name)
        told = region_name if name == "region" else str
        rows.append(
            {
                "name": name,
                "left": told(getattr(first, shown) or ""),
                "right": told(getattr(second, shown) or ""),
                "differs": left != right and bool(left) and bool(right),
                "fills": left in ("", None) and right not in ("", None),
            }
        )
    return rows


def holdings(person: Person) -> dict[str, Sequence[Any]]:
    """What would move with a person: their businesses, papers, consents, documents, barriers, follow-ups."""
    return {
        "businesses": list(person.businesses.all()),
        "papers": list(person.papers.all()),
        "documents": list(person.documents.filter(erased_at=None)),
        "consents": list(person.consents.all()),
        "barriers": list(person.barriers.all()),
        "follow_ups": list(person.follow_ups.all()),
    }
