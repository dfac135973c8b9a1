"""The demo market and its twenty vendors, whose NIK and phone numbers cannot exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from satupintu.accounts.gate import guarded
from satupintu.accounts.models import User
from satupintu.audit.rules import Actor
from satupintu.registry.actions.businesses import add_business, add_market
from satupintu.registry.actions.consents import add_follow_up, give_consent, record_barrier
from satupintu.registry.actions.people import _write_new
from satupintu.registry.actions.plans import hold_paper, keep_plan
from satupintu.registry.actions.reminders import remind_next_step
from satupintu.registry.actions.values import _values
from satupintu.registry.models import KeptPlan, Market, Person
from satupintu.registry.rules.identity import impossible_nik, impossible_phone

MARKET = "pasar-kaget-pagi-elang-raya"
REGION = "32.75.11.1004"
MOST = 20
# (facts and code of the finder's examples): who sells what is made up, which codes there are is not.
GOODS = (("cart", "56104"), ("street_stall", "47813"), ("street_stall", "47832"), ("cart", "56306"))
# What the finder was told by a vendor of cilok with a cart.
ANSWERS = {
    "jual": "cilok",
    "kbli": "2020-56104",
    "place": "cart",
    "fixed_spot": "yes",
    "zone": "unknown",
    "sales": "unknown",
    "extras": "1",
}
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
    made = {n: _vendor(n, market, by, at) for n in numbers}
    for n, person in made.items():
        if n in LIVES:
            LIVES[n](person, by, at)
    return list(made.values())


def _vendor(n: int, market: Market, by: Actor, at: datetime) -> Person:
    values = {
        "display_name": f"Pedagang {n:02}",
        "nik": impossible_nik(n),
        "phone": impossible_phone(n),
        "sex": "female" if n % 2 else "male",
        "birth_year": 1970 + n,
        "region": REGION,
        "language": "id",
        "channel": "whatsapp" if n % 4 == 1 else "none",
    }
    account = User.objects.filter(username=f"pedagang-{n:02}", is_demo=True, person=None).first()
    person = _write_new(values, source="demo", user=account, by=by, at=at)
    place, code = GOODS[(n - 1) % len(GOODS)]
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
    if n % 4 == 1:
        give_consent(person=person, purpose="reminders", place="Pasar Kaget Pagi", by=by, at=at)
    return person


def _keeps_a_plan(person: Person, by: Actor, at: datetime) -> KeptPlan:
    give_consent(person=person, purpose="keep_plan", place="Pasar Kaget Pagi", by=by, at=at)
    return keep_plan(person=person, answers=ANSWERS, business=person.businesses.get(), by=by, at=at)


def _holds_a_paper(person: Person, by: Actor, at: datetime) -> None:
    """An NIB whose number nobody has."""
    plan = _keeps_a_plan(person, by, at)
    hold_paper(plan=plan, paper="nib", number=f"{person.pk:013}", issued=localtime(at).date(), by=by, at=at)


def _stands_twice(person: Person, by: Actor, at: datetime) -> None:
    """The same vendor once more, written at the other end of the market."""
    values = _values(person) | {"display_name": f"{person.display_name} (tercatat lagi)", "nik": ""}
    _write_new(values, source="demo", by=by, at=at)


def _is_reminded(person: Person, by: Actor, at: datetime) -> None:
    remind_next_step(plan=_keeps_a_plan(person, by, at), link="http://127.0.0.1:8000/langkah/", by=by, at=at)


def _is_promised_help(person: Person, by: Actor, at: datetime) -> None:
    """Due today for the kecamatan's counter and for the facilitator."""
    for username, why in (("loket-01", "Bantu isi data NIB di loket"), ("pendamping-01", "Temui lagi di pasar")):
        owner = User.objects.filter(username=username, is_demo=True).select_related("office").first()
        if owner is not None and owner.office is not None:
            add_follow_up(
                person=person,
                why=why,
                due=localtime(at).date(),
                owner=f"user:{owner.pk}",
                office=owner.office.code,
                by=by,
                at=at,
            )


# What makes the pages of the demo show something; everybody else only stands in the list.
LIVES: dict[int, Callable[[Person, Actor, datetime], object]] = {
    1: _keeps_a_plan,
    2: _is_promised_help,
    3: _stands_twice,
    5: _holds_a_paper,
    9: _is_reminded,
}
