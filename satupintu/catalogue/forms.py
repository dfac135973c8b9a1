"""Reading the finder's address: only known names and values come through, and what was typed is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from satupintu.catalogue.rules.entries import Catalogue, FinderQuestion
from satupintu.catalogue.rules.finder import allowed_answers, answer_name
from satupintu.kernel.decision import UNKNOWN

LONGEST_SEARCH = 80


@dataclass
class Answers:
    """What the address says: accepted values, the question to change, the day asked for, and what is wrong."""

    values: dict[str, str] = field(default_factory=dict)
    change: str | None = None
    on: date | None = None
    problem: str = ""

    def address(self, **changes: str | None) -> str:
        """The query string of these answers with some replaced; None leaves a name out."""
        values = {**self.values, "on": self.on.isoformat() if self.on else None, **changes}
        return urlencode({name: value for name, value in values.items() if value})


def read_answers(catalogue: Catalogue, query: Mapping[str, str]) -> Answers:
    """Answers from the address. A value that is not on its list is left out and told about."""
    answers = Answers(on=_day(query.get("on", "")))
    text = query.get("jual", "").strip()[:LONGEST_SEARCH]
    if text:
        answers.values["jual"] = text
    for question in catalogue.finder:
        _take(catalogue, question, query, answers)
    if query.get("ubah") in {question.id for question in catalogue.finder}:
        answers.change = query["ubah"]
    return answers


def _take(catalogue: Catalogue, question: FinderQuestion, query: Mapping[str, str], answers: Answers) -> None:
    name = answer_name(question)
    value = query.get(name, "")
    if question.kind == "ticks":
        _take_ticks(question, query, answers)
    elif value and _is_allowed(catalogue, question, value):
        answers.values[name] = value
    elif value:
        answers.problem = _("Pilihan itu tidak dikenal. Pilih satu jawaban di bawah.")
    elif query.get("tanya") == question.id and question.kind == "choice":
        answers.problem = _("Pilih satu jawaban. Kalau ragu, pilih Saya tidak tahu.")
    elif query.get("tanya") == question.id and question.kind == "search":
        answers.problem = _search_problem(query)


def _search_problem(query: Mapping[str, str]) -> str:
    if not query.get("jual", "").strip():
        return _("Tulis dulu apa yang dijual. Contoh: cilok, pulsa, baju anak.")
    if query.get("pilih"):
        return _("Pilih satu yang paling cocok. Kalau ragu, pilih Saya tidak tahu.")
    return ""


def _is_allowed(catalogue: Catalogue, question: FinderQuestion, value: str) -> bool:
    if question.kind == "choice":
        return value in allowed_answers(question)
    version, _, code = value.partition("-")
    return value == UNKNOWN or (version, code) in catalogue.codes


def _take_ticks(question: FinderQuestion, query: Mapping[str, str], answers: Answers) -> None:
    sent = query.get(question.id, "")
    ticked = [o.fact for o in question.options if o.fact and query.get(o.fact) == o.value]
    if sent or query.get("tanya") == question.id:
        answers.values[question.id] = UNKNOWN if sent == UNKNOWN and not ticked else "1"
    answers.values.update(dict.fromkeys(ticked, "yes"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
