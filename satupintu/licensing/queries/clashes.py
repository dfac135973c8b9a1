"""Who else asks for the place of a file, or holds it, at the same time.

Names are never told here. The number of another file is told to who may see that file; to everybody else it is only
that somebody is there, and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.queries.standing import answers_of
from satupintu.licensing.queries.visible import sees
from satupintu.licensing.reading_plans import plans
from satupintu.licensing.rules.answers import WEEK, days_said
from satupintu.licensing.rules.clashes import (
    OCCUPYING,
    Clash,
    Use,
    by_day,
    clashes,
    most_at_once,
    nearest,
)
from satupintu.registry.models import Market
from satupintu.web.formats import clock_range

AROUND = Decimal("0.001")  # degrees, some 110 m: where the nearest other position is looked for

# All that is asked of another file: a big market has hundreds of them, and what is sealed about their people stays so.
COMPARED = (
    *("number", "licence", "office", "region", "days", "opens", "closes", "latitude", "longitude", "answers"),
    *("person__user", "market__code", "stall__label"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """Another use of the same stall. ``number`` is empty for who may not see that file; ``when`` is in words."""

    number: str
    when: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Clashes:
    """What is to be known about the place of a file before anybody takes it as free.

    ``metres`` is the way to the nearest other position within 50 m, ``near`` its number if the actor may see it.
    ``full`` is told when more stand in the zone at once than its capacity, with this file counted.
    """

    stall: str
    rows: tuple[Row, ...]
    red: str
    zone: str
    at_once: int
    capacity: int | None
    metres: int | None
    near: str

    @property
    def full(self) -> bool:
        """Whether the zone would hold more at once than it can."""
        return self.capacity is not None and self.at_once > self.capacity

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.rows or self.red or self.full or self.metres is not None)


def clashes_of(actor: Actor, file: Application) -> Clashes:
    """What clashes with the place and time of a file, as the actor may know it."""
    own, others = use_of(file), _others(file)
    uses = {one.number: use_of(one) for one in others}
    seen = {one.number for one in others if sees(actor, one)}
    rows = tuple(_row(found, seen) for found in clashes(own, uses.values()))
    close = nearest(own, uses.values())
    plan = plans().get(own.market)
    zone = plan.zone_of(own.stall) if plan and own.stall else None
    within = [
        one for one in uses.values() if one.market == own.market and zone and plan and plan.zone_of(one.stall) == zone
    ]
    return Clashes(
        stall=own.stall,
        rows=rows,
        red=_red(file),
        zone=zone.code if zone else "",
        at_once=most_at_once(own, within),
        capacity=zone.capacity if zone else None,
        metres=close[0] if close else None,
        near=close[1].key if close and close[1].key in seen else "",
    )


def taken_when(file: Application) -> list[str]:
    """For whoever asks: when somebody else is at the chosen stall, in words without names; empty while it is free."""
    return [_when(found) for found in clashes(use_of(file), [use_of(one) for one in _others(file)])]


def uses_of(market: Market) -> list[tuple[Application, Use]]:
    """Every file that asks for a place in a market or holds one, with its use."""
    return [(one, use_of(one)) for one in _occupying().filter(market=market).order_by("pk")]


def use_of(file: Application) -> Use:
    """The use of a place that a file asks for; a stall nobody wrote down yet is read from the answers."""
    position = None
    if file.latitude is not None and file.longitude is not None:
        position = (float(file.latitude), float(file.longitude))
    return Use(
        key=file.number,
        market=file.market.code if file.market else "",
        stall=file.stall.label if file.stall else _asked_stall(file),
        days=tuple(file.days),
        opens=file.opens,
        closes=file.closes,
        position=position,
    )


def when_said(use: Use) -> str:
    """The days and hours of a use in words, or that they are not known."""
    if use.opens is None or use.closes is None or not use.days:
        return _("Hari atau jamnya belum tertulis")
    language = page_language()
    return f"{days_said(list(use.days), language)}, {clock_range(use.opens, use.closes, language)}"


def _asked_stall(file: Application) -> str:
    if file.market is None:
        return ""
    found = (value for value in answers_of(file).values() if isinstance(value, Mapping))
    return next((str(one["stall"]) for one in found if one.get("market") == file.market.code and one.get("stall")), "")


def _occupying() -> QuerySet[Application]:
    return Application.objects.filter(state__in=OCCUPYING).select_related("market", "stall", "person")


def _others(file: Application) -> list[Application]:
    """Files of other people for the same paper, at the same market or close by."""
    where = Q(market=file.market_id) if file.market_id else Q(pk__in=[])
    if file.latitude is not None and file.longitude is not None:
        near = {"latitude": file.latitude, "longitude": file.longitude}
        where |= Q(region=file.region) & Q(
            **{f"{name}__range": (at - AROUND, at + AROUND) for name, at in near.items()}
        )
    others = _occupying().filter(where, licence=file.licence).exclude(pk=file.pk)
    others = others.exclude(person=file.person_id).exclude(person__merged_into=file.person_id)
    return list(others.only(*COMPARED).order_by("pk"))


def _red(file: Application) -> str:
    """Where it was read that the place lies in a red zone; empty if nobody wrote that down."""
    for place in (file.stall, file.market):
        if place is not None and place.zone != "unknown":
            return place.zone_source if place.zone == "red" else ""
    return ""


def _row(found: Clash, seen: Iterable[str]) -> Row:
    return Row(found.other.key if found.other.key in seen else "", _when(found), found.sure)


def _when(found: Clash) -> str:
    """The shared time: days that share the same hours are told together."""
    if not found.sure:
        return _("Hari atau jamnya belum tertulis")
    language = page_language()
    hours: dict[str, list[str]] = {}
    for day, opens, closes in by_day(found.spans):
        hours.setdefault(clock_range(opens, closes, language), []).append(day)
    return "; ".join(f"{days_said(sorted(days, key=WEEK.index), language)} {span}" for span, days in hours.items())
