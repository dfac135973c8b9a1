"""Days on which offices are closed: weekends, national holidays and collective leave (cuti bersama).

From the maintained package ``holidays``; it follows the yearly joint decree of three ministers (SKB 3 Menteri) and
marks days whose date is still an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from holidays.countries.indonesia import Indonesia

ESTIMATE = "(perkiraan)"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off: its Indonesian and English name, whether it is collective leave, and whether it is an estimate."""

    day: date
    name: str
    name_en: str
    collective: bool
    estimate: bool


@lru_cache(maxsize=16)
def holidays_of(year: int) -> tuple[Holiday, ...]:
    """National holidays and collective leave of a year, in order; empty for a year the package does not know."""
    public = Indonesia(years=year, language="id", categories=("public",))
    every = Indonesia(years=year, language="id", categories=("public", "government"))
    english = Indonesia(years=year, language="en_US", categories=("public", "government"))
    return tuple(
        Holiday(
            day,
            name.replace(ESTIMATE, "").strip(),
            english[day].replace("(estimated)", "").strip(),
            day not in public,
            ESTIMATE in name,
        )
        for day, name in sorted(every.items())
    )


def is_working_day(day: date) -> bool:
    """Whether government offices work on a day."""
    return day.weekday() < SATURDAY and all(holiday.day != day for holiday in holidays_of(day.year))
