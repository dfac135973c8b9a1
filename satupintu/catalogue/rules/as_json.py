"""A plan as plain data with stable keys, for the command line, the API and the phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from satupintu.catalogue.rules.entries import Catalogue, Step, Term
from satupintu.catalogue.rules.plan import Paper, Plan
from satupintu.catalogue.rules.wording import notes, section, why, words


def plan_as_json(catalogue: Catalogue, plan: Plan, given: Mapping[str, str], language: str = "id") -> dict[str, Any]:
    """The plan with the keys of the command line: on, facts, papers, documents, steps (rupiah are integers)."""
    return {
        "on": plan.on.isoformat(),
        "facts": _facts(plan, given),
        "assumed": list(plan.facts.assumed),
        "scale_from": plan.facts.scale_from,
        "notes": notes(plan, given, language),
        "papers": [_paper(catalogue, paper, language) for paper in plan.papers],
        "documents": [
            {
                "code": bring.code,
                "title": words(catalogue.documents[bring.code], "title", language).text,
                "for": list(bring.papers),
            }
            for bring in plan.documents
        ],
        "steps": [
            {
                "order": step.order,
                "paper": step.paper.code,
                "title": words(step.paper.licence.header, "title", language).text,
                "after": list(step.after),
                "inside": step.paper.licence.header.inside,
                "online": [_step(s, language) for s in step.paper.licence.header.steps.online],
                "counter": [_step(s, language) for s in step.paper.licence.header.steps.counter],
            }
            for step in plan.steps
        ],
    }


def _facts(plan: Plan, given: Mapping[str, str]) -> dict[str, Any]:
    code = plan.facts.code
    return {
        "kbli": given.get("kbli"),
        "kbli_version": given.get("kbli_version") or "2020",
        "kbli_title": code.title if code else None,
        "capital": given.get("capital"),
        "sales": given.get("sales"),
        "region": given.get("region"),
        **plan.facts.values,
    }


def _paper(catalogue: Catalogue, paper: Paper, language: str) -> dict[str, Any]:
    header = paper.licence.header
    reason = why(catalogue, paper, language)
    return {
        "code": paper.code,
        "title": words(header, "title", language).text,
        "plain": words(header, "plain", language).text,
        "what": section(paper.licence, "what", language).text,
        "need": paper.need,
        "outcome": paper.outcome,
        "why": reason.text,
        "why_language": reason.language,
        "basis": list(paper.basis),
        "confidence": paper.confidence,
        "missing": list(paper.missing),
        "cost": {
            "rupiah": paper.cost.rupiah if paper.cost else None,
            "note": _term(paper.cost, language) or _gap(paper, "cost", language),
        },
        "time": _term(paper.time, language) or _gap(paper, "time", language),
        "validity": _term(paper.validity, language) or _gap(paper, "validity", language),
        "issuer": words(catalogue.offices[header.issuer], "name", language).text,
        "issued_by": header.issued_by,
        "inside": header.inside,
        "where": [words(catalogue.offices[key], "name", language).text for key in header.where],
        "rows": [{"file": paper.table_file, "line": line} for line in paper.lines],
    }


def _term(term: Term | None, language: str) -> str | None:
    return (words(term, "text", language).text or None) if term else None


def _gap(paper: Paper, topic: str, language: str) -> str | None:
    gap = paper.gap(topic)
    return (words(gap, "note", language).text or None) if gap else None


def _step(step: Step, language: str) -> dict[str, Any]:
    return {
        "title": words(step, "title", language).text,
        "text": words(step, "text", language).text,
        "questions": list(step.questions),
    }
