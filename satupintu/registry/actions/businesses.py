"""Writing businesses, their codes, markets and stalls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.facts import UnusableFact, derive
from satupintu.registry.actions.names import _reindex
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import Business, BusinessCode, Market, Person, Stall
from satupintu.registry.queries.known import regions
from satupintu.registry.queries.visible import require_region, require_sees


@guarded
@transaction.atomic
def add_business(
    *,
    person: Person,
    trade_name: str = "",
    place: str = "",
    region: str = "",
    address: str = "",
    market: Market | None = None,
    stall_label: str = "",
    facts: Mapping[str, str] | None = None,
    codes: Sequence[tuple[str, str]] = (),
    started: date | None = None,
    by: Actor,
    at: datetime,
) -> Business:
    """Write one more business of a person. ``codes`` are (version, code), the first is the main one.

    ``facts`` are the finder's, by name. Raises ValidationError with Indonesian sentences, NotAllowed.
    """
    require_sees(by, person)
    known = dict(facts or {})
    _check_facts(known, place, codes, at.date())
    if region and region not in regions():
        raise ValidationError({"region": "Kode wilayah tidak dikenal. Pilih dari daftar."})
    stall = _stall(market, stall_label) if stall_label else None
    business = Business(
        person=person,
        trade_name=" ".join(trade_name.split()),
        place=place,
        region=region or (market.region if market else person.region),
        address=" ".join(address.split()),
        market=market,
        stall=stall,
        facts=known,
        started=started,
        made_by=by.ref,
        made_at=at,
    )
    business.full_clean(validate_unique=False)
    business.save(force_insert=True)
    _write_codes(business, codes)
    _reindex(person)
    shown = {"trade_name": business.trade_name, "place": place, "region": business.region, "codes": list(codes)}
    _record("business_added", person, object=f"business:{business.ref}", after=shown, by=by, at=at)
    return business


@guarded
@transaction.atomic
def add_code(*, business: Business, version: str, code: str, main: bool = False, by: Actor, at: datetime) -> None:
    """Add a KBLI code to a business; ``main`` makes it the first one. Raises ValidationError, NotAllowed."""
    require_sees(by, business.person)
    _check_facts({}, "", [(version, code)], at.date())
    if main:
        business.codes.update(main=False)
    BusinessCode.objects.update_or_create(
        business=business, version=version, code=code, defaults={"main": main or not business.codes.exists()}
    )
    values = {"version": version, "code": code, "main": main}
    _record("code_added", business.person, object=f"business:{business.ref}", values=values, by=by, at=at)


@guarded
@transaction.atomic
def add_market(
    *,
    code: str,
    name: str,
    region: str,
    address: str = "",
    days: Sequence[str] = (),
    opening_hours: str = "",
    zone: str = "unknown",
    zone_source: str = "",
    by: Actor,
    at: datetime,
) -> Market:
    """Write a market. A zone other than unknown needs its source. Raises ValidationError, NotAllowed."""
    require_region(by, region)
    _check_zone(zone, zone_source)
    if region not in regions():
        raise ValidationError({"region": "Kode wilayah tidak dikenal. Pilih dari daftar."})
    market = Market(
        code=code,
        name=name,
        region=region,
        address=address,
        days=list(days),
        opening_hours=opening_hours,
        zone=zone,
        zone_source=zone_source,
        made_by=by.ref,
        made_at=at,
    )
    market.full_clean()
    market.save(force_insert=True)
    values = {"name": name, "region": region, "zone": zone, "zone_source": zone_source}
    audit.record(action="registry.market_added", object=f"market:{code}", values=values, by=by, at=at)
    return market


@guarded
@transaction.atomic
def set_zone(*, market: Market, zone: str, zone_source: str, by: Actor, at: datetime) -> Market:
    """Say in which zone of the city's street-vendor rule a market lies, and where that was read."""
    require_region(by, market.region)
    _check_zone(zone, zone_source)
    before = {"zone": market.zone, "zone_source": market.zone_source}
    market.zone, market.zone_source = zone, zone_source
    market.save(update_fields=["zone", "zone_source"])
    values = {"before": before, "after": {"zone": zone, "zone_source": zone_source}}
    audit.record(action="registry.zone_set", object=f"market:{market.code}", values=values, by=by, at=at)
    return market


@guarded
@transaction.atomic
def add_stall(
    *,
    market: Market,
    label: str,
    zone: str = "unknown",
    zone_source: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    by: Actor,
    at: datetime,
) -> Stall:
    """Write a stall of a market; a position in degrees is both numbers or none. Raises ValidationError."""
    require_region(by, market.region)
    _check_zone(zone, zone_source)
    stall = Stall(
        market=market, label=label, zone=zone, zone_source=zone_source, latitude=latitude, longitude=longitude
    )
    stall.full_clean()
    stall.save(force_insert=True)
    values = {"label": label, "zone": zone}
    audit.record(action="registry.stall_added", object=f"market:{market.code}", values=values, by=by, at=at)
    return stall


def _stall(market: Market | None, label: str) -> Stall:
    if market is None:
        raise ValidationError({"stall_label": "Pilih pasarnya dulu, baru tulis lapaknya."})
    stall, _ = Stall.objects.get_or_create(market=market, label=" ".join(label.split())[:40])
    return stall


def _write_codes(business: Business, codes: Sequence[tuple[str, str]]) -> None:
    BusinessCode.objects.bulk_create(
        [
            BusinessCode(business=business, version=version, code=code, main=n == 0)
            for n, (version, code) in enumerate(dict.fromkeys(codes))
        ]
    )


def _check_zone(zone: str, source: str) -> None:
    if zone != "unknown" and not source.strip():
        raise ValidationError({"zone_source": "Tulis dari mana zona ini diketahui."})


def _check_facts(facts: dict[str, str], place: str, codes: Sequence[tuple[str, str]], on: date) -> None:
    """Facts, place and codes must be what the catalogue takes."""
    known = catalogue.catalogue()
    given = facts | ({"place": place} if place else {})
    try:
        derive(known, given, on)
        for version, code in codes:
            derive(known, {"kbli_version": version, "kbli": code}, on)
    except UnusableFact as error:
        raise ValidationError({"codes" if error.name.startswith("kbli") else "facts": str(error)}) from error
