"""What an official reads before deciding: what it would rest on, what would be sent, what would be printed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language

from satupintu.audit.rules import Actor
from satupintu.licensing import library
from satupintu.licensing.models import Application, Decision
from satupintu.licensing.queries.freezing import as_text, freeze, rule_version
from satupintu.licensing.queries.standing import missing_parts, not_in_order, offered_to, service_of
from satupintu.licensing.queries.visible import acts_for, delegation_of
from satupintu.licensing.rules.explaining import explained
from satupintu.licensing.rules.moves import DECIDING

DECIDING_MOVES = frozenset({*DECIDING, "uphold", "overturn", "issue"})


def may_decide(actor: Actor, application: Application, at: datetime) -> frozenset[str]:
    """The deciding moves that this person can make on this file now; empty for whoever examined it."""
    if not acts_for(actor, application, localdate(at)):
        return frozenset()
    return frozenset(move.name for move in offered_to(application, actor.ref, actor.role, at)) & DECIDING_MOVES


def decide_page(actor: Actor, application: Application, at: datetime) -> dict[str, Any]:
    """The page of a decision: the basis as it would be frozen now, and what stands in the way of granting."""
    delegation = None if actor.office == application.office else delegation_of(actor, application, localdate(at))
    language = "en" if get_language() == "en" else "id"
    frozen = json.loads(as_text(freeze(application, "", delegation, actor, at)))
    return {
        "basis": explained(frozen, language),
        "rules": rule_version(application),
        "service": service_of(application),
        "moves": may_decide(actor, application, at),
        "in_the_way": [*missing_parts(application), *not_in_order(application)],
        "delegation": delegation,
        "presets": library.library().reasons("refuse", application.licence),
        "earlier": list(application.decisions.all()),
    }


def decision_of(application: Application, key: int) -> Decision | None:
    """One decision of a file with what was frozen; None once that was erased."""
    return application.decisions.select_related("delegation").exclude(frozen="").filter(pk=key).first()
