"""What stands in a file so far: answers in words, documents, what may go into a slot, all of it before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from satupintu.catalogue import queries as catalogue
from satupintu.licensing.models import Application
from satupintu.licensing.queries.applying import title_of
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.queries.desk_file import slots_of
from satupintu.licensing.queries.standing import answers_of, missing_parts, service_of
from satupintu.licensing.queries.told import part_title
from satupintu.licensing.rules.answers import said, sections
from satupintu.licensing.rules.serving import DocumentSlot, FormField
from satupintu.registry.models import Document, Market
from satupintu.registry.queries.known import documents


@dataclass(frozen=True)
class Answered:
    """One question with its answer in words; ``section`` is where it is asked."""

    field: FormField
    section: str
    text: str
    missing: bool


def answered(file: Application) -> list[Answered]:
    """Every question of the form with its answer in words, section by section."""
    service, answers, language = service_of(file), answers_of(file), page_language()
    lacking = set(missing_parts(file))
    markets = market_names(
        [(answers.get(one.name) or {}).get("market") for one in service.fields if one.kind == "stall"]
    )
    return [
        Answered(one, name, said(one, answers.get(one.name), language, markets), f"field:{one.name}" in lacking)
        for name, fields in sections(service).items()
        for one in fields
    ]


def market_names(codes: Sequence[str | None]) -> dict[str, str]:
    """The names of markets by their code."""
    return dict(Market.objects.filter(code__in=[code for code in codes if code]).values_list("code", "name"))


def wallet(file: Application, slot: str) -> list[tuple[Document, str]]:
    """The documents of the person that may go into a slot, those of its kind first, each with its title."""
    titles = documents()
    kept = file.person.documents.filter(erased_at=None)
    rows = sorted(kept, key=lambda one: (one.kind != slot, -one.pk))
    return [(one, titles.get(one.kind, one.kind)) for one in rows]


def document_of(file: Application, ref: str) -> Document | None:
    """One document of the person of a file, by its reference; None for anything else."""
    try:
        wanted = UUID(ref)
    except ValueError:
        return None
    return file.person.documents.filter(ref=wanted, erased_at=None).first()


def market_choices() -> list[tuple[str, str]]:
    """Every market by its code, in the order of names."""
    return list(Market.objects.order_by("name", "pk").values_list("code", "name"))


def document_page(file: Application, slot: DocumentSlot) -> dict[str, Any]:
    """One slot with what stands in it and what could: the catalogue's words, the wallet."""
    standing = next(one for one in slots_of(file) if one.code == slot.code)
    return {
        "file": file,
        "title": title_of(file.licence),
        "slot": slot,
        "standing": standing,
        "document": catalogue.catalogue().documents[slot.code],
        "wallet": wallet(file, slot.code),
    }


def review_page(file: Application) -> dict[str, Any]:
    """Everything that was filled in, and what is still missing."""
    return {
        "answers": answered(file),
        "slots": slots_of(file),
        "missing": [part_title(file, part, page_language()) for part in missing_parts(file)],
        "service": service_of(file),
    }


__all__ = ["answers_of", "sections", "service_of", "slots_of"]
