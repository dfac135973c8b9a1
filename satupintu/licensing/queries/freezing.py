"""What a decision rests on, as plain values: frozen with it, so that it explains itself years later.

Explaining reads only what was frozen. The file of 2026 speaks with the law of 2026, whatever the catalogue says then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import override

from satupintu.audit.rules import Actor
from satupintu.audit.rules import canonical as canonical_bytes
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.holidays import holidays_of
from satupintu.kernel.worktime import Reading
from satupintu.licensing.models import Application, Closure, Decision, Delegation
from satupintu.licensing.queries.clocks import calendar_of, promise_of, reading_of, service_time_of
from satupintu.licensing.queries.move_words import move_words
from satupintu.licensing.queries.standing import answers_of, service_of
from satupintu.licensing.rules.answers import said
from satupintu.licensing.rules.explaining import explained
from satupintu.licensing.rules.serving import Service
from satupintu.registry.queries.plans import NotAnswered, worked

FORM = 1


def rule_version(application: Application) -> str:
    """A fingerprint of the rules that decide this file: its decision table of the day and its service (64 hex)."""
    service = service_of(application)
    version = catalogue.catalogue().licences[application.licence].version_on(application.law_day)
    rows = [[str(row) for row in version.table.rows], version.file, service.model_dump(mode="json")]
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def as_text(frozen: Mapping[str, Any]) -> str:
    """The canonical JSON that is sealed and hashed."""
    return canonical_bytes(frozen).decode()


def freeze(
    application: Application, outcome: str, delegation: Delegation | None, by: Actor, at: datetime
) -> dict[str, Any]:
    """Everything that a decision made now would rest on."""
    service = service_of(application)
    business = application.business
    titles = catalogue.catalogue().documents
    return {
        "form": FORM,
        "file": {
            "number": application.number,
            "licence": application.licence,
            "law_day": application.law_day.isoformat(),
            "office": application.office,
            "region": application.region,
        },
        "decided": {"outcome": outcome, "at": at.isoformat(), "by": by.name, "ref": by.ref, "office": by.office},
        "delegation": _delegation(delegation),
        "answers": _answers(application, service),
        "business": {
            "trade_name": business.trade_name if business else "",
            "place": business.place if business else "",
            "address": business.address if business else "",
            "codes": [f"{c.version}-{c.code}" for c in business.codes.all()] if business else [],
            "facts": dict(business.facts) if business else {},
        },
        "place": _place(application),
        "law": _law(application),
        "rules": {"version": rule_version(application), "service_since": service.since.isoformat()},
        "service": service.model_dump(mode="json", by_alias=True),
        "documents": [
            {
                "slot": one.slot,
                "title": titles[one.slot].title if one.slot in titles else one.slot,
                "sha256": one.document.sha256 if one.document else None,
                "at_counter": one.at_counter,
                "verdict": one.verdict,
                "replaced": one.replaced_at is not None,
            }
            for one in application.attachments.select_related("document")
        ],
        "checks": [
            {"text": one.text, "text_en": one.text_en, "source": one.source, **application.checks.get(one.code, {})}
            for one in service.checklist
        ],
        "visits": [
            {"day": v.planned_for.isoformat(), "fits": v.fits, "findings": v.findings, "by": v.made_by_name}
            for v in application.visits.all()
        ],
        "recommendations": [
            {"office": r.office, "favourable": r.favourable, "answer": r.answer, "by": r.made_by_name}
            for r in application.recommendations.all()
        ],
        "bills": [
            {"rupiah": b.rupiah, "paid": b.paid_on.isoformat() if b.paid_on else None} for b in application.bills.all()
        ],
        "clock": _clock(application, at),
        "steps": [
            {
                "number": s.number,
                "move": s.move,
                **_in_words(s.move),
                "at": s.made_at.isoformat(),
                "by": s.made_by_name,
                "role": s.role,
            }
            for s in application.steps.all()
        ],
    }


def _answers(application: Application, service: Service) -> list[dict[str, Any]]:
    """Each question with its answer as kept and in words of both languages: no later form is needed to read them."""
    answers, market = answers_of(application), application.market
    markets = {market.code: market.name} if market else {}
    return [
        {
            "name": one.name,
            "label": one.label,
            "label_en": one.label_en,
            "value": answers[one.name],
            "said": said(one, answers[one.name], "id", markets),
            "said_en": said(one, answers[one.name], "en", markets),
        }
        for one in service.fields
        if one.name in answers
    ]


def _in_words(move: str) -> dict[str, str]:
    found = {}
    for name, language in (("said", "id"), ("said_en", "en")):
        with override(language):
            found[name] = str(move_words(move))
    return found


def _delegation(delegation: Delegation | None) -> dict[str, Any] | None:
    if delegation is None:
        return None
    return {
        "letter": delegation.letter,
        "office": delegation.office,
        "from": delegation.begins.isoformat(),
        "to": delegation.ends.isoformat(),
    }


def _place(application: Application) -> dict[str, Any]:
    market, stall = application.market, application.stall
    return {
        "market": market.name if market else "",
        "stall": stall.label if stall else "",
        "zone": (stall.zone if stall and stall.zone != "unknown" else market.zone) if market else "",
        "days": list(application.days),
        "opens": application.opens.isoformat("minutes") if application.opens else None,
        "closes": application.closes.isoformat("minutes") if application.closes else None,
        "latitude": str(application.latitude) if application.latitude is not None else None,
        "longitude": str(application.longitude) if application.longitude is not None else None,
    }


def _law(application: Application) -> dict[str, Any]:
    """The rows of law that say whether this paper is needed, with their articles in words, by the law of the file."""
    plan = getattr(application.business, "plan", None) if application.business else None
    if plan is None:
        return {"need": None, "basis": _terms(application)}
    try:
        paper = worked(plan.answers, application.law_day).plan.paper(application.licence)
    except (NotAnswered, KeyError):
        return {"need": None, "basis": _terms(application)}
    return {
        "need": paper.need,
        "outcome": paper.outcome,
        "confidence": paper.confidence,
        "table": paper.table_file,
        "lines": list(paper.lines),
        "basis": [_article(basis) for basis in paper.basis],
    }


def _terms(application: Application) -> list[dict[str, Any]]:
    version = catalogue.catalogue().licences[application.licence].version_on(application.law_day)
    return [_article(basis) for basis in dict.fromkeys(basis for row in version.table.rows for basis in row.basis)]


def _article(basis: str) -> dict[str, Any]:
    law_id, _, key = basis.partition(":")
    law = catalogue.catalogue().laws[law_id]
    article = law.articles[key]
    return {
        "basis": basis,
        "law": law.title,
        "about": law.about,
        "article": key,
        "says": article.says,
        "confidence": article.confidence,
    }


def _clock(application: Application, at: datetime) -> dict[str, Any]:
    reading, promise = reading_of(application, at), promise_of(application)
    begun = application.accepted_at
    own = service_time_of(application.office, application.licence, localdate(begun)) if begun else None
    return {
        "promised_days": promise.days if promise else None,
        "letter": own.letter if own else None,
        "accepted": begun.isoformat() if begun else None,
        "deadline": reading.deadline.isoformat() if reading.deadline else None,
        "late_since": reading.late_since.isoformat() if reading.late_since else None,
        **_sums(reading),
        "days_off": days_off(application.office, localdate(begun), localdate(at)) if begun else [],
    }


def _sums(reading: Reading) -> dict[str, int]:
    return {name: int(getattr(reading, name).total_seconds()) for name in ("running", "paused", "off")}


def days_off(office: str, begin: date, end: date) -> list[list[str]]:
    """The days off from ``begin`` to ``end``, both included, with why each is off."""
    calendar = calendar_of(office)
    closures = dict(
        Closure.objects.filter(office__in=("", office), day__range=(begin, end)).values_list("day", "reason")
    )
    names = {h.day: h.name for year in range(begin.year, end.year + 1) for h in holidays_of(year)}
    days = [begin + timedelta(n) for n in range((end - begin).days + 1)]
    return [
        [day.isoformat(), names.get(day) or closures.get(day) or "akhir pekan"] for day in days if calendar.is_off(day)
    ]


def explanation_of(decision: Decision, language: str = "id") -> dict[str, Any]:
    """A decision explained only from what was frozen when it was made, and whether that is still whole."""
    frozen: dict[str, Any] = json.loads(decision.frozen)
    whole = hashlib.sha256(decision.frozen.encode()).hexdigest() == decision.frozen_sha256
    return {"frozen": frozen, "whole": whole, **explained(frozen, language)}
