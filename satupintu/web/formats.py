"""How money, dates, times and shares are written on screen and paper.

Plain Python without Django: page filters, printed sheets and the command line share it.
Languages are "id" (the source language) and "en". Indonesian form: KBBI/EYD habit of
`Rp1.234.567`, `12,5 %`, `24 November 2026`, `08.30`.
"""

from datetime import date, time
from decimal import Decimal

MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
WEEKDAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MINUS = "\N{MINUS SIGN}"


def rupiah(amount: int | Decimal) -> str:
    """Rupiah as on a price board: `Rp1.234.567`, in both languages.

    A Decimal with cents keeps them (`Rp1.234,50`), so that no money is rounded away unseen.
    Raises TypeError for float and bool: binary fractions are never money.
    """
    digits = f"{_exact(amount):,.2f}".replace("-", "")
    whole, cents = digits.split(".")
    tail = "" if cents == "00" else f",{cents}"
    return f"{MINUS if amount < 0 else ''}Rp{whole.replace(',', '.')}{tail}"


def number(value: int | Decimal, language: str = "id") -> str:
    """A count or measure with thousands marks: `1.234.567` or `1,234,567`; decimals as given."""
    text = f"{_exact(value):,}".replace("-", MINUS)
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def percent(value: int | Decimal, language: str = "id") -> str:
    """A share already in percent: 12.5 becomes `12,5 %` (no-break space) or `12.5%`; 65.0 becomes 65."""
    text = number(_trimmed(_exact(value)), language)
    return f"{text}%" if language == "en" else f"{text}\N{NO-BREAK SPACE}%"


def date_long(day: date, language: str = "id") -> str:
    """`24 November 2026` in both languages; the month is never cut short."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def weekday(day: date, language: str = "id") -> str:
    """`Selasa` or `Tuesday`."""
    return WEEKDAYS[language][day.weekday()]


def weekday_date(day: date, language: str = "id") -> str:
    """`Selasa, 24 November 2026`."""
    return f"{weekday(day, language)}, {date_long(day, language)}"


def clock(moment: time, language: str = "id") -> str:
    """`08.30` in Indonesian, `08:30` in English; accepts time or datetime of the wanted zone."""
    return f"{moment.hour:02d}{':' if language == 'en' else '.'}{moment.minute:02d}"


def clock_range(start: time, end: time, language: str = "id") -> str:
    """`08.30–11.30`, joined by an en dash without spaces."""
    return f"{clock(start, language)}\N{EN DASH}{clock(end, language)}"


def _exact(value: int | Decimal) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"need int or Decimal, got {type(value).__name__}")
    return Decimal(value)


def _trimmed(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
