"""Questionnaires and surveys: which there are, and who sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from satupintu.accounts import gate
from satupintu.accounts.rules import sees_region
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.entries import Source
from satupintu.registry.queries.known import purposes
from satupintu.registry.queries.visible import codes_in
from satupintu.registry.rules.lists import ConsentText
from satupintu.surveys import reading
from satupintu.surveys.models import Survey
from satupintu.surveys.rules.questionnaires import Questionnaire

MOST_LISTED = 100


def may(actor: Actor | None, action: str) -> bool:
    """Whether the role of an actor may use an action of surveys."""
    return gate.may(actor, f"surveys.{action}")


def forms(day: date) -> dict[str, Questionnaire]:
    """Every questionnaire in the version that counts on a day, by code."""
    return reading.library().on(day)


def questionnaire(code: str, version: str = "", *, day: date) -> tuple[Questionnaire, tuple[str, ...]] | None:
    """One version (the one that counts on the day if none is named) and all version numbers; None if unknown."""
    library = reading.library()
    found = library.get(code, version) if version else library.on(day).get(code)
    return (found, tuple(library.forms[code])) if found else None


def form_of(survey: Survey) -> Questionnaire:
    """The version a survey asks. Raises LookupError if its file was taken away: answers cannot be read without it."""
    found = reading.library().get(survey.questionnaire, survey.version)
    if found is None:
        raise LookupError(f"questionnaires/{survey.questionnaire}: versi {survey.version} tidak ada lagi")
    return found


def surveys_for(actor: Actor) -> list[Survey]:
    """The newest surveys of an actor's area, each with ``people``: how many different respondents answered."""
    return list(_visible(actor).annotate(people=Count("answerings__respondent", distinct=True))[:MOST_LISTED])


def survey_for(actor: Actor, ref: UUID | str) -> Survey | None:
    """One survey the actor may see, or None: for what is not theirs and what is not there alike."""
    return _visible(actor).filter(ref=ref).first()


def surveys_of(subject: str) -> list[Survey]:
    """Every survey about one subject, in the order of waves; for the room that owns the subject."""
    order = [wave for wave, _ in Survey.WAVES]
    found = Survey.objects.filter(subject=subject)
    return sorted(found, key=lambda survey: (order.index(survey.wave), survey.after_days, survey.questionnaire))


def surveys_about(subjects: Iterable[str]) -> list[Survey]:
    """Every survey about some subjects, in one query; for the room that owns the subjects."""
    return list(Survey.objects.filter(subject__in=list(subjects)).order_by("pk"))


def people_in(subject: str) -> dict[int, int]:
    """How many different respondents answered each survey about a subject, by its key. One query."""
    found = Survey.objects.filter(subject=subject).order_by("pk")
    return dict(found.values_list("pk", Count("answerings__respondent", distinct=True)))


def sees(actor: Actor, survey: Survey) -> bool:
    """Whether a survey lies in the actor's area."""
    return sees_region(actor.area, survey.region)


def _visible(actor: Actor) -> QuerySet[Survey]:
    if actor.area is None:
        return Survey.objects.none()
    return Survey.objects.filter(region__in=codes_in(actor.area)) if actor.area else Survey.objects.all()


def consent_text(form: Questionnaire) -> ConsentText:
    """The words read out before the first item; a new text counts from its day on."""
    return purposes()[form.consent].on(max(form.since, timezone.localdate()))


def sources_of(form: Questionnaire) -> list[Source]:
    """The sources a questionnaire and its items name, each once."""
    known = catalogue.catalogue().sources
    named = [form.source, *(item.source for item in form.items)]
    return [known[key] for key in dict.fromkeys(";".join(filter(None, named)).split(";")) if key in known]
