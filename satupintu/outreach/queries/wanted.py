"""Which topics people want next: of one event, and over the last year for whoever plans another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from satupintu.audit.rules import Actor
from satupintu.outreach.models import Event
from satupintu.outreach.queries.events import lessons, visible
from satupintu.outreach.queries.ladder import is_team
from satupintu.outreach.rules.ladder import FEWEST
from satupintu.outreach.rules.understanding import wanted
from satupintu.surveys import queries as surveys
from satupintu.surveys.models import Survey
from satupintu.surveys.rules.double_entry import standing
from satupintu.surveys.rules.questionnaires import EXCLUSIVE, Item

A_YEAR = timedelta(days=365)


def asks_for_topics(item: Item) -> bool:
    """Whether an item lets one choose among lessons: every choice but "none" is the code of one."""
    codes = [choice.code for choice in item.choices if choice.code not in EXCLUSIVE]
    return item.type == "multiple" and bool(codes) and all(code in lessons() for code in codes)


def wanted_at(actor: Actor, event: Event) -> dict[str, Any]:
    """What the people of one event want next."""
    return _counted(surveys.surveys_about([event.reference]), is_team(actor))


def wanted_lately(actor: Actor, today: date) -> dict[str, Any]:
    """What people of the actor's events of the last year want next. Four queries, however many events."""
    events = visible(actor).filter(day__range=(today - A_YEAR, today))
    return _counted(surveys.surveys_about(event.reference for event in events), is_team(actor))


def _counted(found: Iterable[Survey], team: bool) -> dict[str, Any]:
    """Topics with how many want them, of how many, at how many events; outside the team no count below 5."""
    answers, events = [], set()
    asking: dict[int, set[str]] = {}
    known = []
    for survey in found:
        try:
            items = {item.code for item in surveys.form_of(survey).items if asks_for_topics(item)}
        except LookupError:
            continue
        if items:
            asking[survey.pk] = items
            known.append(survey)
    sheets = surveys.sheets_of(known) if known else {}
    for survey in known:
        for typed in sheets[survey.pk].values():
            said = [value for code, value in standing(typed).values.items() if code in asking[survey.pk]]
            answers += said
            if said:
                events.add(survey.subject)
    topics, people = wanted(answers, tuple(lessons()))
    shown = [one for one in topics if team or one.count >= FEWEST]
    return {
        "topics": [(one, lessons()[one.topic]) for one in shown],
        "people": people,
        "events": len(events),
        "hidden": len(topics) - len(shown),
    }
