"""Planned and actual times of an agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """One line of an agenda. Times count from midnight; the actual ones are None where nobody noted them."""

    section: str
    name: str
    speaker: str
    planned_start: timedelta
    planned_end: timedelta
    actual_start: timedelta | None
    actual_end: timedelta | None

    @property
    def planned(self) -> float:
        """Planned minutes."""
        return minutes(self.planned_end - self.planned_start)

    @property
    def actual(self) -> float | None:
        """Minutes it really took."""
        if self.actual_start is None or self.actual_end is None:
            return None
        return minutes(self.actual_end - self.actual_start)

    @property
    def overrun(self) -> float | None:
        """Minutes longer than planned; negative if shorter."""
        return None if self.actual is None else whole(self.actual - self.planned)

    @property
    def delay(self) -> float | None:
        """Minutes it began late; negative if early."""
        return None if self.actual_start is None else minutes(self.actual_start - self.planned_start)


def minutes(span: timedelta) -> float:
    """A span in minutes, whole where it is whole."""
    return whole(span.total_seconds() / 60)


def whole(value: float) -> float:
    """An int where the number is one, so that JSON says 15 and not 15.0."""
    return int(value) if value == int(value) else value


def finished_late(sessions: Sequence[Session]) -> float | None:
    """Minutes by which the whole programme ended later than planned; None unless every session has its times."""
    if not sessions or any(session.actual is None for session in sessions):
        return None
    ends = [session.actual_end for session in sessions if session.actual_end is not None]
    return minutes(max(ends) - max(session.planned_end for session in sessions))
