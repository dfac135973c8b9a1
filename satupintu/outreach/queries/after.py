"""What people of events answered afterwards, who is behind a card, and what is still weak and promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.outreach.models import Event, Participant, Promised, Tap
from satupintu.outreach.queries.events import lessons
from satupintu.outreach.queries.people import shown_name
from satupintu.outreach.rules.entries import Lesson
from satupintu.outreach.rules.understanding import Sheet, Statement, topics_of, weak
from satupintu.registry.models import KeptPlan, Person
from satupintu.surveys import queries as surveys
from satupintu.surveys.models import Survey
from satupintu.surveys.rules.answers import as_figure, asked, paired_name, short_name
from satupintu.surveys.rules.double_entry import standing
from satupintu.surveys.rules.questionnaires import Questionnaire

WAVES_AFTER = (30, 90)
FOLLOW_UP = "follow_up"
RATED = ("self_rating", "knowledge")


@dataclass(frozen=True)
class Heard:
    """One respondent's sheet in one wave of one event."""

    event: str
    wave: str
    name: str
    sheet: Sheet


@dataclass(frozen=True)
class Behind:
    """Who a participant is: the entry of the registry that stands, if any, and every name their answers may bear."""

    participant: Participant
    person: Person | None
    names: frozenset[str]


def heard(events: Iterable[Event], waves: Sequence[str] = ("after", "followup")) -> list[Heard]:
    """Self-ratings and knowledge answered at some events. Three queries, however many events and sheets."""
    found = [survey for survey in surveys.surveys_about(e.reference for e in events) if survey.wave in waves]
    known = [(survey, form) for survey in found if (form := _form(survey)) and form.kind in RATED]
    sheets = surveys.sheets_of([survey for survey, _ in known])
    rows = []
    for survey, form in known:
        for respondent, typed in sheets[survey.pk].items():
            sheet = _sheet(form, survey.after_days, standing(typed).values)
            name = paired_name(respondent) or f"{survey.pk}:{respondent}"  # a sheet without a card pairs with none
            rows.append(Heard(survey.subject, survey.wave, name, sheet))
    return rows


def _form(survey: Survey) -> Questionnaire | None:
    try:
        return surveys.form_of(survey)
    except LookupError:  # its file was taken away: its answers cannot be read
        return None


def _sheet(form: Questionnaire, days: int, values: Mapping[str, str]) -> Sheet:
    about_licences = {code for code, lesson in lessons().items() if lesson.papers}
    statements, yes = [], {}
    for item in asked(form, values):
        if not item.topics or not (item.key or item.type == "yesno"):
            continue
        kind, licences = ("knowledge" if item.key else "self"), bool(about_licences & {*item.topics})
        text, text_en = item.hint or item.text, item.hint_en or item.text_en
        statements.append(Statement(item.code, text, text_en, kind, item.topics, licences))
        figure = as_figure(item, values[item.code]) if item.code in values else None
        if figure:
            yes[item.code] = figure[0] == "1"
    return Sheet(days, tuple(statements), yes)


def behind(events: Iterable[Event]) -> list[Behind]:
    """Everybody on the lists of some events. Two queries, and one for each merge of a merged entry."""
    people = Participant.objects.filter(event__in=list(events)).select_related("event", "person__merged_into")
    stands = {one.pk: standing_person(one.person) for one in people}
    names = defaultdict(set)
    keys = [person.pk for person in stands.values() if person]
    for kept, ref in Person.objects.filter(merged_into__in=keys).values_list("merged_into", "ref"):
        names[kept].add(str(ref))
    found = []
    for one in people:
        person = stands[one.pk]
        refs = {str(person.ref), *names[person.pk]} if person else set()
        found.append(Behind(one, person, frozenset({one.card, *refs})))
    return found


def standing_person(person: Person | None) -> Person | None:
    """The entry that stands for a person; None for nobody and for who was forgotten."""
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return None if person is None or person.forgotten_at else person


def sheets_by_name(rows: Iterable[Heard], event: Event) -> dict[str, list[Sheet]]:
    """The sheets of one event by the name they bear."""
    found: dict[str, list[Sheet]] = defaultdict(list)
    for row in rows:
        if row.event == event.reference:
            found[row.name].append(row.sheet)
    return found


def sheets_of(one: Behind, sheets: Mapping[str, list[Sheet]]) -> list[Sheet]:
    """Every sheet of a participant, by card or by person."""
    return [sheet for name in one.names for sheet in sheets.get(name, ())]


def after_page(actor: Actor, event: Event, today: date) -> dict[str, Any]:
    """Everybody on the list with what is weak, what comes first, what was promised; and the waves to come.

    The same number of queries however many people are on the list.
    """
    sheets = sheets_by_name(heard([event]), event)
    people = behind([event])
    promised: dict[int, dict[str, Promised]] = defaultdict(dict)
    for promise in Promised.objects.filter(participant__event=event).select_related("follow_up"):
        promised[promise.participant_id][promise.occasion] = promise
    shown = [one for one in people if one.person and shown_name(actor, one.person)]
    plans: dict[int, KeptPlan] = {}
    for plan in KeptPlan.objects.filter(business__person__in=[one.person for one in shown]).select_related("business"):
        plans[plan.business.person_id] = plan
    came = _came(event)
    rows = []
    for one in people:
        theirs = sheets_of(one, sheets)
        weak_ones = weak(theirs)
        seen = one in shown
        rows.append(
            {
                "participant": one.participant,
                "came": one.participant.pk in came,
                "name": shown_name(actor, one.person),
                "person": one.person if seen else None,
                "answered": bool(theirs),
                "weak": weak_ones,
                "lessons": _lessons(topics_of(weak_ones)),
                "steps": first_steps(topics_of(weak_ones)),
                "plan": plans.get(one.person.pk) if seen and one.person else None,
                "promise": promised[one.participant.pk].get("weak"),
            }
        )
    return {
        "rows": rows,
        "open": sum(1 for row in rows if row["weak"] and row["person"] and not row["promise"]),
        "nameless": sum(1 for row in rows if row["weak"] and not row["person"]),
        "waves": _waves(event, rows, people, promised, today),
    }


def weak_of(event: Event, participant: Participant) -> list[Statement]:
    """What one participant is still weak in."""
    one = next(found for found in behind([event]) if found.participant.pk == participant.pk)
    return weak(sheets_of(one, sheets_by_name(heard([event]), event)))


def weak_lessons_of(person: Person) -> list[tuple[str, Lesson]]:
    """The lessons behind what somebody is still weak in after the events they were at."""
    family = [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]
    events = list(Event.objects.filter(participants__person__in=family).distinct())
    rows = heard(events) if events else []
    theirs = [one for one in behind(events) if one.person == person] if rows else []
    sheets = [sheet for one in theirs for sheet in sheets_of(one, sheets_by_name(rows, one.participant.event))]
    return _lessons(topics_of(weak(sheets)))


def weak_page(event: Event, participant: Participant) -> dict[str, Any]:
    """The sheet of what somebody still has to learn: lessons and first steps."""
    topics = topics_of(weak_of(event, participant))
    return {"lessons": _lessons(topics), "steps": first_steps(topics)}


def _lessons(topics: Iterable[str]) -> list[tuple[str, Lesson]]:
    known = lessons()
    return [(topic, known[topic]) for topic in topics if topic in known]


def first_steps(topics: Iterable[str]) -> list[dict[str, Any]]:
    """The papers that lessons prepare for, each once with its first step as the finder has it."""
    known = lessons()
    papers = dict.fromkeys(paper for topic in topics if topic in known for paper in known[topic].papers)
    found = []
    for code in papers:
        licence = catalogue.catalogue().licences.get(code)
        if licence is not None:
            steps = licence.header.steps.online or licence.header.steps.counter
            found.append({"code": code, "header": licence.header, "step": steps[0] if steps else None})
    return found


def _came(event: Event) -> set[int]:
    taps = Tap.objects.filter(event=event, kind="arrived").values_list("participant", flat=True)
    return {key for key in taps if key is not None}


def _waves(
    event: Event,
    rows: Sequence[Mapping[str, Any]],
    people: Sequence[Behind],
    promised: Mapping[int, Mapping[str, Promised]],
    today: date,
) -> list[dict[str, Any]]:
    """For 30 and 90 days: when, the survey if it is open, who answered, and who is still to be asked."""
    opened = {s.after_days: s for s in surveys.surveys_of(event.reference) if s.questionnaire == FOLLOW_UP}
    answered = surveys.sheets_of(list(opened.values()))
    names = {one.participant.pk: one.names for one in people}
    found = []
    for days in WAVES_AFTER:
        survey = opened.get(days)
        said = {short_name(respondent) for respondent in answered[survey.pk]} if survey else set()
        asked_ones = [row for row in rows if row["came"]]
        left = [row for row in asked_ones if not names[row["participant"].pk] & said]
        due = event.day + timedelta(days=days)
        found.append(
            {
                "days": days,
                "due": due,
                "survey": survey,
                "answered": len(asked_ones) - len(left),
                "base": len(asked_ones),
                "left": [{**row, "promise": promised[row["participant"].pk].get(f"wave-{days}")} for row in left],
                "now": today >= due,
            }
        )
    return found
