"""What was answered: what counts, what was typed twice and differs, and rows for the evaluation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from satupintu.audit.rules import Actor
from satupintu.surveys.models import Answering, Survey, Tally
from satupintu.surveys.queries.surveys import form_of, surveys_of
from satupintu.surveys.rules.answers import as_figure, paired_name, short_name
from satupintu.surveys.rules.double_entry import (
    Agreement,
    Standing,
    Typed,
    agreement,
    in_order,
    next_entry,
    standing,
    twice,
)
from satupintu.surveys.rules.questionnaires import Item

COLUMNS = ("person", "wave", "statement", "value", "scale")


@dataclass(frozen=True)
class SheetState:
    """One respondent in the list of a survey."""

    respondent: str
    standing: Standing
    typed_by: tuple[str, ...]
    sheets: int

    @property
    def name(self) -> str:
        """The card code, or the person's reference."""
        return short_name(self.respondent)


def sheets_of(surveys: Sequence[Survey]) -> dict[int, dict[str, list[Typed]]]:
    """Every sheet of some surveys, by survey key and respondent. Two queries, however many."""
    found: dict[int, dict[str, list[Typed]]] = defaultdict(lambda: defaultdict(list))
    for sheet in Answering.objects.filter(survey__in=surveys).prefetch_related("answers"):
        found[sheet.survey_id][sheet.respondent].append(_typed(sheet))
    return found


def _typed(sheet: Answering) -> Typed:
    values = {answer.item: answer.value for answer in sheet.answers.all()}
    return Typed(sheet.said_at, sheet.entry, sheet.made_by, str(sheet.ref), values)


def standings(survey: Survey) -> list[SheetState]:
    """Every respondent of a survey with what counts of theirs, in the order of their names."""
    states = [
        SheetState(respondent, standing(sheets), tuple(sheet.made_by for sheet in in_order(sheets)), len(sheets))
        for respondent, sheets in sheets_of([survey])[survey.pk].items()
    ]
    return sorted(states, key=lambda state: state.name)


def agreement_of(survey: Survey) -> Agreement:
    """How often the two entries of this survey's papers agree."""
    people = sheets_of([survey])[survey.pk].values()
    return agreement((first.values, second.values) for sheets in people for first, second in twice(sheets))


def entry_for(actor: Actor, survey: Survey, respondent: str) -> int:
    """Which entry the actor would type now for a respondent. Raises ValueError with why not."""
    found = Answering.objects.filter(survey=survey, respondent=respondent).prefetch_related("answers")
    return next_entry([_typed(sheet) for sheet in found], actor.ref)


def tallies_of(survey: Survey) -> dict[str, Tally]:
    """The last show of hands of each item."""
    return {tally.item: tally for tally in Tally.objects.filter(survey=survey)}


def response_rows(subject: str) -> Iterator[tuple[str, str, str, str, str]]:
    """What was said about a subject, in the form of ``satupintu evaluate responses.csv``, without the head.

    Person, wave, statement, value, scale (yesno 0/1, likert5 1..5; a knowledge item is 1 if right). Of two follow-ups
    the later one counts. A sheet without a card has no person, nor has a show of hands: as many rows of 1 as said yes,
    of 0 as did not. Items that two
    people typed differently and nobody settled are left out.
    """
    surveys = surveys_of(subject)
    found = sheets_of(surveys)
    rows: dict[tuple[str, str, str], tuple[str, str]] = {}
    for survey in surveys:
        form = form_of(survey)
        for respondent, sheets in sorted(found[survey.pk].items()):
            for code, value in standing(sheets).values.items():
                item = form.item(code)
                figure = as_figure(item, value) if item else None
                if figure:
                    rows[respondent, survey.wave, code] = figure
    for (respondent, wave, code), (value, scale) in rows.items():
        yield paired_name(respondent), wave, code, value, scale
    waves = {survey.pk: survey.wave for survey in surveys}
    hands = {(tally.survey_id, tally.item): tally for tally in Tally.objects.filter(survey__in=surveys)}
    for (survey_key, code), tally in hands.items():
        for said in ("1",) * tally.yes + ("0",) * (tally.asked - tally.yes):
            yield "", waves[survey_key], code, said, "yesno"


def answer_table(survey: Survey) -> Iterator[list[str]]:
    """A survey as a table: head, then one row for each respondent with what counts."""
    codes = [item.code for item in form_of(survey).items]
    yield ["peserta", *codes]
    for state in standings(survey):
        yield [state.name, *(state.standing.values.get(code, "") for code in codes)]


def hands_of(survey: Survey) -> list[tuple[Item, Tally]]:
    """The items of a survey that were counted by hands, in the order of the questionnaire."""
    found = tallies_of(survey)
    return [(item, found[item.code]) for item in form_of(survey).items if item.code in found]


def waiting_for(actor: Actor, survey: Survey) -> list[str]:
    """The cards whose paper another person typed once, and which the actor may type again."""
    return [
        state.name for state in standings(survey) if state.standing.waits_for_second and state.typed_by[-1] != actor.ref
    ]
