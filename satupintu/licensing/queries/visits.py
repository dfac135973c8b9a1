"""Visits: those of a day in the order of the markets, and how far a reported place lies from the one applied for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.db.models.functions import Coalesce

from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application, Visit
from satupintu.licensing.queries.visible import files_for
from satupintu.licensing.rules.clashes import metres_apart
from satupintu.licensing.rules.moves import SIGNER, VERIFIER


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit on the way of a day: which market it lies in (empty: none), the file, and the visit."""

    market: str
    application: Application
    visit: Visit


def visits_on(actor: Actor, day: date, mine: bool = False) -> list[Stop]:
    """The open visits of a day among the actor's files, by market and stall; ``mine``: only those they planned."""
    rows = Visit.objects.filter(planned_for=day, made_at=None, application__state="site_visit")
    rows = rows.filter(application__in=files_for(actor).values("pk"))
    if actor.role in (VERIFIER, SIGNER):
        rows = rows.filter(application__office=actor.office)
    if mine:
        rows = rows.filter(planned_by=actor.ref)
    rows = rows.select_related("application__person", "application__market", "application__stall").order_by(
        Coalesce("application__market__name", F("application__region")), "application__stall__label", "pk"
    )
    return [Stop(one.application.market.name if one.application.market else "", one.application, one) for one in rows]


def visit_days(actor: Actor, day: date) -> list[tuple[date, int]]:
    """The days from this one on for which visits of the actor's office are planned, with how many."""
    rows = Visit.objects.filter(made_at=None, application__state="site_visit", planned_for__gte=day)
    days = rows.filter(application__office=actor.office).order_by("planned_for").values_list("planned_for", flat=True)
    return list(Counter(days).items())


def overdue_visits(actor: Actor, day: date) -> list[Visit]:
    """Visits of the actor's office whose day has passed without a report, the oldest first."""
    rows = Visit.objects.filter(made_at=None, application__state="site_visit", planned_for__lt=day)
    return list(rows.filter(application__office=actor.office).select_related("application").order_by("planned_for"))


def planned_visit(application: Application) -> Visit | None:
    """The visit that is planned and not reported yet, if any."""
    return application.visits.filter(made_at=None).last()


def reported_visits(application: Application) -> list[tuple[Visit, int | None]]:
    """The reports of a file with photos, the newest first, each with how many metres from the place applied for."""
    rows = application.visits.exclude(made_at=None).prefetch_related("photos__document").order_by("-made_at")
    return [(visit, metres_off(application, visit)) for visit in rows]


def metres_off(application: Application, visit: Visit) -> int | None:
    """How far the position of a visit lies from the one applied for, in metres; None where either is not known."""
    seen, asked = (visit.latitude, visit.longitude), (application.latitude, application.longitude)
    if seen[0] is None or seen[1] is None or asked[0] is None or asked[1] is None:
        return None
    return round(metres_apart((float(seen[0]), float(seen[1])), (float(asked[0]), float(asked[1]))))
