"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localdate

from satupintu.audit.rules import SYSTEM
from satupintu.licensing.models import Closure
from satupintu.licensing.tests.factories import AT, OFFICE, application, attach, in_wallet
from satupintu.licensing.tests.test_decisions import granted
from satupintu.registry import actions as registry
from satupintu.registry.models import Person
from satupintu.registry.tests.factories import market, register


def _code(visitor: Any) -> dict[str, Any]:
    return {"code": granted().code}


def _waiting(visitor: Any) -> dict[str, Any]:
    return {"number": application("submitted").number}


def _with_photo(visitor: Any) -> dict[str, Any]:
    file = application("submitted")
    attach(file, in_wallet(file.person), "ktp")
    return {"number": file.number, "slot": "ktp"}


def _of_their_office(state: str) -> Callable[[Any], dict[str, Any]]:
    """A file in a state that belongs to the visitor's own office."""

    def made(visitor: Any) -> dict[str, Any]:
        file = application(state, office=(visitor and visitor.office_id) or OFFICE)
        file.visits.create(planned_for=localdate(AT), planned_by="user:1", planned_at=AT)
        return {"number": file.number}

    return made


def _asked_of_their_office(visitor: Any) -> dict[str, Any]:
    file = application("recommendation")
    office = (visitor and visitor.office_id) or OFFICE
    file.recommendations.create(office=office, question="Boleh?", asked_by="user:1", asked_at=AT)
    return {"number": file.number}


def _paper(visitor: Any) -> dict[str, Any]:
    """An issued paper, a vendor's own."""
    person = register()
    if visitor and visitor.role == "vendor":
        person.user = visitor
        person.save()
    return {"ref": granted(person=person).ref}


def person_of(visitor: Any) -> Person:
    """Somebody the visitor would be shown: themselves if they are a vendor."""
    person = register()
    if visitor is not None and visitor.role == "vendor":
        registry.link_account(person=person, user=visitor, by=SYSTEM, at=AT)
    return person


def _asked(state: str) -> Callable[[Any], dict[str, Any]]:
    return lambda visitor: {"number": application(state, person=person_of(visitor)).number}


def _slot(visitor: Any) -> dict[str, Any]:
    return {"number": application(person=person_of(visitor)).number, "slot": "ktp"}


# Pages about one file for whoever asked.
IN_DRAFT = ("file", "file-fill", "file-documents", "file-review", "file-word", "file-withdraw", "file-decision")
SENT = ("file-receipt", "file-receipt-pdf", "file-filed", "file-number", "file-refusal", "file-sitting", "track")

# Pages about one file at the desk.
AT_DESK = (
    *("desk-file", "desk-claim", "desk-release", "desk-judge", "desk-check", "desk-move", "desk-pay"),
    *("desk-hand-over", "desk-send-back", "desk-word", "desk-print", "desk-return", "desk-ask"),
)


def _decided(visitor: Any) -> dict[str, Any]:
    """A decision about a file, a vendor's own."""
    paper = granted(person=person_of(visitor))
    return {"number": paper.application.number, "key": paper.decision_id}


def _issued(visitor: Any) -> dict[str, Any]:
    """A paper; a vendor's own, and of the office of an official."""
    return {"ref": granted(person=person_of(visitor), office=(visitor and visitor.office_id) or OFFICE).ref}


def _closure(visitor: Any) -> dict[str, Any]:
    """A day on which the visitor's own office is closed, far ahead."""
    office = (visitor and visitor.office_id) or OFFICE
    values = {"day": localdate(AT).replace(year=2036), "reason": "Uji", "made_by": "user:1", "made_at": AT}
    return {"key": Closure.objects.create(office=office, **values).pk}


ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "api-1:certificate": _code,
    "licensing:check-code": _code,
    **{f"licensing:{name}": _waiting for name in AT_DESK},
    "licensing:desk-document": _with_photo,
    **{f"licensing:{name}": _asked("draft") for name in IN_DRAFT},
    **{f"licensing:{name}": _asked("submitted") for name in SENT},
    "licensing:file-repair": _asked("returned"),
    "licensing:file-document": _slot,
    "licensing:visit-plan": _of_their_office("complete"),
    "licensing:visit-report": _of_their_office("site_visit"),
    "licensing:recommendation-ask": _of_their_office("complete"),
    "licensing:recommendation-give": _asked_of_their_office,
    "licensing:decide": _of_their_office("examined"),
    "licensing:decision": _decided,
    **{f"licensing:{name}": _issued for name in ("desk-paper", "card", "paper-file", "stall-sheet")},
    "licensing:paper-change": lambda visitor: {**_issued(visitor), "change": "suspend"},
    "licensing:paper-sign": _issued,
    "licensing:renew": _paper,
    "licensing:standard": lambda visitor: {"code": "tdu_pkl"},
    "licensing:closure-remove": _closure,
    "licensing:delegation-end": lambda visitor: {"key": 1},
    "licensing:queue-forget": lambda visitor: {"key": 1},
    "licensing:market-plan": lambda visitor: {"code": market().code},
}
