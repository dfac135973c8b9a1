"""Technical recommendations: which offices may be asked, and what is asked of one's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from satupintu.accounts.models import Office
from satupintu.accounts.queries import office_names
from satupintu.audit.rules import Actor
from satupintu.kernel.worktime import Calendar
from satupintu.licensing.models import Application, Recommendation
from satupintu.licensing.queries.clocks import calendar_of, row_words
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.queries.told import paper_title
from satupintu.licensing.rules.clock_words import ClockWords

# A recommendation is technical advice of an office of the city, of a kecamatan or of a kelurahan.
ADVISING_KINDS = ("dpmptsp", "dinas", "kecamatan", "kelurahan")
SIGNS = {"kecamatan": 8, "kelurahan": 13}  # of the region code of an office of that kind


def advising_offices(application: Application) -> list[tuple[str, str]]:
    """The offices that may be asked, code and name: those of the whole city and those of the file's region."""
    found = Office.objects.filter(kind__in=ADVISING_KINDS).exclude(code=application.office).order_by("name")
    return [(one.code, one.name) for one in found if _answers_for(one, application.region)]


def _answers_for(office: Office, region: str) -> bool:
    return not office.area or region == office.area or region.startswith(f"{office.area}.")


def usual_adviser(application: Application) -> str:
    """The office that the licence's data name for a recommendation; empty where they name none or it is not here."""
    wanted = service_of(application).recommendation
    if wanted is None:
        return ""
    offices = Office.objects.exclude(code=application.office)
    if wanted.office:
        found = offices.filter(code=wanted.office)
    else:
        kind = wanted.office_kind or ""
        found = offices.filter(kind=kind, area=application.region[: SIGNS[kind]])
    return found.order_by("code").values_list("code", flat=True).first() or ""


def asked_of(actor: Actor) -> QuerySet[Recommendation]:
    """What waits for an answer of the actor's office, the oldest question first."""
    rows = Recommendation.objects.filter(office=actor.office, made_at=None, application__state="recommendation")
    return rows.select_related("application__person", "application__business").order_by("asked_at", "pk")


def asked_rows(actor: Actor) -> list[tuple[Recommendation, ClockWords]]:
    """What waits for an answer of the actor's office, with the short words of the file's clock."""
    at, found = timezone.now(), []
    calendars: dict[str, Calendar] = {}
    for one in asked_of(actor):
        office = one.application.office
        if office not in calendars:
            calendars[office] = calendar_of(office)
        found.append((one, row_words(one.application, at, calendars[office])))
    return found


def answered_by(actor: Actor, most: int = 20) -> QuerySet[Recommendation]:
    """What the actor's office answered last."""
    rows = Recommendation.objects.filter(office=actor.office).exclude(made_at=None)
    return rows.select_related("application").order_by("-made_at")[:most]


def asking_page(application: Application) -> dict[str, Any]:
    """What stands above the form of a question: the file, and why the licence's data name an office."""
    wanted = service_of(application).recommendation
    return {"file": application, "paper": paper_title(application.licence), "wanted": wanted}


def opinions_of(application: Application) -> list[tuple[Recommendation, str]]:
    """The recommendations asked for a file, each with the name of the office, the oldest first."""
    names = office_names()
    return [(one, names.get(one.office, one.office)) for one in application.recommendations.all()]
