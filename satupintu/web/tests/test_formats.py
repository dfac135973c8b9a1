from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.web import formats


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "Rp0"),
        (999, "Rp999"),
        (1_234_567, "Rp1.234.567"),
        (-2_500, "−Rp2.500"),
        (Decimal("10000.00"), "Rp10.000"),
        (Decimal("1250.5"), "Rp1.250,50"),
        (Decimal("-0.05"), "−Rp0,05"),
    ],
)
def test_rupiah_is_written_as_on_a_price_board(amount, text):
    assert formats.rupiah(amount) == text


@pytest.mark.parametrize("amount", [1.5, True, "1000", None])
def test_rupiah_refuses_what_is_not_whole_or_decimal(amount):
    with pytest.raises(TypeError, match="need int or Decimal"):
        formats.rupiah(amount)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_no_digit_of_a_whole_amount_is_lost(amount):
    assert formats.rupiah(amount).replace("Rp", "").replace(".", "").replace("−", "-") == str(amount)


def test_percent_takes_a_comma_in_indonesian_and_a_point_in_english():
    assert formats.percent(Decimal("12.50")) == "12,5\u00a0%"
    assert formats.percent(Decimal("12.50"), "en") == "12.5%"
    assert formats.percent(65) == "65\u00a0%"
    assert formats.percent(Decimal(100)) == "100\u00a0%"
    assert formats.percent(Decimal("-0.25")) == "−0,25\u00a0%"


def test_counts_take_the_thousands_mark_of_the_language():
    assert formats.number(203_000) == "203.000"
    assert formats.number(203_000, "en") == "203,000"
    assert formats.number(Decimal("1234.5")) == "1.234,5"


def test_dates_are_written_out():
    day = date(2026, 11, 24)
    assert formats.date_long(day) == "24 November 2026"
    assert formats.date_long(date(2025, 8, 1)) == "1 Agustus 2025"
    assert formats.date_long(date(2025, 8, 1), "en") == "1 August 2025"
    assert formats.weekday(day) == "Selasa"
    assert formats.weekday_date(day) == "Selasa, 24 November 2026"
    assert formats.weekday_date(day, "en") == "Tuesday, 24 November 2026"


def test_times_take_a_point_in_indonesian():
    assert formats.clock(time(8, 5)) == "08.05"
    assert formats.clock(datetime(2026, 11, 24, 20, 30)) == "20.30"
    assert formats.clock_range(time(8, 30), time(11, 30)) == "08.30–11.30"
    assert formats.clock_range(time(8, 30), time(11, 30), "en") == "08:30–11:30"
