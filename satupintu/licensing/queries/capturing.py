"""What the page for capturing files at a market knows before anybody is met; it names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from satupintu.catalogue import queries as catalogue
from satupintu.licensing import library
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.reading_plans import plans
from satupintu.licensing.rules.serving import FormField, Service
from satupintu.registry.models import Market

USUAL = "tdu_pkl"  # the paper that is chosen until somebody chooses another
# Asked once for every paper, so not again among the questions of one.
ASKED_ONCE = ("business.codes", "business.trade_name")


@dataclass(frozen=True, slots=True)
class SlotAsked:
    """A document that belongs to a paper: its name, and whether the original may come to the counter instead."""

    code: str
    title: str
    required: bool
    at_counter: bool


def papers_of_ours(on: date) -> dict[str, Service]:
    """The papers that our own offices decide on that day, by code."""
    return {code: service for code, service in library.library().services(on).items() if service.here}


def questions_of(service: Service) -> list[FormField]:
    """The questions that belong to this paper alone."""
    return [one for one in service.fields if one.kind != "stall" and one.from_ not in ASKED_ONCE]


def slots_asked(service: Service) -> list[SlotAsked]:
    """The documents of a paper in the language of the page."""
    known, english = catalogue.catalogue().documents, page_language() == "en"
    found = []
    for one in service.documents:
        document = known[one.code]
        title = document.title_en if english and document.title_en else document.title
        found.append(SlotAsked(one.code, title, one.required, one.original_at_counter_allowed))
    return found


def markets_in(area: str | None) -> list[tuple[str, str]]:
    """Code and name of every market of an area; empty is the whole city."""
    markets = Market.objects.order_by("name", "pk")
    if area is None:
        return []
    if area:
        markets = markets.filter(Q(region=area) | Q(region__startswith=f"{area}."))
    return list(markets.values_list("code", "name"))


def market_of(code: str) -> Market | None:
    """A market by its code."""
    return Market.objects.filter(code=code).first() if code else None


def stall_labels() -> list[tuple[str, Sequence[str]]]:
    """The stalls of every market that has a plan, by the market's code."""
    return [(code, plan.labels) for code, plan in plans().items()]


def kept_version() -> str:
    """What changes when the page kept on phones has to be fetched again by all: plans and papers.

    A new market is fetched by the page itself while there is a signal.
    """
    told: list[Any] = [stall_labels()]
    told += [(code, service.since) for code, service in papers_of_ours(catalogue.today()).items()]
    return repr(told)


def label_of(name: str) -> str | None:
    """What a field of a captured record is called, such as ``tdu_pkl-length`` or ``photo.ktp``; None: not ours."""
    if name.startswith("photo."):
        document = catalogue.catalogue().documents.get(name.removeprefix("photo."))
        return document.title if document else None
    code, _, rest = name.partition("-")
    service = library.library().service(code, catalogue.today())
    for one in service.fields if service else ():
        if rest == one.name or rest.startswith(f"{one.name}_"):
            return one.label
    return None
