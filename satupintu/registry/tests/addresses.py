"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import Double, Import, Merge
from satupintu.registry.tests.factories import AT, market, photo, register


def _person(visitor: Any) -> Any:
    """Somebody of the city; a vendor who asks is this person."""
    person = register()
    if visitor is not None and visitor.role == "vendor":
        actions.link_account(person=person, user=visitor, by=SYSTEM, at=AT)
        person.refresh_from_db()
    return person


def _of_person(visitor: Any) -> dict[str, Any]:
    return {"ref": _person(visitor).ref}


def _document(visitor: Any) -> dict[str, Any]:
    person = _person(visitor)
    document = actions.add_document(person=person, kind="ktp", content=photo(size=(9, 9)), by=SYSTEM, at=AT)
    return {"ref": person.ref, "document_ref": document.ref}


def _follow_up(visitor: Any) -> dict[str, Any]:
    person = _person(visitor)
    return {
        "ref": person.ref,
        "key": actions.add_follow_up(person=person, why="temui", due=AT.date(), by=SYSTEM, at=AT).pk,
    }


def _business(visitor: Any) -> dict[str, Any]:
    person = _person(visitor)
    return {"ref": person.ref, "business_ref": actions.add_business(person=person, by=SYSTEM, at=AT).ref}


def _paper(visitor: Any) -> dict[str, Any]:
    person = _person(visitor)
    return {"ref": person.ref, "paper_ref": actions.record_paper(person=person, paper="sku", by=SYSTEM, at=AT).ref}


def _double(visitor: Any) -> dict[str, Any]:
    for name in ("Tenda Biru", "Tenda Birru"):
        register(name, phone="081234567890")
    return {"key": Double.objects.latest("pk").pk}


def _merge(visitor: Any) -> dict[str, Any]:
    made: Merge = actions.merge_people(kept=register(), removed=register(), reason="KTP sama", by=SYSTEM, at=AT)
    return {"key": made.pk}


def _import(visitor: Any) -> dict[str, Any]:
    made = Import.objects.create(
        file_name="x.csv", sha256="0", office="x", made_by=f"user:{visitor.pk}" if visitor else "", made_at=AT
    )
    return {"ref": made.ref}


ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **{
        f"registry:{name}": _of_person
        for name in (
            *("person", "person-edit", "person-reveal", "person-forget", "business-new", "paper-new"),
            *("document-new", "consent-new", "barrier-new", "follow-up-new"),
        )
    },
    **{f"registry:{name}": _document for name in ("document", "document-thumbnail", "document-erase")},
    "registry:consent-withdraw": lambda visitor: {**_of_person(visitor), "purpose": "reminders"},
    "registry:barrier-lift": lambda visitor: {**_of_person(visitor), "code": "fears_cost"},
    "registry:follow-up-done": _follow_up,
    "registry:merge": _double,
    "registry:apart": _double,
    "registry:merge-undo": _merge,
    "registry:import-file": _import,
    "registry:business-edit": _business,
    "registry:paper-withdraw": _paper,
    **{f"registry:{name}": lambda visitor: {"code": market().code} for name in ("market", "market-edit", "stall-put")},
}
