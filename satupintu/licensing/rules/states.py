"""The words of each state of a file, and the status codes of OSS both ways. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from satupintu.catalogue.rules.entries import Confidence, Entry
from satupintu.licensing.rules.serving import Flaw, Told

Words = Annotated[str, Field(max_length=100)]
# Lists of codes in the integration guide: status of a licence, status of the paper, kind of the paper.
CodeList = Literal["status", "paper", "kind"]
Badge = Literal["done", "your-turn", "checking", "needs-fix", "locked", "not-started", "overdue", "refused"]


class StateWords(Entry):
    """How one state is told and what OSS calls it: the first code goes out, each of them may come in.

    ``by_move`` is the status code that goes out instead when the state was reached by that move. ``no_code`` says why
    nothing goes out.
    """

    applicant: Words
    applicant_en: Words
    staff: Words
    staff_en: Words
    badge: Badge
    status: tuple[str, ...] = ()
    paper: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    by_move: dict[str, str] = Field(default_factory=dict)
    no_code: Told | None = None
    no_code_en: Told | None = None


class OssCode(Entry):
    """One official code and what it means, in our words; ``unused`` says why no state stands for it."""

    means: Words
    means_en: Words
    unused: Told | None = None
    unused_en: Told | None = None


class States(Entry):
    """licensing/states.yaml: every state of the machine, and every code of the lists."""

    source: str
    confidence: Confidence
    states: dict[str, StateWords]
    codes: dict[CodeList, dict[str, OssCode]]

    def __getitem__(self, state: str) -> StateWords:
        return self.states[state]

    def oss_code(self, state: str, codes: CodeList = "status", move: str = "") -> str | None:
        """The code told to OSS about a state, reached by a move; None where there is none."""
        words = self.states[state]
        if codes == "status" and move in words.by_move:
            return words.by_move[move]
        listed: Sequence[str] = getattr(words, codes)
        return listed[0] if listed else None

    def from_oss(self, code: str, codes: CodeList = "status") -> str | None:
        """The state a code of OSS stands for: the first that lists it; None for an unused or unknown one."""
        return next((state for state, words in self.states.items() if code in getattr(words, codes)), None)


def state_flaws(found: States, states: Sequence[str], moves: Mapping[str, str]) -> Iterator[Flaw]:
    """What is wrong with the words of states; ``moves`` are the machine's moves with their targets."""
    for state in states:
        if state not in found.states:
            yield f"states {state}", "keadaan ini tidak punya kata", "applicant, staff, badge, dan kode OSS"
    for state, words in found.states.items():
        if state not in states:
            yield f"states {state}", "keadaan ini tidak ada", ", ".join(states)
        yield from _state_flaws(f"states {state}", state, words, moves)
    for name, codes in found.codes.items():
        yield from _code_flaws(found, name, codes)


def _state_flaws(where: str, state: str, words: StateWords, moves: Mapping[str, str]) -> Iterator[Flaw]:
    if bool(words.status or words.paper or words.kind) == bool(words.no_code):
        yield where, "tanpa kode OSS harus ada alasannya, dengan kode tidak", "status, paper, kind, atau no_code"
    for move, code in words.by_move.items():
        if moves.get(move) != state:
            yield f"{where} by_move", f"langkah '{move}' tidak menuju ke sini", "langkah dari rules/moves.py"
        if code not in words.status:
            yield f"{where} by_move", f"kode '{code}' tidak ada di status", ", ".join(words.status)


def _code_flaws(found: States, name: CodeList, codes: Mapping[str, OssCode]) -> Iterator[Flaw]:
    used = {code for words in found.states.values() for code in getattr(words, name)}
    for code in sorted(used - {*codes}):
        yield f"codes {name}", f"kode '{code}' dipakai tetapi tidak ada di daftar", "kode resmi OSS"
    for code, entry in codes.items():
        if (code in used) == bool(entry.unused):
            yield f"codes {name} {code}", "harus dipakai satu keadaan atau punya alasan", "salah satu saja"
