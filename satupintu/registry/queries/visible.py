"""Who sees whom, and who may do what, in the registry."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from satupintu.accounts import gate
from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.queries import permissions
from satupintu.accounts.rules import sees_region
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.registry.models import Person


def may(actor: Actor | None, action: str) -> bool:
    """Whether the role of an actor may use an action of the registry, by ``roles.csv``."""
    return gate.may(actor, f"registry.{action}")


def require_sees(actor: Actor, person: Person) -> None:
    """Raise NotAllowed unless the actor may see this person."""
    if not sees(actor, person):
        raise NotAllowed(person.reference)


def require_region(actor: Actor, region: str) -> None:
    """Raise NotAllowed unless the region lies in the actor's area; whole-city actors may leave it empty."""
    if not sees_region(actor.area, region):
        raise NotAllowed(region)


def sees(actor: Actor, person: Person) -> bool:
    """Whether a person is among those the actor may see: by area, or because it is they themselves."""
    own = user_key(actor)
    if actor.role == "vendor":
        return own is not None and (
            person.user_id == own or Person.objects.filter(merged_into=person, user_id=own).exists()
        )
    return sees_region(actor.area, person.region)


def people_for(actor: Actor) -> QuerySet[Person]:
    """Everybody the actor may see who is neither forgotten nor merged into somebody else."""
    people = Person.objects.filter(merged_into=None, forgotten_at=None)
    if actor.role == "vendor":
        own = user_key(actor)
        if own is None:
            return people.none()
        # Through the kept entry a vendor still reaches what was theirs before a merge.
        return people.filter(Q(user_id=own) | Q(pk__in=Person.objects.filter(user_id=own).values("merged_into")))
    if actor.area is None:
        return people.none()
    return in_area(people, actor.area)


def in_area(people: QuerySet[Person], area: str) -> QuerySet[Person]:
    """Only those of an area: empty is the whole city, 8 signs a kecamatan, 13 a kelurahan."""
    if not area:
        return people
    if len(area) == 8:
        return people.filter(district=area)
    return people.filter(region=area) if len(area) == 13 else people.filter(region__startswith=area)


def codes_in(area: str) -> list[str]:
    """The region codes an area covers, for searching plain indexes; the area itself is one of them."""
    known = catalogue.catalogue().regions
    return [area, *(code for code in known if code.startswith(f"{area}."))]


def person_for(actor: Actor, ref: UUID | str) -> Person | None:
    """One person the actor may see, or None: for what is not theirs and what is not there alike."""
    return people_for(actor).filter(ref=ref).first()


def references(person: Person) -> list[str]:
    """How the audit names a person: their own reference and those of the entries merged into theirs."""
    merged = Person.objects.filter(merged_into=person).order_by("pk").values_list("ref", flat=True)
    return [person.reference, *map(str, merged)]


def user_key(actor: Actor) -> int | None:
    """The key of the account behind an actor; None for the system."""
    kind, _, key = actor.ref.partition(":")
    return int(key) if kind == "user" and key.isdigit() else None


def abilities(actor: Actor) -> dict[str, bool]:
    """Every action of the registry with whether the actor may use it, for pages to offer only what works."""
    names = (name for kind, name in permissions() if kind == "action" and name.startswith("registry."))
    return {name.removeprefix("registry."): gate.may(actor, name) for name in names}
