"""The way through the finder: which question comes next, from the answers given so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from satupintu.catalogue.rules.entries import Catalogue, Change, FinderQuestion, Option
from satupintu.catalogue.rules.facts import derive
from satupintu.kernel.decision import UNKNOWN

MOST_QUESTIONS = 7


@dataclass(frozen=True)
class Walk:
    """Where somebody stands: the questions answered in order, the one to ask now (None: done) and what is given."""

    answered: tuple[FinderQuestion, ...]
    current: FinderQuestion | None
    given: Mapping[str, str]
    values: Mapping[str, str]

    @property
    def number(self) -> int:
        """The number of the question asked now, counted from 1."""
        return len(self.answered) + 1

    @property
    def previous(self) -> FinderQuestion | None:
        """The question before this one, for the way back."""
        return self.answered[-1] if self.answered else None


def walk(catalogue: Catalogue, answers: Mapping[str, str], on: date, change: str | None = None) -> Walk:
    """Follow the questions in order until one is unanswered, or is the one to ``change``.

    An answer to a question that is not asked on this path is left out, so a stale one does no harm.
    """
    given: dict[str, str] = {}
    values = derive(catalogue, given, on).values
    answered: list[FinderQuestion] = []
    for question in catalogue.finder:
        if not applies(question.when, values):
            continue
        if question.id == change or not is_answered(question, answers):
            return Walk(tuple(answered), question, given, values)
        given.update(facts_of(question, answers, values))
        values = derive(catalogue, given, on).values
        answered.append(question)
    return Walk(tuple(answered), None, given, values)


def applies(when: Mapping[str, tuple[str, ...]], values: Mapping[str, str]) -> bool:
    """Whether every named fact has one of the listed values."""
    return all(values.get(name, UNKNOWN) in allowed for name, allowed in when.items())


def is_answered(question: FinderQuestion, answers: Mapping[str, str]) -> bool:
    """Whether the answers hold one for this question; a tick list is answered once it was sent."""
    return bool(answers.get(answer_name(question)))


def answer_name(question: FinderQuestion) -> str:
    """The name of a question in the address: its fact, or its own id for a tick list."""
    return question.fact or question.id


def facts_of(question: FinderQuestion, answers: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """The facts one answer gives. A tick that was not set is a plain no, unless the whole list was not known."""
    answer = answers[answer_name(question)]
    if question.kind == "ticks":
        shown = [o.fact for o in question.options if o.fact and applies(o.when, values)]
        if answer == UNKNOWN:
            return {}
        return {fact: "yes" if answers.get(fact) == "yes" else "no" for fact in shown}
    if answer == UNKNOWN:
        return {}
    if question.kind == "search":
        version, _, code = answer.partition("-")
        return {"kbli_version": version, "kbli": code}
    return {question.fact or question.id: answer}


def allowed_answers(question: FinderQuestion) -> tuple[str, ...]:
    """The values a choice question accepts."""
    return (*(option.value for option in question.options), *((UNKNOWN,) if question.unknown else ()))


def shown_options(question: FinderQuestion, values: Mapping[str, str]) -> tuple[Option, ...]:
    """The options that can matter, given what is known."""
    return tuple(option for option in question.options if applies(option.when, values))


def possible_changes(catalogue: Catalogue, values: Mapping[str, str]) -> tuple[Change, ...]:
    """The "what if" entries that are not already so."""
    return tuple(change for change in catalogue.changes if applies(change.when, values))
