"""Technical recommendations: which offices may be asked, and what is asked of one's own."""

from __future__ import annotations

from django.db.models import QuerySet

from satupintu.accounts.models import Office
from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application, Recommendation
from satupintu.licensing.queries.standing import service_of

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


def answered_by(actor: Actor, most: int = 20) -> QuerySet[Recommendation]:
    """What the actor's office answered last."""
    rows = Recommendation.objects.filter(office=actor.office).exclude(made_at=None)
    return rows.select_related("application").order_by("-made_at")[:most]


def office_name(code: str) -> str:
    """The name of an office; its code where it is not known."""
    return Office.objects.filter(code=code).values_list("name", flat=True).first() or code
