"""The catalogue as JSON: plan, codes, papers. The same rules as the pages and the command line."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from satupintu.catalogue import queries
from satupintu.catalogue.rules.as_json import plan_as_json
from satupintu.catalogue.rules.facts import UnusableFact
from satupintu.catalogue.rules.plan import BeforeTheCatalogue
from satupintu.web.problems import ERRORS, Refused

router = Router(tags=["catalogue"])


class Business(Schema):
    """What is known about a business. Every fact may be left out; ``fact`` takes further ones as name=value."""

    kbli: str | None = Field(None, pattern=r"^[0-9]{5}$", examples=["56104"])
    kbli_version: str = Field("2020", pattern=r"^(2020|2025)$")
    place: str | None = Field(None, examples=["cart"])
    scale: str | None = None
    capital: int | None = Field(None, ge=0, le=10**15, description="rupiah, without land and building")
    sales: int | None = Field(None, ge=0, le=10**15, description="rupiah a year")
    fact: list[str] = Field([], max_length=30, examples=[["fixed_spot=yes"]])
    on: date | None = None
    language: str = Field("id", pattern=r"^(id|en)$")


class Suggestion(Schema):
    """A code for market words; ``score`` from 0 to 1, ``because`` the words that decided."""

    version: str
    code: str
    title: str
    score: float
    because: str


class Suggestions(Schema):
    """The suggestions for a query, best first."""

    query: str
    suggestions: list[Suggestion]


@router.get("/plan", response={200: dict[str, Any], **ERRORS})
def plan(request: HttpRequest, business: Query[Business]) -> dict[str, Any]:
    """Which papers, why, by which article, what to bring, in what order."""
    given = _given(business)
    try:
        result = queries.plan_for(given, business.on)
    except (UnusableFact, BeforeTheCatalogue) as error:
        raise Refused(str(error)) from error
    return plan_as_json(queries.catalogue(), result, given, business.language)


def _given(business: Business) -> dict[str, str]:
    named = business.model_dump(include={"kbli", "kbli_version", "place", "scale", "capital", "sales"})
    given = {name: str(value) for name, value in named.items() if value is not None}
    for pair in business.fact:
        name, sign, value = pair.partition("=")
        if not sign:
            raise Refused(f"fact '{pair}' tanpa tanda sama dengan. Tulis seperti fixed_spot=yes.")
        given[name] = value
    return given


@router.get("/kbli/suggest", response={200: Suggestions, **ERRORS})
def suggest(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=200)],
    version: Annotated[str, Query(pattern=r"^(2020|2025)$")] = "2020",
    limit: Annotated[int, Query(ge=1, le=50)] = 5,
) -> dict[str, Any]:
    """Codes for market words such as "jual cilok keliling"."""
    found = queries.suggest(q, version=version, limit=limit)
    return {"query": q, "suggestions": [Suggestion.model_validate(s, from_attributes=True) for s in found]}


@router.get("/facts", response=list[dict[str, Any]])
def facts(request: HttpRequest) -> list[dict[str, Any]]:
    """Every fact a plan may use, with its closed list of values."""
    return [fact.model_dump() for fact in queries.catalogue().facts.values()]
