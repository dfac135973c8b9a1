"""One box for everything: people, businesses, markets, events, help, papers, laws; only what the asker may see."""

from __future__ import annotations

from typing import Any

from satupintu.accounts.gate import may_open
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.licensing.queries.visible import file_for
from satupintu.licensing.rules.numbers import read_number
from satupintu.outreach import queries as outreach
from satupintu.registry.queries.people import with_businesses
from satupintu.registry.queries.places import markets_for
from satupintu.registry.queries.search import search as search_people
from satupintu.registry.rules.names import LIKE_A_WORD, answer_likeness, words

SHOWN = 8
LEAST = 2  # letters; fewer match everything


def found(actor: Actor | None, text: str) -> dict[str, Any]:
    """What fits a text, by group; empty groups are left out. ``any`` says whether there is something at all."""
    text = " ".join(text.split())[:100]
    groups: dict[str, list[Any]] = {}
    if len(text) >= LEAST:
        groups = _of_files(actor, text) | _of_people(actor, text) | _of_events(actor, text) | _of_the_catalogue(text)
    kept = {name: rows for name, rows in groups.items() if rows}
    return {"text": text, "groups": kept, "any": bool(kept)}


def _of_files(actor: Actor | None, text: str) -> dict[str, list[Any]]:
    """The file with that number, whole and without a typing mistake."""
    number = read_number(text)
    if actor is None or number is None or not may_open(actor, "licensing:desk-file"):
        return {}
    file = file_for(actor, number)
    return {"files": [file] if file and file.state != "draft" else []}


def _of_people(actor: Actor | None, text: str) -> dict[str, list[Any]]:
    if actor is None or not may_open(actor, "registry:people"):
        return {}
    hits = search_people(actor, text, SHOWN).hits
    businesses = with_businesses([hit.person for hit in hits])
    typed = words(text)
    named = [b for b in businesses if typed and answer_likeness(typed, words(b.trade_name)) >= LIKE_A_WORD]
    markets = list(markets_for(actor).filter(name__icontains=text)[:SHOWN])
    return {"people": list(hits), "businesses": named[:SHOWN], "markets": markets}


def _of_events(actor: Actor | None, text: str) -> dict[str, list[Any]]:
    if actor is None or not may_open(actor, "outreach:events"):
        return {}
    return {"events": list(outreach.events_found(actor, text, SHOWN))}


def _of_the_catalogue(text: str) -> dict[str, list[Any]]:
    known = catalogue.catalogue()
    parts = text.casefold().split()
    headers = [licence.header for licence in known.licences.values()]
    return {
        "questions": [q for topic in catalogue.questions(text) for q in topic["questions"]][:SHOWN],
        "papers": [h for h in headers if _holds(parts, h.code, h.title, h.title_en, h.plain, h.plain_en)][:SHOWN],
        "laws": [law for law in catalogue.laws() if _holds(parts, law.id, law.title)][:SHOWN],
    }


def _holds(parts: list[str], *texts: str | None) -> bool:
    whole = " ".join(filter(None, texts)).casefold()
    return all(part in whole for part in parts)
