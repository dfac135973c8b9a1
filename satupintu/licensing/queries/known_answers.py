"""What a form can be filled in with before anybody types: what is known of the person, the business, the stall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from satupintu.catalogue import queries as catalogue
from satupintu.licensing.rules.answers import Unusable, read_answer
from satupintu.licensing.rules.serving import Service
from satupintu.registry.models import Business, KeptPlan, Person
from satupintu.registry.queries.known import region_name


def known_answers(service: Service, person: Person, business: Business | None, on: date) -> dict[str, Any]:
    """The fields of a service whose value is known already, as they are kept; what no longer fits is left out."""
    found = {}
    for field in service.fields:
        if field.from_ is None:
            continue
        try:
            value = read_answer(field, _SOURCES[field.from_](person, business), on)
        except Unusable:
            continue
        if value is not None:
            found[field.name] = value
    return found


def _of_business(name: str) -> Callable[[Person, Business | None], Any]:
    return lambda person, business: getattr(business, name) if business else None


def _of_person(name: str) -> Callable[[Person, Business | None], Any]:
    return lambda person, business: getattr(person, name)


def _fact(name: str) -> Callable[[Person, Business | None], Any]:
    return lambda person, business: business.facts.get(name) if business else None


def _goods(person: Person, business: Business | None) -> str | None:
    """What somebody said they sell; without that, the title of the main code in the list of KBLI."""
    if business is None:
        return None
    plan = KeptPlan.objects.filter(business=business).first()
    if plan is not None and plan.answers.get("jual"):
        return str(plan.answers["jual"]).capitalize()
    main = business.codes.first()
    known = catalogue.catalogue().codes.get((main.version, main.code)) if main else None
    return known.title if known else None


def _started(person: Person, business: Business | None) -> str | None:
    return business.started.isoformat() if business and business.started else None


def _market_days(person: Person, business: Business | None) -> list[str] | None:
    return business.market.days if business and business.market else None


def _stall(person: Person, business: Business | None) -> Mapping[str, str] | None:
    if business is None or business.market is None:
        return None
    return {"market": business.market.code, "stall": business.stall.label if business.stall else ""}


def _position(person: Person, business: Business | None) -> Mapping[str, str] | None:
    stall = business.stall if business else None
    if stall is None or stall.latitude is None:
        return None
    return {"latitude": str(stall.latitude), "longitude": str(stall.longitude)}


_SOURCES: Mapping[str, Callable[[Person, Business | None], Any]] = {
    "person.name": _of_person("display_name"),
    "person.nik": _of_person("nik"),
    "person.phone": _of_person("shown_phone"),
    "person.region": lambda person, business: region_name(person.region),
    "business.trade_name": _of_business("trade_name"),
    "business.address": _of_business("address"),
    "business.region": lambda person, business: region_name(business.region) if business else None,
    "business.place": _of_business("place"),
    "business.codes": _goods,
    "business.started": _started,
    "business.capital": _fact("capital"),
    "business.sales": _fact("sales"),
    "market": _stall,
    "market.days": _market_days,
    "stall": _stall,
    "stall.position": _position,
}
