"""A state machine as tables: which moves there are, who owns each state, what each move leaves in the record.

Two questions are asked before a move: may this role ever make it, and may it be made now, on this file, by this person.
Each is a check that raises, for actions, and a boolean in terms of it, for pages. Words of states and moves for people
are no part of it; the room that owns a table keeps them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

# Owner of a state in which nobody has to act: an end, or a paper that simply holds.
NOBODY = "nobody"
ROLE, STATE, FACTS, FOUR_EYES = "role", "state", "facts", "four_eyes"


class MoveRefused(ValueError):
    """A move that may not be made. ``why`` is role, state, facts (``missing`` names them) or four_eyes."""

    def __init__(self, move: str, why: str, missing: Sequence[str] = ()) -> None:
        super().__init__(f"{move}: {why} {', '.join(missing)}".rstrip())
        self.move, self.why, self.missing = move, why, tuple(missing)


@dataclass(frozen=True, slots=True)
class State:
    """Where a file can stand. ``owner`` is the role that has to act next, or nobody; after an end nothing comes."""

    code: str
    owner: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One way from any of some states to another.

    ``by`` are the roles that may make it, ``event`` its name in the audit, ``message`` the template sent to whoever has
    the file (empty: none), ``needs`` the facts that must hold about the file, ``unlike`` the moves whose makers may not
    make this one on the same file, ``clock`` what it does to the service time (a kind of `worktime`; empty: nothing).
    """

    name: str
    sources: tuple[str, ...]
    target: str
    by: frozenset[str]
    event: str
    message: str = ""
    needs: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A move that was made, and the reference of the person who made it, in whatever office they acted."""

    move: str
    by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What has to be known about one file: its state, the moves made so far, and the facts that hold."""

    state: str
    done: tuple[Done, ...] = ()
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Machine:
    """States and moves. ``start`` is where every file begins, ``roles`` all who act, ``told`` the roles that look in
    seldom and so get a message whenever somebody else hands them the turn."""

    start: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    roles: frozenset[str]
    told: frozenset[str] = frozenset()

    @cached_property
    def by_code(self) -> Mapping[str, State]:
        """The states by code."""
        return {state.code: state for state in self.states}

    @cached_property
    def by_name(self) -> Mapping[str, Move]:
        """The moves by name."""
        return {move.name: move for move in self.moves}

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves that lead out of a state, in the table's order."""
        return tuple(move for move in self.moves if state in move.sources)

    def check_role(self, move: str, role: str) -> None:
        """May this role ever make this move? Raises MoveRefused if not, KeyError for a move not in the table."""
        if role not in self.by_name[move].by:
            raise MoveRefused(move, ROLE)

    def role_may(self, move: str, role: str) -> bool:
        """Whether this role may ever make this move."""
        return _passes(lambda: self.check_role(move, role))

    def check_now(self, move: str, standing: Standing, who: str) -> None:
        """May this move be made on this file now, by this person? Raises MoveRefused if not.

        Refused in this order: another state, the same person made a move it must be unlike, a fact is missing.
        """
        row = self.by_name[move]
        if standing.state not in row.sources:
            raise MoveRefused(move, STATE, (standing.state,))
        if any(done.by == who and done.move in row.unlike for done in standing.done):
            raise MoveRefused(move, FOUR_EYES)
        if missing := sorted(row.needs - standing.facts):
            raise MoveRefused(move, FACTS, missing)

    def may_now(self, move: str, standing: Standing, who: str) -> bool:
        """Whether this move may be made on this file now by this person."""
        return _passes(lambda: self.check_now(move, standing, who))

    def make(self, move: str, standing: Standing, who: str, role: str) -> Standing:
        """The file after the move. Raises MoveRefused if either question is answered no."""
        self.check_role(move, role)
        self.check_now(move, standing, who)
        return Standing(self.by_name[move].target, (*standing.done, Done(move, who)), standing.facts)

    def offered(self, standing: Standing, who: str, role: str) -> tuple[Move, ...]:
        """The moves a person in a role can make on this file now: the buttons of its page."""
        return tuple(
            move
            for move in self.moves_from(standing.state)
            if self.role_may(move.name, role) and self.may_now(move.name, standing, who)
        )

    def faults(self) -> list[str]:
        """Why this table may not be used, each in a sentence; empty for a sound one."""
        broken = [*self._doubles(), *self._state_faults(), *self._move_faults()]
        return broken or [*self._unreachable(), *self._traps()]  # a walk needs every name to exist

    def _doubles(self) -> Iterator[str]:
        for what, names in (
            ("keadaan", [state.code for state in self.states]),
            ("langkah", [move.name for move in self.moves]),
            ("kejadian", [move.event for move in self.moves if move.event]),
        ):
            yield from (f"{what} {name} tertulis {count} kali" for name, count in Counter(names).items() if count > 1)

    def _state_faults(self) -> Iterator[str]:
        if self.start not in self.by_code:
            yield f"keadaan awal {self.start} tidak dikenal"
        for state in self.states:
            out = self.moves_from(state.code)
            if state.end and (out or state.owner != NOBODY):
                yield f"keadaan akhir {state.code} masih punya pemilik atau langkah"
            elif state.owner not in self.roles | {NOBODY}:
                yield f"keadaan {state.code} tidak punya pemilik"
            elif state.owner != NOBODY and not any(state.owner in move.by for move in out):
                yield f"pemilik {state.code} tidak punya langkah"

    def _move_faults(self) -> Iterator[str]:
        for move in self.moves:
            if not move.event:
                yield f"langkah {move.name} tidak punya kejadian untuk jejak"
            if not move.sources or not {*move.sources, move.target} <= self.by_code.keys():
                yield f"langkah {move.name} menyebut keadaan yang tidak dikenal"
            elif not move.message and self._hands_over(move):
                yield f"langkah {move.name} memberi giliran tanpa pesan"
            if not move.by or not move.by <= self.roles:
                yield f"langkah {move.name} menyebut peran yang tidak dikenal"
            if not move.unlike <= self.by_name.keys():
                yield f"langkah {move.name} berbeda orang dari langkah yang tidak dikenal"

    def _hands_over(self, move: Move) -> bool:
        """Whether somebody else gives the turn to a role that must be told."""
        owner = self.by_code[move.target].owner
        return owner in self.told and move.by != {owner}

    def _unreachable(self) -> Iterator[str]:
        seen = _closure({self.start}, [(source, move.target) for move in self.moves for source in move.sources])
        yield from (f"keadaan {code} tidak pernah tercapai" for code in self.by_code if code not in seen)

    def _traps(self) -> Iterator[str]:
        ends = {state.code for state in self.states if state.end}
        back = _closure(ends, [(move.target, source) for move in self.moves for source in move.sources])
        yield from (f"dari keadaan {code} tidak ada jalan ke akhir" for code in self.by_code if code not in back)

    def mermaid(self) -> str:
        """The state diagram as Mermaid text, one line for each way, so that a page can be compared with the table."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for move in self.moves:
            label = f"{move.name} ({', '.join(sorted(move.by))})"
            lines += [f"    {source} --> {move.target} : {label}" for source in move.sources]
        lines += [f"    {state.code} --> [*]" for state in self.states if state.end]
        return "\n".join(lines) + "\n"


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except MoveRefused:
        return False
    return True


def _closure(first: Collection[str], ways: Iterable[tuple[str, str]]) -> set[str]:
    """Everything that can be reached from the first ones along the ways."""
    ways, seen = list(ways), set(first)
    while more := {there for here, there in ways if here in seen} - seen:
        seen |= more
    return seen
