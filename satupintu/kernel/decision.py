"""Decision tables: the law as rows, made total, and worked out once for every combination.

A table has inputs with closed lists of values and rows in order; the first row that fits wins. A fact that is
not known is never guessed: every value is tried, and only if the need stays the same does it stand. Doing this
for all combinations gives the *enumerated table*: a list of cells with one number per combination (mixed radix,
first input slowest, ``unknown`` after the values). One answer is a look-up in it, a million answers a join.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

UNKNOWN = "unknown"
ANY = "*"
OR = "|"
NEEDS = ("now", "later", "not_needed", "ask")
CONFIDENCES = ("sure", "likely", "doubtful")
# More cells than this would make the file for the phone too large; such a table asks too much at once.
LARGEST_TABLE = 20_000


def weakest(confidences: Sequence[str]) -> str:
    """The least certain of several confidences; ``sure`` for none.

    >>> weakest(["sure", "doubtful", "likely"])
    'doubtful'
    """
    return max(confidences, key=CONFIDENCES.index, default="sure")


@dataclass(frozen=True, slots=True)
class Input:
    """One column of a table: a fact, its values in order and, if it has one, the value that stands for unknown."""

    name: str
    values: tuple[str, ...]
    default: str | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """What a cell can be looked up by: the values, then ``unknown`` unless the fact has a default."""
        return self.values if self.default is not None else (*self.values, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the values it fits per input, and what it decides by which articles."""

    line: int
    when: tuple[frozenset[str], ...]
    outcome: str
    basis: tuple[str, ...]
    confidence: str

    def fits(self, values: Sequence[str]) -> bool:
        """Whether every value is among those of its column."""
        return all(value in cell for value, cell in zip(values, self.when, strict=True))

    def decides_like(self, other: Row) -> bool:
        """Whether both rows say the same in every respect."""
        return (self.outcome, self.basis, self.confidence) == (other.outcome, other.basis, other.confidence)

    def lies_inside(self, other: Row) -> bool:
        """Whether everything this row fits is also fitted by the other one."""
        return all(mine <= theirs for mine, theirs in zip(self.when, other.when, strict=True))

    def meets(self, other: Row) -> tuple[str, ...] | None:
        """A combination both rows fit, or None if there is none."""
        shared = [mine & theirs for mine, theirs in zip(self.when, other.when, strict=True)]
        return tuple(min(values) for values in shared) if all(shared) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a table says for one combination.

    ``rows`` are the indexes of all rows that can decide (one if everything that matters is known), ``outcome``
    the first one's; ``missing`` names the unknown inputs that change the need (then the need is ``ask`` and the
    confidence ``doubtful``).
    """

    need: str
    outcome: str
    basis: tuple[str, ...]
    confidence: str
    missing: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a table: the line (0 for the table as a whole), what is wrong, and an example."""

    line: int
    what: str
    example: str


@dataclass(frozen=True)
class Table:
    """A decision table of one licence for one span of time. ``needs`` maps each outcome word to a need."""

    name: str
    inputs: tuple[Input, ...]
    rows: tuple[Row, ...]
    needs: Mapping[str, str]

    def say(self, values: Sequence[str]) -> str:
        """A combination as words, for messages: ``place=cart, zone=red``."""
        return ", ".join(f"{i.name}={v}" for i, v in zip(self.inputs, values, strict=True)) or "tanpa syarat"

    @cached_property
    def winners(self) -> dict[tuple[str, ...], int | None]:
        """For every combination of known values the index of the first row that fits, or None for a gap."""
        return {
            values: next((n for n, row in enumerate(self.rows) if row.fits(values)), None)
            for values in product(*(i.values for i in self.inputs))
        }

    def faults(self) -> list[Fault]:
        """Why this table may not be used: too large, a gap, rows that disagree, rows that never win."""
        if prod(len(i.options) for i in self.inputs) > LARGEST_TABLE:
            return [Fault(0, f"tabel melebihi {LARGEST_TABLE} kombinasi", "kurangi kolom masukan")]
        return [*self._gaps(), *self._disagreements(), *self._never_winning()]

    def _gaps(self) -> Iterator[Fault]:
        gaps = [values for values, row in self.winners.items() if row is None]
        if gaps:
            yield Fault(0, f"{len(gaps)} kombinasi tidak punya baris", self.say(gaps[0]))

    def _disagreements(self) -> Iterator[Fault]:
        for n, later in enumerate(self.rows):
            for earlier in self.rows[:n]:
                shared = earlier.meets(later)
                if shared and not earlier.decides_like(later) and not earlier.lies_inside(later):
                    what = f"baris ini dan baris {earlier.line} berbeda isi tetapi sama-sama cocok"
                    yield Fault(later.line, what, self.say(shared))

    def _never_winning(self) -> Iterator[Fault]:
        winning = set(self.winners.values())
        for n, row in enumerate(self.rows):
            if n not in winning:
                values = [min(cell) for cell in row.when]
                yield Fault(row.line, "baris ini tidak pernah terpakai", self.say(values))

    def enumerate(self) -> Enumerated:
        """Work the table out for every combination, unknown included. The table must be free of faults."""
        answers: dict[Answer, int] = {}
        cells = [
            answers.setdefault(self._answer(values), len(answers))
            for values in product(*(i.options for i in self.inputs))
        ]
        return Enumerated(self.inputs, tuple(cells), tuple(answers))

    def _answer(self, values: tuple[str, ...]) -> Answer:
        unknown = [n for n, value in enumerate(values) if value == UNKNOWN]
        if not unknown:
            return self._merge({values: self.winners[values]}, ())
        tried = [i.values if v == UNKNOWN else (v,) for i, v in zip(self.inputs, values, strict=True)]
        outcomes = {known: self.winners[known] for known in product(*tried)}
        return self._merge(outcomes, self._deciding(outcomes, unknown))

    def _deciding(self, outcomes: Mapping[tuple[str, ...], int | None], unknown: list[int]) -> tuple[str, ...]:
        """The unknown inputs that can change the need while all others stay as they are."""
        deciding = []
        for n in unknown:
            seen: dict[tuple[str, ...], set[str]] = {}
            for values, row in outcomes.items():
                seen.setdefault(values[:n] + values[n + 1 :], set()).add(self._need(row))
            if any(len(needs) > 1 for needs in seen.values()):
                deciding.append(self.inputs[n].name)
        return tuple(deciding)

    def _need(self, row: int | None) -> str:
        assert row is not None, f"{self.name} has a gap"  # noqa: S101 - faults() was not asked first
        return self.needs[self.rows[row].outcome]

    def _merge(self, outcomes: Mapping[tuple[str, ...], int | None], missing: tuple[str, ...]) -> Answer:
        indexes = sorted({row for row in outcomes.values() if row is not None})
        rows = [self.rows[n] for n in indexes]
        needs = {self.needs[row.outcome] for row in rows}
        return Answer(
            need=needs.pop() if len(needs) == 1 else "ask",
            outcome=rows[0].outcome,
            basis=tuple(dict.fromkeys(article for row in rows for article in row.basis)),
            confidence="doubtful" if missing else weakest([row.confidence for row in rows]),
            missing=missing,
            rows=tuple(indexes),
        )


@dataclass(frozen=True)
class Enumerated:
    """A table worked out: ``answers[cells[index(facts)]]`` is what it says."""

    inputs: tuple[Input, ...]
    cells: tuple[int, ...]
    answers: tuple[Answer, ...]

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """How far one step of each input moves the cell number; the last input moves by 1."""
        sizes = [len(i.options) for i in self.inputs]
        return tuple(prod(sizes[n + 1 :]) for n in range(len(sizes)))

    def index(self, facts: Mapping[str, str]) -> int:
        """The cell number for facts by name; a fact not given counts as unknown, or as its default.

        Raises ValueError for a value outside the closed list.
        """
        number = 0
        for column, stride in zip(self.inputs, self.strides, strict=True):
            value = facts.get(column.name, UNKNOWN)
            if value == UNKNOWN and column.default is not None:
                value = column.default
            number += column.options.index(value) * stride
        return number

    def look_up(self, facts: Mapping[str, str]) -> Answer:
        """What the table says for these facts."""
        return self.answers[self.cells[self.index(facts)]]


def parse_cell(text: str, values: Sequence[str]) -> frozenset[str]:
    """A cell of a table file as a set of values: ``*`` for any, or values joined by ``|``.

    Raises ValueError naming the word that is not among ``values``.
    """
    if text == ANY:
        return frozenset(values)
    words = [word.strip() for word in text.split(OR)]
    for word in words:
        if word not in values:
            raise ValueError(word)
    return frozenset(words)
