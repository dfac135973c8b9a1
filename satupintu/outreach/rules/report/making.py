"""From data to a whole report in one step: the document to be set, its figures, its problems and its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from satupintu.outreach.rules.evaluation import Evaluation, evaluate
from satupintu.outreach.rules.ladder import FEWEST
from satupintu.outreach.rules.report.assembling import Assembled, assembled
from satupintu.outreach.rules.report.data import ReportData, as_frozen, fingerprint
from satupintu.outreach.rules.report.figures import Figures
from satupintu.outreach.rules.report.linting import Problem, problems
from satupintu.outreach.rules.report.template import ReportTemplate
from satupintu.outreach.rules.responses import responses_of


def without_few(found: Evaluation) -> Evaluation:
    """The figures that may be printed: a report leaves the house, so answers of 1 to 4 people are not in it."""
    scales = [scale for scale in found.scales if scale.answers.n >= FEWEST]
    if found.people.people >= FEWEST or not found.main.statements:
        return replace(found, scales=scales)
    return replace(evaluate(responses_of([])), people=found.people, scales=scales)


@dataclass(frozen=True)
class Report:
    """A report that can be printed; it may be final when ``problems`` is empty."""

    document: dict[str, Any]
    figures: Figures
    problems: tuple[Problem, ...]
    hashed: str


def evaluation_of(data: ReportData) -> Evaluation:
    """The figures of the answers a report holds."""
    rows = [(a.person, a.wave, a.statement, a.value, a.scale, a.kind, a.about) for a in data.answers]
    return evaluate(responses_of(rows))


def report_of(
    template: ReportTemplate, data: ReportData, found: Evaluation | None = None, version: int | None = None
) -> Report:
    """The report of some data. ``found`` saves working the answers out again; ``version`` is None for a draft."""
    hashed = fingerprint(as_frozen(data))
    made = assembled(template, data, without_few(found or evaluation_of(data)), hashed, version)
    wrong = problems(made, data, template)
    document = _with_problems(made, wrong) if template.texts else made.document
    return Report(document, made.figures, tuple(wrong), hashed)


def _with_problems(made: Assembled, wrong: list[Problem]) -> dict[str, Any]:
    """A draft says on its first page what keeps it from being final."""
    if not (made.document["draft"] and wrong):
        return made.document
    first = {
        "code": "problems_left",
        "title": "Yang belum selesai",
        "number": "",
        "level": 1,
        "language": "id",
        "blocks": [
            {"type": "paragraph", "text": "Laporan ini belum bisa final. Selesaikan dulu:", "note": False},
            {"type": "list", "lines": [problem.text for problem in wrong]},
        ],
    }
    return {**made.document, "sections": [first, *made.document["sections"]]}


def report_as_json(report: Report) -> dict[str, Any]:
    """What programs get of a report: every figure by name, its problems, its words and its fingerprint."""
    return {
        "figures": {name: _figure(name, report.figures) for name in report.figures},
        "problems": [{"code": one.code, "where": one.where, "text": one.text} for one in report.problems],
        "sections": report.document["sections"],
        "sha256": report.hashed,
    }


def _figure(name: str, figures: Figures) -> dict[str, Any]:
    figure = figures[name]
    value = figure.value
    told = float(value) if isinstance(value, Fraction) else value.isoformat() if isinstance(value, date) else value
    return {"value": told, "shown": figure.shown(), "base": figure.base, "origin": figure.origin}
