"""The machine drawn: its states by stage, its moves as rows, and the picture as SVG. Pure.

The picture is laid out from the table alone: a lane for each stage, states in the order of the table, ways as lines
whose ends are boxes. It has classes and attributes only, no style and no script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from satupintu.kernel.workflow import Machine, Move, State

# Which states lie in which stage of a file's life, in reading order.
STAGES: Mapping[str, tuple[str, ...]] = {
    "applying": ("draft", "submitted", "returned"),
    "examining": ("complete", "asked", "asked_again", "fee_billed", "fee_paid", "site_visit", "recommendation"),
    "deciding": ("examined", "granted", "granted_with_conditions", "refused", "objection"),
    "holding": ("issued", "handed_over", "suspended"),
    "elsewhere": ("filed", "refused_elsewhere"),
    "ended": ("recorded", "withdrawn", "lapsed", "expired", "revoked", "renewed"),
}
WIDE, HIGH, GAP, LANE, TOP = 200, 44, 26, 270, 40  # box, space between boxes, width of a lane, room for its name

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its states, each with the moves that lead out of it."""

    code: str
    states: tuple[tuple[State, tuple[Move, ...]], ...]


def stages(machine: Machine) -> list[Stage]:
    """Every state of the machine by stage. Raises ValueError if a state has no stage or a stage no state."""
    listed = [code for codes in STAGES.values() for code in codes]
    if sorted(listed) != sorted(machine.by_code):
        raise ValueError(f"stages and states differ: {sorted({*listed} ^ {*machine.by_code})}")
    return [
        Stage(name, tuple((machine.by_code[code], machine.moves_from(code)) for code in codes))
        for name, codes in STAGES.items()
    ]


def ways(machine: Machine) -> list[tuple[str, str, tuple[str, ...]]]:
    """From which state to which, with the moves that make that way, in the order of the table."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in machine.moves:
        for source in move.sources:
            found.setdefault((source, move.target), []).append(move.name)
    return [(source, target, tuple(names)) for (source, target), names in found.items()]


def svg(machine: Machine, state_words: Words, stage_words: Words, title: str) -> str:
    """The picture: one lane for each stage, a box for each state, a line for each way between two states."""
    places = _places(machine)
    wide = LANE * len(STAGES)
    high = TOP + max(len(codes) for codes in STAGES.values()) * (HIGH + GAP)
    parts = [
        f'<svg class="states" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(title)}"'
        ' xmlns="http://www.w3.org/2000/svg">',
        '<defs><marker id="state-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto-start-reverse"><path class="states-head" d="M0 0 8 4 0 8z"/></marker></defs>',
        *_lines(machine, places),
        *_boxes(machine, places, state_words),
        *(
            f'<text class="states-stage" x="{LANE * lane + 10}" y="22">{escape(stage_words(name))}</text>'
            for lane, name in enumerate(STAGES)
        ),
        "</svg>",
    ]
    return "".join(parts)


def _places(machine: Machine) -> dict[str, tuple[int, int]]:
    """The upper left corner of each state's box."""
    return {
        state.code: (LANE * lane + 10, TOP + row * (HIGH + GAP))
        for lane, stage in enumerate(stages(machine))
        for row, (state, _moves) in enumerate(stage.states)
    }


def _boxes(machine: Machine, places: Mapping[str, tuple[int, int]], words: Words) -> Iterator[str]:
    for state in machine.states:
        x, y = places[state.code]
        yield (
            f'<g class="states-box" data-owner="{state.owner}"><rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}"'
            f' rx="6"/>{_text(words(state.code), x + WIDE // 2, y)}</g>'
        )


def _text(words: str, middle: int, top: int) -> str:
    lines = _folded(words, 26)
    first = top + HIGH // 2 + (5 if len(lines) == 1 else -3)
    return "".join(
        f'<text x="{middle}" y="{first + 16 * number}" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def _folded(words: str, most: int) -> Sequence[str]:
    """One line, or two of about the same length."""
    if len(words) <= most:
        return (words,)
    cuts = [at for at, sign in enumerate(words) if sign == " "]
    if not cuts:
        return (words,)
    cut = min(cuts, key=lambda at: abs(at - len(words) // 2))
    return words[:cut], words[cut + 1 :]


def _lines(machine: Machine, places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    pairs = {(source, target) for source, target, _names in ways(machine)}
    for source, target in sorted(pairs, key=lambda pair: (places[pair[0]], places[pair[1]])):
        both = source != target and (target, source) in pairs
        if both and (target, source) < (source, target):
            continue  # drawn once, with a head at each end
        start = ' marker-start="url(#state-arrow)"' if both else ""
        way = _path(places[source], places[target])
        yield f'<path class="states-way" d="{way}" marker-end="url(#state-arrow)"{start}/>'


def _path(source: tuple[int, int], target: tuple[int, int]) -> str:
    (x, y), (x2, y2) = source, target
    middle, middle2 = y + HIGH // 2, y2 + HIGH // 2
    if source == target:  # a small loop on the right side
        side = x + WIDE
        return f"M{side} {middle - 10} C{side + 26} {middle - 14} {side + 26} {middle + 14} {side} {middle + 10}"
    if x == x2 and abs(y - y2) == HIGH + GAP:  # the neighbour in the same lane
        above, below = (y + HIGH, y2) if y < y2 else (y, y2 + HIGH)
        return f"M{x + WIDE // 2} {above} V{below}"
    if x == x2:  # round the left side of the boxes between
        out = x - 8
        return f"M{x} {middle} C{out - 14} {middle} {out - 14} {middle2} {x2} {middle2}"
    begin, end = (x + WIDE, x2) if x < x2 else (x, x2 + WIDE)
    bend = (begin + end) // 2
    return f"M{begin} {middle} C{bend} {middle} {bend} {middle2} {end} {middle2}"


def reference_page(machine: Machine) -> str:
    """docs/reference/states.md: the table of states and the diagram as Mermaid text."""
    rows = [
        f"| {stage.code} | `{state.code}` | {state.owner} | {', '.join(f'`{move.name}`' for move in moves) or '–'} |"
        for stage in stages(machine)
        for state, moves in stage.states
    ]
    parts = [
        "# States of a file",
        "Every state of an application and of its paper, who has to act in it, and the moves that lead out of it. "
        "Made by `make docs` from `licensing/rules/moves.py`; words for people stand in `data/licensing/states.yaml`.",
        "\n".join(["| stage | state | whose turn | moves |", "|---|---|---|---|", *rows]),
        f"```mermaid\n{machine.mermaid()}```",
    ]
    return "\n\n".join(parts) + "\n"
