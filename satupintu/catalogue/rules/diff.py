"""What changes between two plans of the same businesses: who gains, loses or must act sooner, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from satupintu.catalogue.rules.bulk import Answers, Businesses, Column, DayTables
from satupintu.kernel.decision import CONFIDENCES, NEEDS

UNCHANGED = "unchanged"
CHANGES = ("gains", "loses", "sooner", "later", "clearer", "less_clear", "basis_only")
KINDS = (UNCHANGED, *CHANGES)
# A change of articles alone needs no letter to anybody.
WORTH_A_CALL = tuple(kind for kind in CHANGES if kind != "basis_only")
Flags = npt.NDArray[np.bool_]


def kind_of_change(before: str, after: str) -> str:
    """What a change of need means for the business.

    >>> kind_of_change("not_needed", "now"), kind_of_change("later", "now"), kind_of_change("ask", "now")
    ('gains', 'sooner', 'clearer')
    """
    if before == after:
        return UNCHANGED
    if before == "ask":
        return "clearer"
    if after == "ask":
        return "less_clear"
    if before == "not_needed":
        return "gains"
    if after == "not_needed":
        return "loses"
    return "sooner" if after == "now" else "later"


KIND_OF = np.array([[KINDS.index(kind_of_change(b, a)) for a in NEEDS] for b in NEEDS], dtype=np.int8)


@dataclass(frozen=True)
class PaperChange:
    """One paper before and after for every row of a block; ``kind`` holds positions in KINDS."""

    code: str
    before: Answers
    after: Answers
    bases_before: tuple[str, ...]
    bases_after: tuple[str, ...]
    kind: npt.NDArray[np.int8]


def changes(before: DayTables, after: DayTables, businesses: Businesses) -> list[PaperChange]:
    """The change of every paper that either side knows; a paper that one side lacks is not needed there."""
    answered = before.evaluate(businesses, confidence=True), after.evaluate(businesses, confidence=True)
    codes = dict.fromkeys([*before.papers, *after.papers])
    return [_change(code, before, after, *answered, businesses.rows) for code in codes]


def _change(
    code: str,
    before: DayTables,
    after: DayTables,
    answers_before: Mapping[str, Answers],
    answers_after: Mapping[str, Answers],
    rows: int,
) -> PaperChange:
    old, new = answers_before.get(code) or _absent(rows), answers_after.get(code) or _absent(rows)
    bases = [side.papers[code].bases if code in side.papers else ("",) for side in (before, after)]
    kind = KIND_OF[old.need, new.need]
    same = np.array([[one == other for other in bases[1]] for one in bases[0]])[old.basis, new.basis]
    kind = np.where((kind == 0) & ~same, np.int8(KINDS.index("basis_only")), kind)
    return PaperChange(code, old, new, bases[0], bases[1], kind)


def _absent(rows: int) -> Answers:
    no_need = np.full(rows, NEEDS.index("not_needed"), np.int8)
    return Answers(no_need, np.zeros(rows, np.int16), np.zeros(rows, np.int8))


@dataclass
class Tally:
    """Counts over any number of blocks.

    A business counts once for ``contact``, however many of its papers change; ``contact_only_clearer`` are those
    among them for whom nothing happened but that an open question got its answer.
    """

    businesses: int = 0
    changed: int = 0
    contact: int = 0
    contact_only_clearer: int = 0
    by_change: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CHANGES, 0))
    by_paper: dict[str, dict[str, int]] = field(default_factory=dict)
    by_confidence: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CONFIDENCES, 0))
    by_region: dict[str, dict[str, int]] = field(default_factory=dict)
    by_kbli: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, businesses: Businesses, found: Sequence[PaperChange]) -> None:
        """Count one block."""
        worth = [KINDS.index(kind) for kind in WORTH_A_CALL]
        changed, contact, more = (np.zeros(businesses.rows, bool) for _ in range(3))
        for change in found:
            self._add_paper(change)
            changed |= change.kind > 0
            contact |= np.isin(change.kind, worth)
            more |= np.isin(change.kind, worth) & (change.kind != KINDS.index("clearer"))
        self.businesses += businesses.rows
        self.changed += int(changed.sum())
        self.contact += int(contact.sum())
        self.contact_only_clearer += int((contact & ~more).sum())
        self._add_groups(businesses, found, contact)

    def _add_paper(self, change: PaperChange) -> None:
        counts = np.bincount(change.kind, minlength=len(KINDS)).tolist()
        paper = self.by_paper.setdefault(change.code, dict.fromkeys(KINDS, 0))
        for kind, count in zip(KINDS, counts, strict=True):
            paper[kind] += count
            if kind != UNCHANGED:
                self.by_change[kind] += count
        called = (change.kind > 0) & (change.kind != KINDS.index("basis_only"))
        if change.before.confidence is not None and change.after.confidence is not None:
            doubt = np.maximum(change.before.confidence, change.after.confidence)[called]
            for word, count in zip(CONFIDENCES, np.bincount(doubt, minlength=len(CONFIDENCES)).tolist(), strict=True):
                self.by_confidence[word] += count

    def _add_groups(self, businesses: Businesses, found: Sequence[PaperChange], contact: Flags) -> None:
        if "region" in businesses.words:
            column = businesses.words["region"]
            _count_groups(self.by_region, column.words, column, found, contact)
        if "kbli" in businesses.words:
            column = _with_version(businesses)
            _count_groups(self.by_kbli, column.words, column, found, contact)


def _with_version(businesses: Businesses) -> Column:
    """Version and code as one word (``2020-56104``), so that no number can be taken for the other version's."""
    kbli, version = businesses.words["kbli"], businesses.words.get("kbli_version")
    if version is None:
        return Column(tuple(word and f"2020-{word}" for word in kbli.words), kbli.codes)
    words = tuple(code and f"{v or '2020'}-{code}" for v in version.words for code in kbli.words)
    return Column(words, version.codes * len(kbli.words) + kbli.codes)


def _count_groups(
    groups: dict[str, dict[str, int]],
    words: Sequence[str],
    column: Column,
    found: Sequence[PaperChange],
    contact: Flags,
) -> None:
    def count(rows: Flags | slice) -> npt.NDArray[np.intp]:
        return np.bincount(column.codes[rows], minlength=len(words))

    per_kind = {"businesses": count(slice(None)), "contact": count(contact)}
    for number, kind in enumerate(KINDS[1:], start=1):
        per_kind[kind] = sum((count(change.kind == number) for change in found), np.zeros(len(words), np.intp))
    for place in np.flatnonzero(per_kind["businesses"]):
        group = groups.setdefault(words[int(place)], dict.fromkeys(per_kind, 0))
        for name, counts in per_kind.items():
            group[name] += int(counts[place])
