"""Writing businesses, their codes, markets and stalls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.facts import UnusableFact, derive
from satupintu.registry.actions.names import _reindex
from satupintu.registry.actions.values import _unusable
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
    _check_facts(known, place, codes, localdate(at))
    if region and region not in regions():
        raise ValidationError({"region": _("Kode wilayah tidak dikenal. Pilih dari daftar.")})
    _refuse_texts(trade_name, address, stall_label)
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
    _record("business_added", person, object=f"business:{business.ref}", after=_shown(business), by=by, at=at)
    return business


@guarded
@transaction.atomic
def change_business(
    *,
    business: Business,
    trade_name: str,
    place: str,
    region: str,
    address: str,
    market: Market | None,
    stall_label: str,
    codes: Sequence[tuple[str, str]],
    by: Actor,
    at: datetime,
) -> Business:
    """Write what is true now about a business; ``codes`` replace the earlier ones, the first is the main one.

    Raises ValidationError with Indonesian sentences, NotAllowed. Facts from the finder stay as they are.
    """
    require_sees(by, business.person)
    _check_facts({}, place, codes, localdate(at))
    if region not in regions():
        raise ValidationError({"region": _("Kode wilayah tidak dikenal. Pilih dari daftar.")})
    _refuse_texts(trade_name, address, stall_label)
    before = _shown(business)
    business.trade_name, business.place, business.region = " ".join(trade_name.split()), place, region
    business.address, business.market = " ".join(address.split()), market
    business.stall = _stall(market, stall_label) if stall_label else None
    business.full_clean(validate_unique=False)
    business.save()
    business.codes.all().delete()
    _write_codes(business, codes)
    _reindex(business.person)
    after = _shown(business)
    _record(
        "business_changed",
        business.person,
        object=f"business:{business.ref}",
        before=before,
        after=after,
        by=by,
        at=at,
    )
    return business


@guarded
@transaction.atomic
def add_code(*, business: Business, version: str, code: str, main: bool = False, by: Actor, at: datetime) -> None:
    """Add a KBLI code to a business; ``main`` makes it the first one. Raises ValidationError, NotAllowed."""
    require_sees(by, business.person)
    _check_facts({}, "", [(version, code)], localdate(at))
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
        raise ValidationError({"region": _("Kode wilayah tidak dikenal. Pilih dari daftar.")})
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
def change_market(
    *,
    market: Market,
    name: str,
    region: str,
    address: str,
    days: Sequence[str],
    opening_hours: str,
    zone: str,
    zone_source: str,
    by: Actor,
    at: datetime,
) -> Market:
    """Write what is true now about a market, its zone of the city's street-vendor rule with where it was read."""
    require_region(by, market.region)
    require_region(by, region)
    _check_zone(zone, zone_source)
    before = _told(market)
    market.name, market.region, market.address = name, region, address
    market.days, market.opening_hours = list(days), opening_hours
    market.zone, market.zone_source = zone, zone_source
    market.full_clean()
    market.save()
    values = {"before": before, "after": _told(market)}
    audit.record(action="registry.market_changed", object=f"market:{market.code}", values=values, by=by, at=at)
    return market


@guarded
@transaction.atomic
def put_stall(
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
    """Write a stall of a market, or what is true now about the one with this label.

    A position in degrees is both numbers or none. Raises ValidationError, NotAllowed.
    """
    require_region(by, market.region)
    _check_zone(zone, zone_source)
    if (latitude is None) != (longitude is None):
        raise ValidationError({"longitude": _("Lintang dan bujur diisi dua-duanya, atau kosong dua-duanya.")})
    stall = _stall(market, label)
    stall.zone, stall.zone_source, stall.latitude, stall.longitude = zone, zone_source, latitude, longitude
    stall.full_clean()
    stall.save()
    values = {"label": stall.label, "zone": zone, "zone_source": zone_source}
    audit.record(action="registry.stall_put", object=f"market:{market.code}", values=values, by=by, at=at)
    return stall


def _shown(business: Business) -> dict[str, object]:
    """A business as the audit trail keeps it, sealed with its owner's key."""
    return {
        "trade_name": business.trade_name,
        "place": business.place,
        "region": business.region,
        "address": business.address,
        "market": business.market.code if business.market else "",
        "stall": business.stall.label if business.stall else "",
        "codes": [[version, code] for version, code in business.codes.values_list("version", "code")],
    }


def _told(market: Market) -> dict[str, object]:
    names = ("name", "region", "address", "days", "opening_hours", "zone", "zone_source")
    return {name: getattr(market, name) for name in names}


def _stall(market: Market | None, label: str) -> Stall:
    if market is None:
        raise ValidationError({"stall_label": _("Pilih pasarnya dulu, baru tulis lapaknya.")})
    stall, _made = Stall.objects.get_or_create(market=market, label=" ".join(label.split())[:40])
    return stall


def _write_codes(business: Business, codes: Sequence[tuple[str, str]]) -> None:
    BusinessCode.objects.bulk_create(
        [
            BusinessCode(business=business, version=version, code=code, main=n == 0)
            for n, (version, code) in enumerate(dict.fromkeys(codes))
        ]
    )


def _refuse_texts(trade_name: str, address: str, stall_label: str) -> None:
    if wrong := _unusable_texts(trade_name, address, stall_label):
        raise ValidationError(wrong)


def _unusable_texts(trade_name: str, address: str, stall_label: str) -> dict[str, str]:
    """A sentence for each of a business's texts that cannot be kept."""
    texts = {"trade_name": " ".join(trade_name.split()), "address": " ".join(address.split())}
    label = " ".join(stall_label.split())
    wrong = _unusable(Business, texts) | _unusable(Stall, {"label": label})
    return {("stall_label" if name == "label" else name): sentence for name, sentence in wrong.items()}


def _check_zone(zone: str, source: str) -> None:
    if zone != "unknown" and not source.strip():
        raise ValidationError({"zone_source": _("Tulis dari mana zona ini diketahui.")})


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
