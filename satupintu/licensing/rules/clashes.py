"""Who uses one place at one time: clashes of stalls, how full a zone is, how far positions lie apart. Pure.

Times are minutes of a week that begins on Monday at 00.00. Hours that close before they open go on after midnight, on
Sunday into Monday.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from satupintu.licensing.rules.answers import WEEK

DAY = 24 * 60
WEEK_LONG = 7 * DAY
EARTH = 6_371_000  # metres, the mean radius
OCCUPYING = (
    *("submitted", "returned", "complete", "asked", "asked_again", "fee_billed", "fee_paid", "site_visit"),
    *("recommendation", "examined", "granted", "granted_with_conditions", "objection"),
    *("issued", "handed_over", "suspended"),
)  # a file in one of these states asks for its place, or holds it
NEAR = 50  # metres within which another position is worth a look


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a place. ``key`` names whose it is; an empty ``stall`` or missing hours are not known.

    ``position`` is latitude and longitude in degrees.
    """

    key: str
    market: str = ""
    stall: str = ""
    days: tuple[str, ...] = ()
    opens: time | None = None
    closes: time | None = None
    position: tuple[float, float] | None = None

    @property
    def place(self) -> tuple[str, str] | None:
        """Market and stall as they are compared, None while one of them is not known."""
        label = stall_key(self.stall)
        return (self.market, label) if self.market and label else None


@dataclass(frozen=True, slots=True)
class Clash:
    """Another use of the same place: the spans of the week both are there, or that a time is not known."""

    other: Use
    spans: tuple[tuple[int, int], ...]

    @property
    def sure(self) -> bool:
        """Whether both times are known, so that the spans say when."""
        return bool(self.spans)


def stall_key(label: str) -> str:
    """A label as it is compared: ``a 01`` and ``A01`` are one stall."""
    return "".join(label.split()).upper()


def week_spans(use: Use) -> tuple[tuple[int, int], ...]:
    """The minutes of the week from which to which a place is used, in order; empty when days or hours are not known."""
    if use.opens is None or use.closes is None or not use.days:
        return ()
    opens, closes = (_minute(one) for one in (use.opens, use.closes))
    length = closes - opens if closes > opens else closes - opens + DAY
    found = []
    for day in use.days:
        start = WEEK.index(day) * DAY + opens
        end = start + length
        found.append((start, min(end, WEEK_LONG)))
        if end > WEEK_LONG:
            found.append((0, end - WEEK_LONG))
    return _joined(found)


def shared_spans(one: Use, other: Use) -> tuple[tuple[int, int], ...]:
    """When both are there; touching ends (one closes as the other opens) share nothing."""
    found = [(max(a, c), min(b, d)) for a, b in week_spans(one) for c, d in week_spans(other) if max(a, c) < min(b, d)]
    return _joined(found)


def clash(one: Use, other: Use) -> Clash | None:
    """The clash of two uses of the same stall, None if there is none; without known times it is one to look at."""
    if one.place is None or one.place != other.place:
        return None
    spans = shared_spans(one, other)
    if not spans and week_spans(one) and week_spans(other):
        return None
    return Clash(other, spans)


def clashes(own: Use, others: Iterable[Use]) -> list[Clash]:
    """Everybody else at the same stall at the same time, the sure ones first."""
    found = [one for one in (clash(own, other) for other in others if other.key != own.key) if one is not None]
    return sorted(found, key=lambda one: (not one.sure, one.other.key))


def most_at_once(own: Use, others: Iterable[Use]) -> int:
    """The most uses that stand at one moment while ``own`` is there, itself counted; 1 while its time is not known."""
    within = [span for other in others if other.key != own.key for span in shared_spans(own, other)]
    changes = sorted([(start, 1) for start, _ in within] + [(end, -1) for _, end in within])
    standing = most = 1
    for _, change in changes:  # an end comes before a start of the same minute
        standing += change
        most = max(most, standing)
    return most


def metres_apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way between two positions over the ground in metres (haversine on a sphere; right to half a percent)."""
    (lat, lon), (lat2, lon2) = ([math.radians(degree) for degree in point] for point in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def nearest(own: Use, others: Iterable[Use]) -> tuple[int, Use] | None:
    """The nearest other position within ``NEAR`` whose time meets our own, in whole metres; None without one."""
    if own.position is None:
        return None
    away = [
        (metres_apart(own.position, other.position), other.key, other)
        for other in others
        if other.position is not None and other.key != own.key and _may_meet(own, other)
    ]
    if not away or min(away)[0] > NEAR:
        return None
    metres, _key, other = min(away, key=lambda one: one[:2])
    return round(metres), other


def by_day(spans: Sequence[tuple[int, int]]) -> list[tuple[str, time, time]]:
    """Spans of the week as day, from, until, each under the day it begins; an end at midnight is 00.00."""
    found = []
    for start, end in spans:
        day, at = divmod(start, DAY)
        found.append((WEEK[day], _clock(at), _clock(end % DAY)))
    return found


def _may_meet(one: Use, other: Use) -> bool:
    return bool(shared_spans(one, other)) or not (week_spans(one) and week_spans(other))


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
