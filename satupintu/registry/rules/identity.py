"""NIK and phone numbers: what is one, how it is stored, and how much of it a screen shows. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from satupintu.accounts.rules import read_phone as mobile_number

NIK_LENGTH = 16
WOMEN_ADD = 40  # to the day of birth
YOUNGEST = 15  # years: whoever runs a business is at least this old, which decides the century
PHONE_EXAMPLE = "0812 3456 7890"
SHOWN_FIRST, SHOWN_LAST = 6, 4
HIDDEN = "*"


class BadNik(ValueError):
    """Why something cannot be a NIK, in one Indonesian sentence or two."""


class BadPhone(ValueError):
    """Why something cannot be an Indonesian mobile number, in one Indonesian sentence or two."""


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK (Nomor Induk Kependudukan) with what it says; ``warnings`` are no reason to refuse it."""

    value: str
    born: date
    woman: bool
    warnings: tuple[str, ...] = ()


def read_nik(typed: str, areas: Collection[str], on: date) -> Nik:
    """A typed NIK: 16 digits, a possible day of birth (day + 40 for women), a serial other than 0000.

    ``areas`` are region codes such as ``32.75.11``; a NIK from elsewhere gets a warning only, because people move.
    Raises BadNik. Structure: finance-oversight notes 6.2 (D5), sure.
    """
    value = re.sub(r"[\s.\-]", "", typed)
    if not (value.isascii() and value.isdigit()):
        raise BadNik("NIK berisi angka saja. Periksa KTP lalu isi lagi.")
    if len(value) != NIK_LENGTH:
        raise BadNik(
            f"NIK harus {NIK_LENGTH} angka. Sekarang baru {len(value)}."
            if len(value) < NIK_LENGTH
            else f"NIK harus {NIK_LENGTH} angka. Sekarang ada {len(value)}."
        )
    born, woman = _birth(value, on)
    if value.endswith("0000"):
        raise BadNik("Empat angka terakhir NIK tidak boleh 0000. Periksa KTP lalu isi lagi.")
    known = f"{value[:2]}.{value[2:4]}.{value[4:6]}" in areas
    return Nik(value, born, woman, () if known else (f"Wilayah {value[:6]} di NIK ini di luar daftar kami.",))


def _birth(value: str, on: date) -> tuple[date, bool]:
    day, month, short = int(value[6:8]), int(value[8:10]), int(value[10:12])
    woman = day > WOMEN_ADD
    for year in (2000 + short, 1900 + short):
        try:
            born = date(year, month, day - WOMEN_ADD if woman else day)
            old_enough = born <= on.replace(year=on.year - YOUNGEST, day=min(on.day, 28))
        except ValueError:
            continue
        if old_enough:
            return born, woman
    raise BadNik("Tanggal lahir di NIK ini tidak mungkin. Periksa angka ke-7 sampai ke-12 di KTP.")


def masked_nik(value: str) -> str:
    """A NIK as screens show it, ``327501******0001``: first six, last four (notes 6.2); anything else is all hidden."""
    if len(value) != NIK_LENGTH:
        return HIDDEN * len(value)
    hidden = NIK_LENGTH - SHOWN_FIRST - SHOWN_LAST
    return value[:SHOWN_FIRST] + HIDDEN * hidden + value[-SHOWN_LAST:]


def read_phone(typed: str) -> str:
    """A typed Indonesian mobile number in E.164 form, ``+6281234567890``. Raises BadPhone.

    Spaces, dots, dashes, 0812, 62812 and +62 812 are all fine.
    """
    number = mobile_number(typed.replace(".", " "))
    if number is None:
        raise BadPhone(f"Nomor HP ini tidak lengkap. Tulis nomor WA, contoh {PHONE_EXAMPLE}.")
    if not number.startswith("+62"):
        raise BadPhone("Nomor ini bukan nomor Indonesia. Tulis nomor yang berawal 08 atau +62.")
    return number


def local_phone(value: str) -> str:
    """A stored number as people write it, ``081234567890``."""
    return f"0{value[3:]}" if value.startswith("+62") else value


def masked_phone(value: str) -> str:
    """A stored number as screens show it, ``0812****7890``: never more than eight digits, none of a short one."""
    digits = local_phone(value)
    if len(digits) < 10:
        return HIDDEN * len(digits)
    return digits[:4] + HIDDEN * (len(digits) - 8) + digits[-4:]


def ending(value: str) -> str:
    """The last four digits by which people name a number; empty if there are fewer."""
    digits = re.sub(r"\D", "", value)
    return digits[-4:] if len(digits) >= 4 else ""


def impossible_nik(n: int) -> str:
    """A NIK whose day of birth is the 0th: nobody can have it. ``n`` is below 100 million."""
    return f"32751100{n:08}"


def impossible_phone(n: int) -> str:
    """A number no exchange can give: it goes on with three zeros."""
    return f"+62000{n:07}"
