"""A programme as planned and as it goes. Times are minutes from midnight of the day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Line:
    """One session: planned times, and when it really began and ended (None: not yet)."""

    key: int
    title: str
    begins: int
    ends: int
    began: int | None = None
    ended: int | None = None

    @property
    def planned(self) -> int:
        """Planned minutes."""
        return self.ends - self.begins

    @property
    def actual(self) -> int | None:
        """Minutes it really took."""
        return None if self.began is None or self.ended is None else self.ended - self.began

    @property
    def overrun(self) -> int | None:
        """Minutes longer than planned; negative if shorter."""
        return None if self.actual is None else self.actual - self.planned


@dataclass(frozen=True, slots=True)
class Warned:
    """Two sessions at once (``clash``), time nobody planned (``gap``), or a later one listed first (``order``)."""

    kind: str
    first: str
    second: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Expected:
    """When a session begins and ends as things stand, and how many minutes late it begins."""

    line: Line
    begins: int
    ends: int

    @property
    def delay(self) -> int:
        """Minutes later than planned; negative if earlier."""
        return self.begins - self.line.begins


def warnings(lines: Sequence[Line]) -> list[Warned]:
    """What is odd about a plan, in the order of the day."""
    in_time = sorted(lines, key=lambda line: (line.begins, line.ends, line.key))
    found = []
    for number, line in enumerate(in_time):
        for later in in_time[number + 1 :]:
            if later.begins >= line.ends:
                break
            found.append(Warned("clash", line.title, later.title, min(line.ends, later.ends) - later.begins))
    busy: Line | None = None
    for line in in_time:
        if busy and line.begins > busy.ends:
            found.append(Warned("gap", busy.title, line.title, line.begins - busy.ends))
        busy = line if busy is None or line.ends > busy.ends else busy
    for line, after in pairwise(lines):
        if after.begins < line.begins:
            found.append(Warned("order", line.title, after.title, line.begins - after.begins))
    return found


def times(taps: Iterable[tuple[str, int]]) -> tuple[int | None, int | None]:
    """When a session began and ended by its taps (``started`` or ``stopped``, minute), in any order.

    The first start counts and the last stop; a start after the last stop means that it goes on.
    """
    known = list(taps)
    starts = [minute for kind, minute in known if kind == "started"]
    stops = [minute for kind, minute in known if kind == "stopped"]
    if not starts:
        return None, None
    over = bool(stops) and max(stops) >= max(starts)
    return min(starts), max(stops) if over else None


def current(lines: Sequence[Line]) -> Line | None:
    """The session that runs; else the next one that has not begun; None when all are over."""
    running = [line for line in lines if line.began is not None and line.ended is None]
    waiting = [line for line in lines if line.began is None]
    return next(iter([*running, *waiting]), None)


def forecast(lines: Sequence[Line], now: int | None = None) -> list[Expected]:
    """When each session begins and ends as things stand: a delay is carried forward until a gap takes it up.

    ``now`` pushes what should have begun or ended already; None leaves it at the plan.
    """
    found, free = [], None
    for line in lines:
        if line.began is not None:
            begins = line.began
            ends = line.ended if line.ended is not None else max(begins + line.planned, now or 0)
        else:
            begins = max(line.begins, free or 0, now or 0 if free is not None else 0)
            ends = begins + line.planned
        found.append(Expected(line, begins, ends))
        free = max(free or 0, ends) if line.began is not None or free is not None else free
    return found


def minutes_left(line: Line, now: int) -> int | None:
    """Minutes until a running session should end; negative when it runs over. None if it does not run."""
    return None if line.began is None or line.ended is not None else line.began + line.planned - now
