"""Days off, checked against the counts of the joint decrees as our notes on the package have them."""

from datetime import date

import pytest

from satupintu.catalogue.rules.holidays import Holiday, holidays_of, is_working_day


@pytest.mark.parametrize(
    ("year", "national", "collective"),
    [(2022, 16, 4), (2023, 16, 11), (2024, 19, 10), (2025, 17, 11), (2026, 17, 8), (2027, 18, 8)],
)
def test_a_year_has_its_national_holidays_and_collective_leave(year, national, collective):
    days = holidays_of(year)
    assert sum(not day.collective for day in days) == national
    assert sum(day.collective for day in days) == collective


def test_collective_leave_is_a_day_off():
    assert Holiday(
        date(2026, 12, 24), "Cuti Bersama Hari Raya Natal", "Christmas Joint Holiday", True, False
    ) in holidays_of(2026)
    assert not is_working_day(date(2026, 12, 24))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 8, 17), False),
        (date(2026, 8, 18), True),
    ],
)
def test_weekends_and_holidays_are_no_working_days(day, works):
    assert is_working_day(day) is works


def test_a_date_that_is_still_an_estimate_is_marked():
    assert [day.day for day in holidays_of(2027) if day.estimate] == [
        date(2027, 3, 10),
        date(2027, 3, 11),
        date(2027, 5, 17),
    ]
    assert all("perkiraan" not in day.name for day in holidays_of(2027))
