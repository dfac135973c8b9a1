"""Templates of events and lessons as their files hold them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from satupintu.catalogue.rules.entries import Confidence, Entry

Line = Annotated[str, Field(max_length=150)]
Told = Annotated[str, Field(max_length=300)]
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
Flaw = tuple[str, str, str]  # where, what is wrong, what was expected


class PlannedSession(Entry):
    """One line of a template's programme; times are hours and minutes such as 08:30."""

    section: str
    section_title: Line
    title: Line
    speaker: Line = ""
    affiliation: Line = ""
    begins: str
    ends: str
    topics: tuple[str, ...] = ()
    note: Told = ""


class EventTemplate(Entry):
    """An event to begin from: outreach/templates/<code>.yaml. ``questionnaires`` are asked of everybody who comes."""

    title: Line
    title_en: Line
    about: Told
    about_en: Told
    note: Told = ""
    source: str
    confidence: Confidence
    questionnaires: tuple[str, ...] = ()
    sessions: tuple[PlannedSession, ...] = Field(min_length=1)


class Point(Entry):
    """One thing a lesson says, with where it was read and how sure that is."""

    text: Told
    text_en: Told
    source: str
    confidence: Confidence


class Lesson(Entry):
    """One page in plain words: lessons/<code>/lesson.yaml. ``next`` is what to do after reading.

    ``papers`` are codes of the catalogue's papers it prepares for: who is weak here begins with their first step.
    """

    title: Line
    title_en: Line
    about: Told
    about_en: Told
    pictogram: str = "open_door"
    papers: tuple[str, ...] = ()
    points: tuple[Point, ...] = Field(min_length=2)
    next: Told
    next_en: Told
    note: Told = ""
    note_en: Told = ""


def template_flaws(template: EventTemplate, lessons: Sequence[str]) -> Iterator[Flaw]:
    """What is wrong inside a template."""
    for number, session in enumerate(template.sessions, 1):
        where = f"sessions {number}"
        for name in ("begins", "ends"):
            if not _CLOCK.fullmatch(getattr(session, name)):
                yield f"{where} {name}", f"'{getattr(session, name)}' bukan jam", "seperti 08:30"
        if session.ends <= session.begins:
            yield f"{where} ends", "tidak sesudah mulainya", "jam yang lebih lambat"
        for topic in session.topics:
            if topic not in lessons:
                yield f"{where} topics", f"materi '{topic}' tidak ada", ", ".join(lessons)
