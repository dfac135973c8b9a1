"""The personal plan of papers: for each paper whether, why, by which article, at what cost and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from satupintu.catalogue.rules.entries import Catalogue, Gap, Licence, Term
from satupintu.catalogue.rules.facts import ASKED_AS, FROM_CODE, Facts, derive, given_code
from satupintu.kernel.decision import Answer, weakest

LISTED = {"now": 0, "ask": 1, "later": 2, "not_needed": 3}


class BeforeTheCatalogue(LookupError):
    """The day asked about lies before the first law in the catalogue; ``begins`` is the first possible day."""

    def __init__(self, on: date, begins: date) -> None:
        self.on, self.begins = on, begins
        super().__init__(f"Tanggal {on} terlalu awal. Katalog ini mulai {begins}. Pilih tanggal sesudahnya.")


@dataclass(frozen=True)
class Paper:
    """What the plan says about one paper. ``missing`` are the facts to find out, named as they are asked."""

    licence: Licence
    need: str
    outcome: str
    basis: tuple[str, ...]
    confidence: str
    missing: tuple[str, ...]
    table_file: str
    lines: tuple[int, ...]
    cost: Term | None
    time: Term | None
    validity: Term | None

    @property
    def code(self) -> str:
        """The paper's code."""
        return self.licence.code

    @property
    def why(self) -> str:
        """The heading of the text that says why."""
        return f"why {self.outcome}"

    def gap(self, topic: str) -> Gap | None:
        """What we do not know about this paper on a topic, and whom to ask."""
        return next((gap for gap in self.licence.header.unknown if gap.topic == topic), None)


@dataclass(frozen=True)
class Bring:
    """A document to bring once, and the papers that ask for it."""

    code: str
    papers: tuple[str, ...]


@dataclass(frozen=True)
class PlanStep:
    """One paper in the order to do it; ``after`` are the papers of this plan that must be there first."""

    order: int
    paper: Paper
    after: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The answer for one business on one day. ``papers`` holds every paper of the catalogue."""

    on: date
    facts: Facts
    papers: tuple[Paper, ...]
    documents: tuple[Bring, ...]
    steps: tuple[PlanStep, ...]

    def needing(self, need: str) -> tuple[Paper, ...]:
        """The papers with one need, in the order of the catalogue."""
        return tuple(paper for paper in self.papers if paper.need == need)

    def paper(self, code: str) -> Paper:
        """One paper of the plan. Raises KeyError for an unknown code."""
        return {paper.code: paper for paper in self.papers}[code]


def make_plan(catalogue: Catalogue, given: Mapping[str, str], on: date) -> Plan:
    """The plan for what is given about a business (see ``facts.derive``) by the law of ``on``.

    Raises UnusableFact for a value outside the lists and BeforeTheCatalogue for a day that is too early.
    """
    if on < catalogue.begins():
        raise BeforeTheCatalogue(on, catalogue.begins())
    facts = derive(catalogue, given, on)
    papers = tuple(_paper(licence, facts, given, on) for licence in catalogue.licences.values())
    papers = tuple(sorted(papers, key=lambda paper: LISTED[paper.need]))
    return Plan(on, facts, papers, _documents(papers), _steps(papers))


def _paper(licence: Licence, facts: Facts, given: Mapping[str, str], on: date) -> Paper:
    version = licence.version_on(on)
    answer = version.worked.look_up(facts.values)
    doubts = [answer.confidence, *(facts.confidence.get(name, "sure") for name in licence.header.inputs)]
    return Paper(
        licence=licence,
        need=answer.need,
        outcome=answer.outcome,
        basis=answer.basis,
        confidence=weakest(doubts),
        missing=_missing(answer, given),
        table_file=version.file,
        lines=tuple(version.table.rows[n].line for n in answer.rows),
        cost=licence.term_on("cost", on),
        time=licence.term_on("time", on),
        validity=licence.term_on("validity", on),
    )


def _missing(answer: Answer, given: Mapping[str, str]) -> tuple[str, ...]:
    """The missing facts as they are asked for; a code that was given but not read stays by its own name."""
    kept = FROM_CODE if given_code(given) else ()
    return tuple(dict.fromkeys(name if name in kept else ASKED_AS.get(name, name) for name in answer.missing))


def _documents(papers: tuple[Paper, ...]) -> tuple[Bring, ...]:
    """Every document of the papers needed now once, in the order first asked for.

    A paper of this plan that a later one asks for stands here too, because it is shown there.
    """
    asked: dict[str, list[str]] = {}
    for paper in papers:
        if paper.need == "now":
            for use in paper.licence.header.documents:
                asked.setdefault(use.code, []).append(paper.code)
    return tuple(Bring(code, tuple(codes)) for code, codes in asked.items())


def _steps(papers: tuple[Paper, ...]) -> tuple[PlanStep, ...]:
    """The papers needed now so that none comes before one it waits for; else in the order of the catalogue."""
    waiting = {paper.code: paper for paper in papers if paper.need == "now"}
    needed = set(waiting)
    steps: list[PlanStep] = []
    while waiting:
        ready = [
            paper for paper in waiting.values() if not any(code in waiting for code in paper.licence.header.after)
        ] or list(waiting.values())
        paper = min(ready, key=lambda paper: paper.licence.header.order)
        after = tuple(code for code in paper.licence.header.after if code in needed)
        steps.append(PlanStep(len(steps) + 1, paper, after))
        del waiting[paper.code]
    return tuple(steps)
