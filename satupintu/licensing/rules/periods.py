"""Months of the calendar. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def last_day(first: date, months: int) -> date:
    """The last day of something that holds for so many months from ``first`` on, both days included.

    A month without that day ends it on its own last one.

    >>> last_day(date(2026, 11, 24), 12)
    datetime.date(2027, 11, 23)
    >>> last_day(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    count = first.month - 1 + months
    year, month = first.year + count // 12, count % 12 + 1
    if first.day > monthrange(year, month)[1]:
        return date(year, month, monthrange(year, month)[1])
    return date(year, month, first.day) - timedelta(days=1)
