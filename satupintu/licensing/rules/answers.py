"""What may be answered to each kind of question of a form, how it is kept, and how it reads. Pure.

Kept as JSON by field, empty ones left out: text, long, choice and date (``2024-01-15``) as text; number as the text of
a decimal (``1.5``); rupiah as a whole number; days as codes in the order of the week; hours as ``{"opens": "06:00",
"closes": "10:00"}``, closing after midnight if that is earlier; position as ``{"latitude", "longitude"}`` in degrees as
text; stall as ``{"market": code, "stall": label}``, either of them empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from satupintu.licensing.rules.serving import FormField, Service
from satupintu.web.formats import clock, clock_range, date_long, number, rupiah

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = {"text": 150, "long": 400}
MOST_RUPIAH = 1_000_000_000_000
SIX = Decimal("0.000001")
# The sections of the form, in the order in which they are asked, by kind of question.
ABOUT, PLACE, TIMES = SECTIONS = ("usaha", "tempat", "waktu")
_PLACES, _TIMES = {"long", "stall", "position", "number"}, {"days", "hours"}
_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class Unusable(ValueError):
    """An answer that cannot be kept; the text is one or two Indonesian sentences."""


def section_of(field: FormField) -> str:
    """The section in which a question is asked."""
    return PLACE if field.kind in _PLACES else TIMES if field.kind in _TIMES else ABOUT


def sections(service: Service) -> dict[str, list[FormField]]:
    """The questions of a service by section, without empty ones."""
    found = {name: [one for one in service.fields if section_of(one) == name] for name in SECTIONS}
    return {name: fields for name, fields in found.items() if fields}


def read_answer(field: FormField, typed: Any, on: date) -> Any:
    """A typed or kept value as it is kept; None for an empty one. ``on`` is today. Raises Unusable."""
    if typed in (None, "", [], {}):
        return None
    return _READERS[field.kind](field, typed, on)


def _text(field: FormField, typed: Any, on: date) -> str | None:
    lines = [" ".join(line.split()) for line in str(typed).splitlines()]
    value = " ".join(filter(None, lines)) if field.kind == "text" else "\n".join(lines).strip()
    if len(value) > LONGEST[field.kind]:
        raise Unusable(f"Terlalu panjang. Paling banyak {LONGEST[field.kind]} huruf.")
    return value or None


def _number(field: FormField, typed: Any, on: date) -> str | None:
    text = str(typed).strip().replace(",", ".")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Unusable("Tulis angkanya saja, contoh 1,5.") from None
    if not value.is_finite() or value <= 0 or value != round(value, 2):
        raise Unusable("Tulis angka lebih dari 0, contoh 1,5.")
    if field.most and value > field.most:
        raise Unusable(f"Terlalu besar. Paling banyak {field.most}.")
    return format(value.normalize(), "f")


def _rupiah(field: FormField, typed: Any, on: date) -> int | None:
    text = re.sub(r"(?i)^rp|[\s.\u00a0]|,00$", "", str(typed).strip())
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_RUPIAH:
        raise Unusable("Tulis rupiah dengan angka, contoh 500.000.")
    return int(text)


def _choice(field: FormField, typed: Any, on: date) -> str:
    if typed not in [option.code for option in field.options]:
        raise Unusable("Pilih dari daftar.")
    return str(typed)


def _days(field: FormField, typed: Any, on: date) -> list[str] | None:
    chosen = [typed] if isinstance(typed, str) else list(typed)
    if not {*chosen} <= {*WEEK}:
        raise Unusable("Pilih dari daftar.")
    return [day for day in WEEK if day in chosen] or None


def _hours(field: FormField, typed: Any, on: date) -> dict[str, str] | None:
    opens, closes = (_time(_part(typed, name)) for name in ("opens", "closes"))
    if opens is None and closes is None:
        return None
    if opens is None or closes is None:
        raise Unusable("Isi jam mulai dan jam selesai.")
    if opens == closes:
        raise Unusable("Jam mulai dan selesainya sama. Periksa lagi.")
    return {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}


def _time(typed: str) -> time | None:
    if not typed:
        return None
    found = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?(?::\d{2})?", typed)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unusable("Tulis jam seperti 06.00.")
    return time(int(found[1]), int(found[2] or 0))


def _position(field: FormField, typed: Any, on: date) -> dict[str, str] | None:
    texts = [_part(typed, name).replace(",", ".") for name in ("latitude", "longitude")]
    if not any(texts):
        return None
    if not all(texts):
        raise Unusable("Isi lintang dan bujur, atau kosongkan keduanya.")
    try:
        values = [Decimal(text) for text in texts]
        kept = [format(value.quantize(SIX), "f") for value in values]
    except InvalidOperation:
        raise Unusable("Tulis derajat dengan angka, contoh 107,027400.") from None
    if abs(values[0]) > 90 or abs(values[1]) > 180:
        raise Unusable("Lintang atau bujurnya terlalu besar. Mungkin tertukar.")
    return {"latitude": kept[0], "longitude": kept[1]}


def _stall(field: FormField, typed: Any, on: date) -> dict[str, str] | None:
    market, stall = _part(typed, "market"), " ".join(_part(typed, "stall").split())
    if not market and not stall:
        return None
    if not market:
        raise Unusable("Pilih pasarnya dulu, atau kosongkan nomor lapak.")
    if len(stall) > 40:
        raise Unusable("Nomor lapak terlalu panjang. Paling banyak 40 huruf.")
    return {"market": market, "stall": stall}


def _date(field: FormField, typed: Any, on: date) -> str | None:
    try:
        day = date.fromisoformat(str(typed).strip())
    except ValueError:
        raise Unusable("Tulis tanggal seperti 2026-11-24.") from None
    if day > on:
        raise Unusable("Tanggalnya belum lewat. Periksa lagi.")
    return day.isoformat()


def _part(typed: Any, name: str) -> str:
    if not isinstance(typed, Mapping):
        raise Unusable("Isiannya tidak terbaca. Isi lagi.")
    return str(typed.get(name) or "").strip()


_READERS: Mapping[str, Callable[[FormField, Any, date], Any]] = {
    "text": _text,
    "long": _text,
    "number": _number,
    "rupiah": _rupiah,
    "choice": _choice,
    "days": _days,
    "hours": _hours,
    "position": _position,
    "stall": _stall,
    "date": _date,
}


def placed(service: Service, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What answers say about place and time, by column: latitude, longitude, days, opens, closes."""
    found: dict[str, Any] = {"latitude": None, "longitude": None, "days": [], "opens": None, "closes": None}
    for field in service.fields:
        value = answers.get(field.name)
        if not value:
            continue
        if field.kind == "position":
            found |= {name: Decimal(value[name]) for name in ("latitude", "longitude")}
        elif field.kind == "hours":
            found |= {name: time.fromisoformat(value[name]) for name in ("opens", "closes")}
        elif field.kind == "days":
            found["days"] = list(value)
    return found


def said(field: FormField, value: Any, language: str = "id", markets: Mapping[str, str] | None = None) -> str:
    """A kept value as people read it; empty for none. ``markets`` names markets by their code."""
    if value in (None, "", [], {}):
        return ""
    if field.kind == "choice":
        chosen = next((one for one in field.options if one.code == value), None)
        return (chosen.label_en if language == "en" else chosen.label) if chosen else str(value)
    if field.kind == "number":
        return f"{number(Decimal(value), language)} {field.unit or ''}".strip()
    if field.kind == "rupiah":
        return rupiah(int(value))
    if field.kind == "days":
        return days_said(value, language)
    if field.kind == "hours":
        opens, closes = (time.fromisoformat(value[name]) for name in ("opens", "closes"))
        late = {"id": f"{clock(opens)} sampai {clock(closes)} besoknya", "en": f"{clock(opens)} until {clock(closes)}"}
        return clock_range(opens, closes, language) if opens < closes else late[language]
    if field.kind == "position":
        return f"{value['latitude']}, {value['longitude']}"
    if field.kind == "stall":
        name = (markets or {}).get(value["market"], value["market"])
        return ", ".join(filter(None, (name, value.get("stall", ""))))
    return date_long(date.fromisoformat(value), language) if field.kind == "date" else str(value)


def days_said(days: list[str], language: str = "id") -> str:
    """Days of the week as people read them: ``Sabtu, Minggu``; all seven in two words."""
    if len(days) == len(WEEK):
        return "Every day" if language == "en" else "Setiap hari"
    return ", ".join(_DAYS[language][WEEK.index(day)] for day in days)
