"""Markets and who sells there."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from satupintu.accounts.rules import sees_region
from satupintu.audit.rules import Actor
from satupintu.registry.models import Market, Person, Stall
from satupintu.registry.queries.people import Filters, filtered

SELLERS_SHOWN = 50


def markets_for(actor: Actor) -> QuerySet[Market]:
    """The markets of the actor's area with how many businesses sell there, in the order of their names."""
    markets = Market.objects.annotate(sellers=Count("businesses"))
    if actor.area is None:
        return markets.none()
    if actor.area:
        markets = markets.filter(Q(region=actor.area) | Q(region__startswith=f"{actor.area}."))
    return markets.order_by("name", "pk")


def market_for(actor: Actor, code: str) -> Market | None:
    """One market of the actor's area, or None."""
    market = Market.objects.filter(code=code).first()
    return market if market and sees_region(actor.area, market.region) else None


def market_choices(actor: Actor) -> list[tuple[int, str]]:
    """Key and name of every market of the actor's area; a vendor may sell at any."""
    if actor.area is None and actor.role != "vendor":
        return []
    markets = Market.objects.order_by("name", "pk")
    if actor.area:
        markets = markets.filter(Q(region=actor.area) | Q(region__startswith=f"{actor.area}."))
    return list(markets.values_list("pk", "name"))


def market_by_key(key: int) -> Market | None:
    """One market by its key, for a form that offered it."""
    return Market.objects.filter(pk=key).first()


def stalls_of(market: Market) -> QuerySet[Stall]:
    """The stalls of a market in the order of their labels."""
    return Stall.objects.filter(market=market).order_by("label")


def stall_values(market: Market, label: str) -> dict[str, object]:
    """What is known of a stall, by field; only the label where it is new."""
    found = Stall.objects.filter(market=market, label=label)
    known = found.values("label", "zone", "zone_source", "latitude", "longitude").first()
    return dict(known) if known else {"label": label}


def sellers_at(actor: Actor, market: Market) -> list[Person]:
    """People the actor may see who sell at a market, the first ones by name."""
    return list(filtered(actor, Filters(market=market.pk))[:SELLERS_SHOWN])
