"""Files in any state, and the people around them, for tests of this room and of those above."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any

from django.utils.timezone import localdate

from satupintu.accounts.rules import CARD_SIGNS, check_sign
from satupintu.accounts.tests.factories import make_office
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.kernel.worktime import START
from satupintu.licensing import library
from satupintu.licensing.models import Application, Attachment, Step, Visit
from satupintu.licensing.rules.moves import DECIDING, LICENSING
from satupintu.licensing.rules.numbers import shown
from satupintu.registry import actions as registry
from satupintu.registry.models import Business, Document, Person
from satupintu.registry.tests.factories import AT, MUSTIKAJAYA, MUSTIKASARI, photo, register

OFFICE = "diskop-ukm"
_serials = count(1)
_SAMPLES: Mapping[str, Any] = {
    "text": "Cilok dan es teh",
    "long": "Jalan Uji, RT 05 RW 04",
    "number": "2",
    "rupiah": 500_000,
    "days": ["sat", "sun"],
    "hours": {"opens": "06:00", "closes": "10:00"},
    "position": {"latitude": "-6.300000", "longitude": "107.020000"},
    "stall": {"market": "", "stall": ""},
    "date": "2024-01-15",
}


def front(key: int = 910_001, area: str = MUSTIKAJAYA) -> Actor:
    """Somebody at the counter of a kecamatan."""
    return Actor(f"user:{key}", f"kantor-{area}", "front_office", f"Loket {key}", area)


def helper(key: int = 910_002, area: str = MUSTIKAJAYA) -> Actor:
    """A facilitator of a kecamatan."""
    return Actor(f"user:{key}", f"kantor-{area}", "facilitator", f"Pendamping {key}", area)


def verifier(key: int = 910_003, office: str = OFFICE, area: str = "") -> Actor:
    """Somebody who examines files of an office."""
    return Actor(f"user:{key}", office, "verifier", f"Pemeriksa {key}", area)


def signer(key: int = 910_004, office: str = OFFICE, area: str = "") -> Actor:
    """Somebody who decides about files of an office."""
    return Actor(f"user:{key}", office, "signing_official", f"Pejabat {key}", area)


def vendor_of(person: Person, key: int = 910_005) -> Actor:
    """The person as they act themselves; without an account of theirs the actor owns nothing."""
    return Actor(f"user:{person.user_id or key}", "city", "vendor", person.display_name)


def makers(person: Person) -> dict[str, Actor]:
    """Who makes which move in a file's history unless told otherwise, by role."""
    acting = {actor.role: actor for actor in (front(), verifier(), signer(), vendor_of(person))}
    return acting | {"facilitator": helper(), "system": SYSTEM}


def a_business(person: Person, **given: Any) -> Business:
    """A cart in Mustikasari that sells cilok."""
    values = {"trade_name": "Cilok uji", "place": "cart", "region": MUSTIKASARI, "codes": [("2020", "56104")]} | given
    return registry.add_business(person=person, **values, by=SYSTEM, at=AT)


def in_wallet(person: Person, kind: str = "ktp") -> Document:
    """A real photo in somebody's wallet."""
    return registry.add_document(person=person, kind=kind, content=_small_photo(), by=SYSTEM, at=AT)


@cache
def _small_photo() -> bytes:
    return photo(size=(64, 48))


def sample_answers(licence: str = "tdu_pkl", at: datetime = AT) -> dict[str, Any]:
    """One good value for every field of a licence, as ``save_answers`` keeps them; empty ones are left out."""
    service = library.library().service(licence, localdate(at))
    assert service is not None
    values = {one.name: one.options[0].code if one.options else _SAMPLES[one.kind] for one in service.fields}
    return {name: value for name, value in values.items() if value != _SAMPLES["stall"]}


def way_to(state: str, licence: str = "tdu_pkl", at: datetime = AT) -> list[str]:
    """The shortest row of moves that leads from a draft to a state, as people make them."""
    service = library.library().service(licence, localdate(at))
    assert service is not None
    wrong = "issued_elsewhere" if service.here else "issued_here"
    usable = [move for move in LICENSING.moves if wrong not in move.needs and move.name != "deem"]
    found: dict[str, list[str]] = {LICENSING.start: []}
    waiting = [LICENSING.start]
    while waiting and state not in found:
        here = waiting.pop(0)
        for move in usable:
            if here in move.sources and move.target not in found:
                found[move.target] = [*found[here], move.name]
                waiting.append(move.target)
    return found[state]


def application(
    state: str = "draft",
    *,
    licence: str = "tdu_pkl",
    person: Person | None = None,
    business: Business | None = None,
    answers: Mapping[str, Any] | None = None,
    attached: bool = True,
    by: Mapping[str, Actor] | None = None,
    at: datetime = AT,
    **given: Any,
) -> Application:
    """A file in a state, with the steps that led there an hour apart, the last one at ``at``.

    Beyond a draft all fields are answered and every needed document stands as "original at the counter" unless
    ``attached`` is no; ``attach`` puts photos there. ``by`` names who made moves, by role; ``given`` are columns.
    """
    person = person or register()
    business = business or a_business(person)
    moves = way_to(state, licence, at)
    begun = at - timedelta(hours=len(moves))
    if answers is None:
        answers = sample_answers(licence, at) if moves else {}
    acting = makers(person) | dict(by or {})
    values: dict[str, Any] = {
        "number": _number(),
        "person": person,
        "business": business,
        "licence": licence,
        "law_day": localdate(begun),
        "state": state,
        "answers": json.dumps(answers, sort_keys=True) if answers else "",
        "office": make_office(OFFICE, "dinas").code,
        "region": business.region,
        "made_by": acting["vendor"].ref,
        "made_at": begun,
        "moved_at": at,
        "revision": len(moves),
        **_columns(answers),
        **_moments(moves, begun),
    }
    made = Application.objects.create(**(values | given))
    for number, move in enumerate(moves, start=1):
        _step(made, number, move, acting, begun + timedelta(hours=number))
    if moves and attached:
        attach(made, verdict="fits" if "examine" in moves else "")
    if "examine" in moves:
        look_into(made, acting["verifier"], at)
    return made


def look_into(application: Application, by: Actor, at: datetime) -> None:
    """Everything the verifier has to see: the whole checklist in order, and the visit where one is needed."""
    service = library.library().service(application.licence, application.law_day)
    assert service is not None
    seen = {"ok": True, "by": by.ref, "at": at.isoformat()}
    application.checks = {one.code: seen for one in service.checklist}
    application.save(update_fields=["checks"])
    if service.visit == "needed":
        Visit.objects.create(
            application=application,
            planned_for=localdate(at),
            planned_by=by.ref,
            planned_at=at,
            fits=True,
            findings="Sesuai.",
            made_by=by.ref,
            made_by_name=by.name,
            made_at=at,
        )


def attach(application: Application, document: Document | None = None, slot: str = "", verdict: str = "") -> None:
    """Fill one slot with a document, or every needed one that is empty with the original at the counter."""
    service = library.library().service(application.licence, application.law_day)
    assert service is not None
    slots = [slot] if slot else [one.code for one in service.documents if one.required]
    for name in slots:
        Attachment.objects.update_or_create(
            application=application,
            slot=name,
            replaced_at=None,
            defaults={
                "document": document,
                "at_counter": document is None,
                "verdict": verdict,
                "made_by": application.made_by,
                "made_at": application.made_at,
            },
        )


def _number() -> str:
    """The next number of a form that is read; drawn by counting, so no two tests meet the same by chance."""
    serial, body = next(_serials), ""
    for _ in range(7):
        serial, sign = divmod(serial, len(CARD_SIGNS))
        body = CARD_SIGNS[sign] + body
    return shown(body + check_sign(body))


def _columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in columns of its own besides the sealed answers."""
    hours, position = answers.get("hours"), answers.get("position")
    found: dict[str, Any] = {"days": answers.get("days", [])}
    if hours:
        found |= {name: time.fromisoformat(hours[name]) for name in ("opens", "closes")}
    return found | dict(position or {})


def _moments(moves: list[str], begun: datetime) -> dict[str, datetime]:
    found = {}
    for number, name in enumerate(moves, start=1):
        at, move = begun + timedelta(hours=number), LICENSING.by_name[name]
        if name == "submit":
            found["submitted_at"] = at
        if move.clock == START:
            found["accepted_at"] = at
        if name in DECIDING:
            found["decided_at"] = at
    return found


def _step(application: Application, number: int, name: str, acting: Mapping[str, Actor], at: datetime) -> None:
    move = LICENSING.by_name[name]
    role = "vendor" if "vendor" in move.by else next(role for role in acting if role in move.by)
    by = acting[role]
    Step.objects.create(
        application=application,
        number=number,
        move=name,
        state=move.target,
        made_by=by.ref,
        made_by_name=by.name,
        role=by.role,
        office=by.office,
        made_at=at,
    )
