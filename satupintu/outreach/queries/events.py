"""Events: which there are, who sees them, and one as it is planned."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from satupintu.accounts import gate
from satupintu.accounts.queries import permissions
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.entries import Source
from satupintu.outreach import library
from satupintu.outreach.models import Event, Partner, Session, TeamMember
from satupintu.outreach.rules.entries import EventTemplate, Lesson
from satupintu.outreach.rules.programme import Line, warnings
from satupintu.registry.queries.known import region_name
from satupintu.registry.queries.visible import codes_in

PAGE = 25


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty is everything."""

    region: str = ""
    state: str = ""
    year: int | None = None

    def any(self) -> bool:
        """Whether anything is narrowed."""
        return bool(self.region or self.state or self.year)


@dataclass(frozen=True)
class Page:
    """Some events, newest first; ``number`` counts from 1."""

    events: Sequence[Event]
    number: int
    more: bool


def abilities(actor: Actor) -> dict[str, bool]:
    """Every action of events with whether the actor may use it, for pages to offer only what works."""
    names = (name for kind, name in permissions() if kind == "action" and name.startswith("outreach."))
    return {name.removeprefix("outreach."): gate.may(actor, name) for name in names}


def visible(actor: Actor) -> QuerySet[Event]:
    """Every event of the actor's area."""
    if actor.area is None:
        return Event.objects.none()
    return Event.objects.filter(region__in=codes_in(actor.area)) if actor.area else Event.objects.all()


def events_page(actor: Actor, filters: Filters, number: int = 1) -> Page:
    """One page of the actor's events, each with ``people`` on its list and ``came``. One query, however many."""
    events = visible(actor)
    if filters.region:
        events = events.filter(region__in=codes_in(filters.region))
    if filters.state:
        events = events.filter(state=filters.state)
    if filters.year:
        events = events.filter(day__year=filters.year)
    events = events.annotate(
        people=Count("participants", distinct=True),
        came=Count("taps__participant", filter=Q(taps__kind="arrived"), distinct=True),
    )
    number = max(1, number)
    rows = list(events.order_by("-day", "-pk")[(number - 1) * PAGE : number * PAGE + 1])
    return Page(rows[:PAGE], number, len(rows) > PAGE)


def events_found(actor: Actor, text: str, most: int) -> list[Event]:
    """The newest events of the actor's area whose title or place holds a text, or that are held that day."""
    named = Q(title__icontains=text) | Q(place__icontains=text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        with contextlib.suppress(ValueError):
            named |= Q(day=date.fromisoformat(text))
    return list(visible(actor).filter(named)[:most])


def event_for(actor: Actor, ref: UUID | str) -> Event | None:
    """One event the actor may see, or None: for what is not theirs and what is not there alike."""
    return visible(actor).filter(ref=ref).select_related("market").first()


def planned_lines(sessions: list[Session]) -> list[Line]:
    """Sessions as the rules know them, without what really happened."""
    return [Line(s.pk, s.title, minutes(s.begins), minutes(s.ends)) for s in sessions]


def minutes(clock: time) -> int:
    """Minutes from midnight."""
    return clock.hour * 60 + clock.minute


def event_page(event: Event) -> dict[str, Any]:
    """Everything the plan of an event shows: partners, team, sessions in sections with their topics, warnings."""
    sessions = list(event.sessions.all())
    known = lessons()
    rows = []
    for number, session in enumerate(sessions):
        before = sessions[number - 1] if number else None
        new = before is None or (before.section, before.section_title) != (session.section, session.section_title)
        topics = [(code, known[code]) for code in session.topics if code in known]
        rows.append({"session": session, "new_section": new, "topics": topics, "last": number == len(sessions) - 1})
    return {
        "event": event,
        "region": region_name(event.region),
        "partners": list(event.partners.all()),
        "team": list(event.team.all()),
        "rows": rows,
        "warnings": warnings(planned_lines(sessions)),
    }


def session_of(event: Event, ref: UUID | str) -> Session | None:
    """One session of an event."""
    return event.sessions.filter(ref=ref).first()


def partner_of(event: Event, key: int) -> Partner | None:
    """One partner of an event."""
    return event.partners.filter(pk=key).first()


def member_of(event: Event, key: int) -> TeamMember | None:
    """One member of an event's team."""
    return event.team.filter(pk=key).first()


def templates() -> Mapping[str, EventTemplate]:
    """Every event to begin from, by its code."""
    return library.library().templates


def template(code: str) -> EventTemplate | None:
    """One template."""
    return library.library().templates.get(code)


def lessons() -> Mapping[str, Lesson]:
    """Every lesson by its code."""
    return library.library().lessons


def lesson(code: str) -> tuple[Lesson, list[Source]] | None:
    """One lesson and the sources it names, each once; None if there is none."""
    found = library.library().lessons.get(code)
    if found is None:
        return None
    known = catalogue.catalogue().sources
    keys = dict.fromkeys(";".join(point.source for point in found.points).split(";"))
    return found, [known[key] for key in keys if key in known]
