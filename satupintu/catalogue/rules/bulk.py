"""Many at once: the same facts and the same cells as for one business, for whole columns.

A column is a short list of distinct words and one small number per row. Facts are derived by the rule for one
business, once for every distinct code and size, never once per row. Each paper then needs one number per row
(mixed radix over its inputs) and one look-up in its enumerated table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from satupintu.catalogue.rules.entries import Catalogue, Licence
from satupintu.catalogue.rules.facts import FROM_CODE, SCALES, derive
from satupintu.catalogue.rules.plan import BeforeTheCatalogue
from satupintu.kernel.decision import CONFIDENCES, NEEDS, UNKNOWN, Enumerated, Input

Codes = npt.NDArray[np.intp]
Small = npt.NDArray[np.int8]
Amounts = npt.NDArray[np.int64]
NOT_SAID = -1  # an amount that was not given
WORDS = ("kbli_version", "kbli", "region")
AMOUNTS = ("capital", "sales")
FROM_SIZE = ("scale", "sales_band")
# Rows worked on at a time: the numbers of one block stay in the processor's own memory.
BLOCK = 32_768


@dataclass(frozen=True)
class Column:
    """A column of words: row n holds ``words[codes[n]]``; an empty word and ``unknown`` mean not known."""

    words: tuple[str, ...]
    codes: npt.NDArray[np.int32]

    def part(self, rows: slice) -> Column:
        """The same column for some of the rows."""
        return Column(self.words, self.codes[rows])


@dataclass(frozen=True)
class Businesses:
    """Columns of equal length: words (kbli_version, kbli, region, any fact) and amounts (rupiah, -1: not said)."""

    rows: int
    words: Mapping[str, Column]
    amounts: Mapping[str, Amounts]

    def part(self, rows: slice) -> Businesses:
        """The same businesses without those outside ``rows``."""
        words = {name: column.part(rows) for name, column in self.words.items()}
        amounts = {name: values[rows] for name, values in self.amounts.items()}
        return Businesses(len(range(*rows.indices(self.rows))), words, amounts)


@dataclass(frozen=True)
class Answers:
    """What one paper's table says per row: positions in NEEDS, in the paper's ``bases`` and in CONFIDENCES."""

    need: Small
    basis: npt.NDArray[np.int16]
    confidence: Small | None = None


@dataclass(frozen=True)
class PaperArrays:
    """The enumerated table of one paper as arrays over its cells; ``bases`` are the distinct lists of articles."""

    code: str
    worked: Enumerated
    bases: tuple[str, ...]
    need: Small
    basis: npt.NDArray[np.int16]
    confidence: Small

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The facts the table uses, slowest first."""
        return tuple(column.name for column in self.worked.inputs)


def paper_arrays(licence: Licence, on: date) -> PaperArrays:
    """The arrays of the table that counts on a day."""
    worked = licence.version_on(on).worked
    joined = [";".join(answer.basis) for answer in worked.answers]
    bases = tuple(dict.fromkeys(joined))
    cells = np.array(worked.cells, dtype=np.intp)
    per_answer = np.array(
        [
            (NEEDS.index(answer.need), bases.index(basis), CONFIDENCES.index(answer.confidence))
            for answer, basis in zip(worked.answers, joined, strict=True)
        ]
    )
    need, basis, confidence = per_answer[cells].T
    return PaperArrays(
        licence.code, worked, bases, need.astype(np.int8), basis.astype(np.int16), confidence.astype(np.int8)
    )


@dataclass
class DayTables:
    """Everything that decides on one day, worked out once and used for any number of rows.

    Raises BeforeTheCatalogue for a day before the first law.
    """

    catalogue: Catalogue
    on: date
    _checked: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.on < self.catalogue.begins():
            raise BeforeTheCatalogue(self.on, self.catalogue.begins())

    @cached_property
    def papers(self) -> dict[str, PaperArrays]:
        """Every paper's arrays by code, in the order of the catalogue."""
        return {code: paper_arrays(licence, self.on) for code, licence in self.catalogue.licences.items()}

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The facts that at least one table uses."""
        wanted = {name for paper in self.papers.values() for name in paper.inputs}
        return tuple(name for name in self.catalogue.facts if name in wanted)

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """Each fact with its options: what a number in a column of it stands for."""
        return {f.name: Input(f.name, f.values, f.default) for f in self.catalogue.facts.values()}

    @cached_property
    def codes(self) -> CodeFacts:
        """What classification codes decide on this day."""
        return CodeFacts(self)

    @cached_property
    def sizes(self) -> SizeFacts:
        """What capital and sales decide on this day."""
        return SizeFacts(self)

    def option(self, name: str, value: str) -> int:
        """The position of a fact's value among its options; not known stands for the default if there is one."""
        column = self.inputs[name]
        if value in ("", UNKNOWN):
            value = UNKNOWN if column.default is None else column.default
        return column.options.index(value)

    def checked_option(self, name: str, word: str) -> int:
        """The position of a word from a column. Raises UnusableFact like the answer for one business."""
        key = name, word
        if key not in self._checked:
            derive(self.catalogue, {name: word}, self.on)
            self._checked[key] = self.option(name, word)
        return self._checked[key]

    def check(self, businesses: Businesses) -> None:
        """Raises UnusableFact for the first word outside the closed lists, also in columns no table uses."""
        for name, column in businesses.words.items():
            if name in self.inputs:
                for word in column.words:
                    self.checked_option(name, word)
        versions, codes = (businesses.words.get(name) for name in ("kbli_version", "kbli"))
        for version in versions.words if versions else ("",):
            for code in codes.words if codes else ("",):
                self.codes.place(version, code)

    def evaluate(self, businesses: Businesses, *, confidence: bool = False) -> dict[str, Answers]:
        """What every paper's table says for every row, by paper code.

        Raises UnusableFact for a word outside the closed lists. With ``confidence`` the answers also carry the
        weakest confidence of the table's row and of the derived facts that the table uses.
        """
        found = {code: self._empty(businesses.rows, confidence) for code in self.papers}
        words = WordMaps(self, businesses.words)
        for start in range(0, businesses.rows, BLOCK):
            rows = slice(start, min(start + BLOCK, businesses.rows))
            facts = FactColumns(self, words, businesses.part(rows))
            self._look_up(facts, {code: _part(a, rows) for code, a in found.items()})
        return found

    @staticmethod
    def _empty(rows: int, confidence: bool) -> Answers:
        return Answers(
            np.empty(rows, np.int8), np.empty(rows, np.int16), np.empty(rows, np.int8) if confidence else None
        )

    def _look_up(self, facts: FactColumns, found: Mapping[str, Answers]) -> None:
        for code, paper in self.papers.items():
            answers, index = found[code], facts.index(paper.inputs)
            np.take(paper.need, index, out=answers.need, mode="clip")
            np.take(paper.basis, index, out=answers.basis, mode="clip")
            if answers.confidence is not None:
                np.take(paper.confidence, index, out=answers.confidence, mode="clip")
                for name in set(paper.inputs) & set(FROM_CODE + FROM_SIZE):
                    np.maximum(answers.confidence, facts.confidence(name), out=answers.confidence)


def _part(answers: Answers, rows: slice) -> Answers:
    confidence = None if answers.confidence is None else answers.confidence[rows]
    return Answers(answers.need[rows], answers.basis[rows], confidence)


class WordMaps:
    """What the words of columns stand for, looked up once per distinct word. Raises UnusableFact."""

    def __init__(self, tables: DayTables, words: Mapping[str, Column]) -> None:
        facts = {name: column.words or ("",) for name, column in words.items() if name in tables.inputs}
        self.options = {
            name: np.array([tables.checked_option(name, word) for word in listed], dtype=np.intp)
            for name, listed in facts.items()
        }
        self.known = {name: np.array([w not in ("", UNKNOWN) for w in listed]) for name, listed in facts.items()}
        nothing = Column(("",), np.zeros(0, np.int32))
        version, kbli = (words.get(name, nothing).words or ("",) for name in ("kbli_version", "kbli"))
        self.places = np.array([[tables.codes.place(v, k) for k in kbli] for v in version], dtype=np.intp)


class FactColumns:
    """The facts of a block as numbers: given ones translated, derived ones looked up, given before derived."""

    def __init__(self, tables: DayTables, maps: WordMaps, block: Businesses) -> None:
        self.tables, self.maps, self.block = tables, maps, block
        self.size = tables.sizes.index(self._given("scale"), block.amounts, block.rows)
        self.scale = tables.sizes.options["scale"].take(self.size, mode="clip")
        self.code = self._code_index()
        self.values = {name: self._values(name) for name in tables.used}
        self._indexes: dict[tuple[str, ...], Codes] = {(name,): values for name, values in self.values.items()}

    def index(self, inputs: tuple[str, ...]) -> Codes:
        """The cell of every row in a table with these inputs; tables that begin alike share the work."""
        if not inputs:
            return np.zeros(self.block.rows, np.intp)
        if inputs not in self._indexes:
            before, last = self.index(inputs[:-1]), inputs[-1]
            self._indexes[inputs] = before * len(self.tables.inputs[last].options) + self.values[last]
        return self._indexes[inputs]

    def _given(self, name: str) -> Codes | None:
        column = self.block.words.get(name)
        return None if column is None else self.maps.options[name].take(column.codes, mode="clip")

    def _values(self, name: str) -> Codes:
        given = self._given(name)
        if name in FROM_CODE:
            derived = self.tables.codes.options(name).take(self.code, mode="clip")
        elif name in FROM_SIZE:
            derived = self.tables.sizes.options[name].take(self.size, mode="clip")
        elif given is None:
            return np.full(self.block.rows, self.tables.option(name, UNKNOWN), dtype=np.intp)
        else:
            return given
        return derived if given is None else np.where(self._is_known(name), given, derived)

    def _is_known(self, name: str) -> npt.NDArray[np.bool_]:
        return self.maps.known[name][self.block.words[name].codes]

    def confidence(self, name: str) -> Small:
        """How sure a derived fact is per row; what was given is sure."""
        if name in FROM_CODE:
            doubt = self.tables.codes.confidence(name)[self.code]
        else:
            doubt = self.tables.sizes.confidence[name][self.size]
        return np.where(self._is_known(name), np.int8(0), doubt) if name in self.block.words else doubt

    def _code_index(self) -> Codes:
        """For every row the place of its code, version and size class in the arrays of ``CodeFacts``."""
        version, kbli = (
            self.block.words[name].codes if name in self.block.words else 0 for name in ("kbli_version", "kbli")
        )
        return self.maps.places[version, kbli] * len(SCALES) + self.scale


class CodeFacts:
    """What a code, its version and a size class decide: one place per code met, one row per size class."""

    def __init__(self, tables: DayTables) -> None:
        self.tables = tables
        catalogue = tables.catalogue
        read = {*catalogue.codes, *catalogue.risks}
        paired = {("2025", p.code_2025) for p in catalogue.pairings if p.code_2025}
        self.known = read | paired
        self._places: dict[tuple[str, str], int] = {}
        self._rows: list[tuple[list[int], list[int]]] = []
        self._arrays: dict[str, tuple[Codes, Small]] = {}
        self._add("2020", "")

    def place(self, version: str, code: str) -> int:
        """Where a code stands; one that we never read stands where no code stands. Raises UnusableFact."""
        version = version or "2020"
        key = version, code
        if key not in self._places:
            if key in self.known:
                self._add(version, code)
            else:
                derive(self.tables.catalogue, {"kbli_version": version, "kbli": code}, self.tables.on)
                self._places[key] = 0
        return self._places[key]

    def options(self, name: str) -> Codes:
        """The option of a fact per place and size class."""
        return self._array(name)[0]

    def confidence(self, name: str) -> Small:
        """The confidence of a fact per place and size class."""
        return self._array(name)[1]

    def rows(self) -> Iterator[tuple[str, str, str, dict[str, int]]]:
        """Version, code, size class and the options of the facts, for every code that the catalogue knows."""
        for version, code in sorted(self.known):
            place = self.place(version, code)
            for number, scale in enumerate(SCALES):
                options, _ = self._rows[place * len(SCALES) + number]
                yield version, code, scale, dict(zip(FROM_CODE, options, strict=True))

    def _add(self, version: str, code: str) -> None:
        self._places[version, code] = len(self._rows) // len(SCALES)
        for scale in SCALES:
            given = {"kbli_version": version, "kbli": code, "scale": scale}
            facts = derive(self.tables.catalogue, given, self.tables.on)
            options = [self.tables.option(name, facts.values[name]) for name in FROM_CODE]
            self._rows.append((options, [CONFIDENCES.index(facts.confidence[name]) for name in FROM_CODE]))
        self._arrays.clear()

    def _array(self, name: str) -> tuple[Codes, Small]:
        if name not in self._arrays:
            n = FROM_CODE.index(name)
            self._arrays[name] = (
                np.array([options[n] for options, _ in self._rows], dtype=np.intp),
                np.array([doubts[n] for _, doubts in self._rows], dtype=np.int8),
            )
        return self._arrays[name]


class SizeFacts:
    """What the size class given, capital and sales decide: amounts become steps between the limits of the law."""

    def __init__(self, tables: DayTables) -> None:
        self.tables = tables
        on = tables.on
        rows = [s for s in tables.catalogue.scales if s.valid_from <= on and (s.valid_to is None or on <= s.valid_to)]
        untaxed = tables.catalogue.limit_on("untaxed_sales", on)
        self.limits = {
            "capital": tuple(sorted({r.capital_upto for r in rows if r.capital_upto is not None})),
            "sales": tuple(
                sorted(
                    {r.sales_upto for r in rows if r.sales_upto is not None} | ({untaxed.rupiah} if untaxed else set())
                )
            ),
        }
        self.options: dict[str, Codes] = {}
        self.confidence: dict[str, Small] = {}
        made = list(self.rows())
        for name in FROM_SIZE:
            self.options[name] = np.array([values[name] for _, values, _ in made], dtype=np.intp)
            self.confidence[name] = np.array([doubts[name] for _, _, doubts in made], dtype=np.int8)

    def steps(self, name: str) -> list[int | None]:
        """One amount for every step between the limits, the last for 'not said'."""
        limits = self.limits[name]
        return [*limits, (limits[-1] if limits else 0) + 1, None]

    def rows(self) -> Iterator[tuple[tuple[int, int, int], dict[str, int], dict[str, int]]]:
        """For every given size class, step of capital and step of sales: options and confidences of the facts."""
        for s, scale in enumerate((*SCALES, UNKNOWN)):
            for c, capital in enumerate(self.steps("capital")):
                for r, sales in enumerate(self.steps("sales")):
                    given = {"scale": scale, "capital": _text(capital), "sales": _text(sales)}
                    facts = derive(self.tables.catalogue, given, self.tables.on)
                    options = {name: self.tables.option(name, facts.values[name]) for name in FROM_SIZE}
                    doubts = {n: CONFIDENCES.index(facts.confidence.get(n, "sure")) for n in FROM_SIZE}
                    yield (s, c, r), options, doubts

    def index(self, scale: Codes | None, amounts: Mapping[str, Amounts], rows: int) -> Codes:
        """The place of every row in the arrays."""
        place = np.full(rows, len(SCALES), dtype=np.intp) if scale is None else scale
        for name in AMOUNTS:
            place = place * len(self.steps(name)) + self.step(name, amounts.get(name))
        return place

    def step(self, name: str, amounts: Amounts | None) -> npt.NDArray[np.integer] | int:
        """How many limits an amount passes; 'not said' is the step after the last."""
        limits = self.limits[name]
        if amounts is None:
            return len(limits) + 1
        passed = np.zeros(len(amounts), np.int8)
        for limit in limits:
            passed += amounts > limit
        passed[amounts == NOT_SAID] = len(limits) + 1
        return passed


def _text(amount: int | None) -> str:
    return "" if amount is None else str(amount)
