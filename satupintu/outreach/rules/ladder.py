"""The way from an invitation to a licence: rungs, counts that hide small groups, and when each was reached. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the way by the codes of its milestones; without any it is counted from answers."""

    code: str
    milestones: tuple[str, ...] = ()


UNDERSTANDS = Rung("understands")
LICENSED = Rung("licensed", ("licensed", "paper_nib"))
RUNGS = (
    UNDERSTANDS,
    Rung("documents_ready", ("documents_ready",)),
    Rung("applied", ("applied",)),
    LICENSED,
    Rung("recording", ("recording",)),
    Rung("borrowed", ("borrowed",)),
)
CODES = tuple(code for rung in RUNGS for code in rung.milestones)


@dataclass(frozen=True, slots=True)
class Noted:
    """One milestone of a person: its code and its day."""

    code: str
    day: date


def reached(noted: Iterable[Noted], rung: Rung, event_day: date) -> int | None:
    """Days from the event until somebody reached a rung, or None: never, or before the event already."""
    days = [(one.day - event_day).days for one in noted if one.code in rung.milestones]
    return min(days) if days and min(days) >= 0 else None


def had_before(noted: Iterable[Noted], rung: Rung, event_day: date) -> bool:
    """Whether somebody stood on a rung before the event."""
    return any(one.code in rung.milestones and one.day < event_day for one in noted)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of ``base``; ``hidden``: too few, or too few are left over, for who asks."""

    count: int
    base: int
    hidden: bool = False

    @property
    def percent(self) -> int | None:
        """Whole percent, half up; None without a base."""
        return (self.count * 200 + self.base) // (2 * self.base) if self.base else None


def counted(count: int, base: int, team: bool) -> Count:
    """A count as it may be shown: outside the team, groups of 1 to 4 are hidden on either side, and small bases."""
    small = base < FEWEST or 0 < count < FEWEST or 0 < base - count < FEWEST
    return Count(count, base, hidden=small and not team)


def by_day(days: Iterable[int], day: int) -> int:
    """How many reached it by a day after the event, the day itself included."""
    return sum(one <= day for one in days)


def curve(days: Sequence[int], until: int, team: bool) -> list[tuple[int, int]]:
    """Day and count each time the count rises, up to ``until``; outside the team from the day on that 5 reached it."""
    points: list[tuple[int, int]] = []
    for day in sorted({one for one in days if one <= until}):
        count = by_day(days, day)
        if team or count >= FEWEST:
            points.append((day, count))
    return points
