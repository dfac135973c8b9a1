"""When a paper may be renewed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from satupintu.licensing.rules.serving import Renewal

OPEN, NOT_YET, ENDLESS, ENDED, UNKNOWN = "open", "not_yet", "endless", "ended", "unknown"


@dataclass(frozen=True, slots=True)
class Renewing:
    """Whether a paper may be renewed now: ``open``, ``not_yet``, ``endless`` (it has no last day), ``ended`` (past it,
    or no longer good), ``unknown`` (its data say nothing). ``opens`` is the first day on which it may."""

    state: str
    opens: date | None = None


def renewing(status: str, valid_until: date | None, rule: Renewal | None, day: date) -> Renewing:
    """Whether a paper may be renewed on a day, from ``rule.opens_before_days`` before its last day until that day.

    >>> rule = Renewal(opens_before_days=30, remind_before_days=(7,))
    >>> renewing("active", date(2026, 12, 31), rule, date(2026, 11, 1))
    Renewing(state='not_yet', opens=datetime.date(2026, 12, 1))
    """
    if status != "active" or (valid_until is not None and day > valid_until):
        return Renewing(ENDED)
    if valid_until is None:
        return Renewing(ENDLESS)
    if rule is None:
        return Renewing(UNKNOWN)
    opens = valid_until - timedelta(days=rule.opens_before_days)
    return Renewing(OPEN if day >= opens else NOT_YET, opens)
