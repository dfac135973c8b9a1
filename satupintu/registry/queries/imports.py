"""Imported files, and the words by which a table names a region."""

from __future__ import annotations

from uuid import UUID

from satupintu.audit.rules import Actor
from satupintu.registry.models import Import
from satupintu.registry.queries.known import regions


def import_for(actor: Actor, ref: UUID | str) -> Import | None:
    """One of the actor's own imports."""
    return Import.objects.filter(ref=ref, made_by=actor.ref).first()


def import_by_ref(ref: UUID | str) -> Import | None:
    """An import by its reference, for the worker that goes on with it."""
    return Import.objects.filter(ref=ref).first()


def imports_of(actor: Actor) -> list[Import]:
    """The actor's latest imports."""
    return list(Import.objects.filter(made_by=actor.ref)[:20])


def region_words() -> dict[str, str]:
    """Region codes by what a table may call them: code, name, other spelling; what names two places is left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for code, region in regions().items():
        found[code] = code
        if region.kind != "kelurahan":
            continue
        for word in {name.lower() for name in (region.name, *region.aliases)}:
            if word in found:
                twice.add(word)
            found[word] = code
    return {word: code for word, code in found.items() if word not in twice}
