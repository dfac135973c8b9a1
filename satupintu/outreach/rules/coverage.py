"""Which session teaches which statement: both name topics. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taught:
    """A session or a statement with its topics; ``name`` is how people know it."""

    key: str
    name: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every session with one mark for each statement, and what is missing on either side."""

    statements: tuple[Taught, ...]
    rows: tuple[tuple[Taught, tuple[bool, ...]], ...]
    untaught: tuple[Taught, ...]
    unmeasured: tuple[Taught, ...]


def coverage(sessions: Sequence[Taught], statements: Sequence[Taught]) -> Coverage:
    """The matrix. Sessions without topics (opening, questions) teach nothing and are left out."""
    teaching = [session for session in sessions if session.topics]
    rows = tuple(
        (session, tuple(bool({*session.topics} & {*statement.topics}) for statement in statements))
        for session in teaching
    )
    covered = [any(marks[number] for _, marks in rows) for number in range(len(statements))]
    return Coverage(
        tuple(statements),
        rows,
        tuple(statement for statement, found in zip(statements, covered, strict=True) if not found),
        tuple(session for session, marks in rows if not any(marks)),
    )
