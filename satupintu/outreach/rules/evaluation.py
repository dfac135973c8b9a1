"""Everything an event's answers say, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from satupintu.kernel.stats.likert import Likert
from satupintu.kernel.stats.signed_rank import SignedRank, signed_rank
from satupintu.kernel.stats.small_cells import Cell, hidden_groups
from satupintu.kernel.stats.waves import cochran_q
from satupintu.outreach.rules.paired import Reliability, Statement, Totals, reliability, statements, totals
from satupintu.outreach.rules.responses import SCALES, Responses

# Pairs of waves that are compared when there are answers to both; the first is the main one.
COMPARED = (("before", "after"), ("then", "after"), ("after", "followup"), ("before", "followup"))
# Cochran's Q walks row by row.
MOST_FOR_Q = 100_000


@dataclass(frozen=True, slots=True)
class People:
    """How many answered. ``people`` is the fewest that the file can come from."""

    people: int
    paired: int
    unpaired_before: int
    unpaired_after: int
    nameless_before: int
    nameless_after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All yes-or-no statements between two waves."""

    first: str
    second: str
    statements: list[Statement]


@dataclass(frozen=True, slots=True)
class Scale:
    """One statement on a scale: its last wave, the one before it if there is one, and the change of the same people."""

    code: str
    wave: str
    answers: Likert
    before: Likert | None
    change: SignedRank | None


@dataclass(frozen=True, slots=True)
class AgainstKnowledge:
    """How self-rating and knowledge of the same people agree in one wave."""

    self_code: str
    knowledge_code: str
    wave: str
    both: int
    only_says: int
    only_right: int
    neither: int

    @property
    def n(self) -> int:
        return self.both + self.only_says + self.only_right + self.neither


@dataclass(frozen=True, slots=True)
class Groups:
    """Cells per group: two per statement, before and after of the same people. Hidden ones are not in ``shown``."""

    codes: tuple[str, ...]
    shown: dict[str, list[Cell]]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waves:
    """Cochran's Q of one statement over before, after and follow-up, of the people who answered all three."""

    code: str
    people: int
    q: float
    freedom: int
    p: float


@dataclass(frozen=True, slots=True)
class Part:
    """Persons' totals and reliability of one kind of statements."""

    totals: Totals | None
    before: Reliability
    after: Reliability


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one file of answers."""

    people: People
    main: Comparison
    others: list[Comparison]
    self_rated: Part
    knowledge: Part | None
    scales: list[Scale]
    against: list[AgainstKnowledge]
    groups: Groups | None
    waves: list[Waves]
    missing: int

    @property
    def of_self(self) -> list[Statement]:
        """The self-rated statements, which class gain and totals speak of."""
        return [one for one in self.main.statements if one.kind == "self"]

    @property
    def likert_mean(self) -> Fraction | None:
        """The mean of the statements' means, each in its last wave."""
        means = [mean for scale in self.scales if (mean := scale.answers.mean) is not None]
        return sum(means, Fraction(0)) / len(means) if means else None


def evaluate(responses: Responses) -> Evaluation:
    """All figures of the answers."""
    yesno, scaled = responses.with_scale("yesno"), responses.with_scale("likert5")
    by_kind = {kind: [code for code in yesno if responses.kind(code) == kind] for kind in ("self", "knowledge")}
    main, *others = (
        Comparison(first, second, statements(responses, yesno, first, second)) for first, second in COMPARED
    )
    return Evaluation(
        people=_people(responses, yesno or scaled),
        main=main,
        others=[other for other in others if any(one.pairs for one in other.statements)],
        self_rated=_part(responses, by_kind["self"]),
        knowledge=_part(responses, by_kind["knowledge"]) if by_kind["knowledge"] else None,
        scales=[scale for code in scaled if (scale := _scale(responses, code))],
        against=_against(responses),
        groups=_groups(responses, yesno),
        waves=[waves for code in yesno if (waves := _waves(responses, code))],
        missing=responses.missing,
    )


def _part(responses: Responses, codes: Sequence[str]) -> Part:
    return Part(
        totals(responses, codes, "before", "after"),
        reliability(responses, codes, "before"),
        reliability(responses, codes, "after"),
    )


def _people(responses: Responses, codes: Sequence[str]) -> People:
    seen = {wave: np.zeros(responses.persons, bool) for wave in ("before", "after")}
    paired = np.zeros(responses.persons, bool)
    nameless = dict.fromkeys(seen, 0)
    for code in codes:
        paired[responses.pairs(code, "before", "after")[0]] = True
        for wave, who in seen.items():
            who[responses.named(code, wave).people] = True
            nameless[wave] = max(nameless[wave], responses.nameless(code, wave))
    alone = {wave: int((who & ~paired).sum()) + nameless[wave] for wave, who in seen.items()}
    named = int((seen["before"] | seen["after"]).sum())
    return People(
        named + max(nameless.values()), int(paired.sum()), alone["before"], alone["after"], *nameless.values()
    )


def _scale(responses: Responses, code: str) -> Scale | None:
    asked = [wave for wave in ("before", "then", "after", "followup") if len(responses.every(code, wave))]
    if not asked:
        return None
    last = "after" if "after" in asked else asked[-1]
    first = "before" if "before" in asked and last != "before" else None
    change = None
    if first:
        _, one, other = responses.pairs(code, first, last)
        change = signed_rank((other - one).tolist()) if len(one) else None
    return Scale(code, last, _likert(responses, code, last), _likert(responses, code, first) if first else None, change)


def _likert(responses: Responses, code: str, wave: str) -> Likert:
    scale = SCALES["likert5"]
    counts = np.bincount(responses.every(code, wave), minlength=scale.stop)[scale.start : scale.stop]
    return Likert(tuple(counts.tolist()), scale.start)


def _against(responses: Responses) -> list[AgainstKnowledge]:
    found = []
    for knowledge, own in responses.about.items():
        for wave in ("before", "after", "followup"):
            says, right = responses.named(own, wave), responses.named(knowledge, wave)
            _, at, beside = np.intersect1d(says.people, right.people, assume_unique=True, return_indices=True)
            if len(at):
                cells = np.bincount(2 * says.values[at] + right.values[beside], minlength=4).tolist()
                neither, only_right, only_says, both = cells
                found.append(AgainstKnowledge(own, knowledge, wave, both, only_says, only_right, neither))
    return found


def _groups(responses: Responses, codes: Sequence[str]) -> Groups | None:
    if not responses.group_names:
        return None
    used = [code for code in codes if len(responses.pairs(code, "before", "after")[0])]
    table: dict[str, list[Cell]] = {name: [] for name in responses.group_names}
    for code in used:
        people, before, after = responses.pairs(code, "before", "after")
        groups = responses.groups[people]
        sizes, yes_before, yes_after = (
            np.bincount(chosen, minlength=len(table)).tolist()
            for chosen in (groups, groups[before == 1], groups[after == 1])
        )
        for place, cells in enumerate(table.values()):
            cells += [Cell(sizes[place], yes_before[place]), Cell(sizes[place], yes_after[place])]
    hidden = hidden_groups(table) if used else frozenset()
    shown = {name: cells for name, cells in table.items() if name not in hidden}
    return Groups(tuple(used), shown, tuple(sorted(hidden)))


def _waves(responses: Responses, code: str) -> Waves | None:
    people, before, after = responses.pairs(code, "before", "after")
    later = responses.named(code, "followup")
    _, at, beside = np.intersect1d(people, later.people, assume_unique=True, return_indices=True)
    if not 0 < len(at) <= MOST_FOR_Q:
        return None
    rows = np.stack([before[at], after[at], later.values[beside]], axis=1).tolist()
    return Waves(code, len(rows), *cochran_q(rows))
