"""Which session of an event teaches which statement that is asked of its people."""

from __future__ import annotations

from satupintu.outreach.models import Event
from satupintu.outreach.queries.events import template
from satupintu.outreach.rules.coverage import Coverage, Taught, coverage
from satupintu.surveys import queries as surveys

USUAL = ("paper_statements",)


def questionnaires_of(event: Event) -> list[str]:
    """What is asked at an event: its surveys; before there are any, what its template names."""
    opened = dict.fromkeys(survey.questionnaire for survey in surveys.surveys_of(event.reference))
    begun = template(event.template)
    return list(opened) or list(begun.questionnaires if begun and begun.questionnaires else USUAL)


def coverage_of(event: Event) -> Coverage:
    """The matrix of sessions and statements. Items that name no topic (about the event itself) measure no lesson."""
    sessions = [Taught(str(session.ref), session.title, tuple(session.topics)) for session in event.sessions.all()]
    forms = surveys.forms(event.day)
    statements = [
        Taught(item.code, item.text, item.topics)
        for code in questionnaires_of(event)
        if code in forms
        for item in forms[code].items
        if item.topics
    ]
    return coverage(sessions, statements)
