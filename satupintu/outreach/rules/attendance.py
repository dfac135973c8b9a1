"""Who came, who came late and who left early, worked out from taps. Minutes from midnight. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GRACE = 5  # minutes after the beginning, or before the end, that nobody counts


@dataclass(frozen=True, slots=True)
class Presence:
    """When somebody arrived and left; ``left`` is None for who stayed."""

    arrived: int | None
    left: int | None
    late: int = 0
    early: int = 0

    @property
    def came(self) -> bool:
        """Whether they came at all."""
        return self.arrived is not None


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were invited, came, came uninvited, and did not come though invited; who was late or left early."""

    invited: int
    came: int
    uninvited: int
    absent: int
    late: int
    early: int


def presence(taps: Iterable[tuple[str, int]], begins: int | None, ends: int | None) -> Presence:
    """The taps of one person (``arrived`` or ``left``, minute), in any order, against the event's own times.

    The first arrival counts and the last leaving; who arrives again after leaving has not left.
    """
    known = list(taps)
    arrivals = [minute for kind, minute in known if kind == "arrived"]
    leavings = [minute for kind, minute in known if kind == "left"]
    if not arrivals:
        return Presence(None, None)
    arrived = min(arrivals)
    left = max(leavings) if leavings and max(leavings) >= max(arrivals) else None
    late = arrived - begins if begins is not None and arrived > begins + GRACE else 0
    early = ends - left if ends is not None and left is not None and left < ends - GRACE else 0
    return Presence(arrived, left, late, early)


def turnout(people: Sequence[tuple[bool, Presence]]) -> Turnout:
    """The counts over (invited, presence) of everybody on the list."""
    came = [(invited, seen) for invited, seen in people if seen.came]
    return Turnout(
        invited=sum(invited for invited, _ in people),
        came=len(came),
        uninvited=sum(not invited for invited, _ in came),
        absent=sum(invited and not seen.came for invited, seen in people),
        late=sum(seen.late > 0 for _, seen in came),
        early=sum(seen.early > 0 for _, seen in came),
    )
