"""How far a kept plan is, what comes next, and what changed in it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

DONE = "done"  # the step that stands for a paper as a whole
FINISHED, YOUR_TURN, NOT_STARTED, LOCKED = "done", "your-turn", "not-started", "locked"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one paper of a plan stands; ``waits`` are the papers that must come first."""

    paper: str
    state: str
    waits: tuple[str, ...] = ()


def standings(
    steps: Sequence[tuple[str, Sequence[str]]], finished: Collection[str], inside: Mapping[str, str] | None = None
) -> list[Standing]:
    """The standing of every step (paper, papers it waits for), in their order; the first open one is whose turn it is.

    ``inside`` names for some papers the one they are filled in with: they are done with it, and while it is among the
    steps it is never their own turn.

    >>> [(s.paper, s.state) for s in standings([("a", ()), ("b", ()), ("c", ("b",))], {"a"})]
    [('a', 'done'), ('b', 'your-turn'), ('c', 'locked')]
    """
    within = {paper: outer for paper, outer in (inside or {}).items() if outer in {code for code, _ in steps}}
    finished = {*finished, *(paper for paper, outer in within.items() if outer in finished)}
    found: list[Standing] = []
    turn_given = False
    for paper, after in steps:
        waits = tuple(code for code in after if code not in finished)
        if paper in finished:
            found.append(Standing(paper, FINISHED))
        elif waits:
            found.append(Standing(paper, LOCKED, waits))
        else:
            own_turn = not turn_given and paper not in within
            found.append(Standing(paper, YOUR_TURN if own_turn else NOT_STARTED))
            turn_given = turn_given or own_turn
    return found


def changed_needs(before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, str]]:
    """Every paper whose need differs, in the order of ``after``; a paper one side lacks is not needed there."""
    papers = dict.fromkeys([*after, *before])
    pairs = [(paper, before.get(paper, "not_needed"), after.get(paper, "not_needed")) for paper in papers]
    return [{"paper": paper, "before": old, "after": new} for paper, old, new in pairs if old != new]
