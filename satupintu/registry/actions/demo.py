"""The demo market and its twenty vendors, whose NIK and phone numbers cannot exist."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from satupintu.accounts.gate import guarded
from satupintu.accounts.models import User
from satupintu.audit.rules import Actor
from satupintu.registry.actions.businesses import add_business, add_market
from satupintu.registry.actions.consents import give_consent, record_barrier
from satupintu.registry.actions.people import _write_new
from satupintu.registry.models import Market, Person
from satupintu.registry.rules.identity import impossible_nik, impossible_phone

MARKET = "pasar-kaget-pagi-elang-raya"
REGION = "32.75.11.1004"
MOST = 20
# (facts and code of the finder's examples): who sells what is made up, which codes there are is not.
GOODS = (("cart", "56104"), ("street_stall", "47813"), ("street_stall", "47832"), ("cart", "56306"))
BARRIERS = ("did_not_know", "fears_cost", "does_not_know_how", "complicated", "unimportant")


@guarded
@transaction.atomic
def demo(*, by: Actor, at: datetime) -> list[Person]:
    """Make the demo market and those of its twenty vendors that are not there yet; returns the new ones."""
    market = Market.objects.filter(code=MARKET).first() or add_market(
        code=MARKET,
        name="Pasar Kaget Pagi Jl. Elang Raya",
        region=REGION,
        address="Jl. Elang Raya, Pondok Timur Indah RT05/RW04",
        by=by,
        at=at,
    )
    there = set(Person.objects.filter(source="demo", region=REGION).values_list("display_name", flat=True))
    numbers = [n for n in range(1, MOST + 1) if f"Pedagang {n:02}" not in there]
    return [_vendor(n, market, by, at) for n in numbers]


def _vendor(n: int, market: Market, by: Actor, at: datetime) -> Person:
    values = {
        "display_name": f"Pedagang {n:02}",
        "nik": impossible_nik(n),
        "phone": impossible_phone(n),
        "sex": "female" if n % 2 else "male",
        "birth_year": 1970 + n,
        "region": REGION,
        "language": "id",
        "channel": "none",
    }
    account = User.objects.filter(username=f"pedagang-{n:02}", is_demo=True, person=None).first()
    person = _write_new(values, source="demo", user=account, by=by, at=at)
    place, code = GOODS[n % len(GOODS)]
    add_business(
        person=person,
        trade_name=f"Dagangan {n:02}",
        place=place,
        market=market,
        stall_label=f"A{n:02}",
        codes=[("2020", code)],
        by=by,
        at=at,
    )
    if n % 2:  # over half did not know that they need a licence [PAPER]; which ones is made up
        record_barrier(person=person, code=BARRIERS[n // 2 % len(BARRIERS)], asked="event", by=by, at=at)
    if n % 4 == 0:
        give_consent(person=person, purpose="reminders", place="Pasar Kaget Pagi", by=by, at=at)
    return person
