"""What a row of an imported table means: its columns, and what is wrong with the head. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_ROWS = 2_000
# Column of the table and the value of a person or business it fills.
PERSON_COLUMNS = {
    "nama": "display_name",
    "nik": "nik",
    "hp": "phone",
    "kelamin": "sex",
    "tahun_lahir": "birth_year",
    "wilayah": "region",
}
BUSINESS_COLUMNS = {
    "nama_usaha": "trade_name",
    "tempat": "place",
    "alamat": "address",
    "pasar": "market",
    "lapak": "stall_label",
    "kbli": "code",
    "versi_kbli": "version",
}
COLUMNS = (*PERSON_COLUMNS, *BUSINESS_COLUMNS)
NEEDED = ("nama", "wilayah")
SEXES = {"": "", "p": "female", "perempuan": "female", "l": "male", "laki-laki": "male"}


def text_fault(text: str, most: int | None) -> str | None:
    """Why a typed text cannot be kept, in Indonesian: it holds a sign nobody sees, or more than ``most`` letters."""
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        return "Ada tanda yang tidak terlihat. Hapus, lalu ketik ulang."
    if most is not None and len(text) > most:
        return f"Terlalu panjang: {len(text)} huruf. Paling banyak {most}."
    return None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: the row as a spreadsheet counts it, the column, and what. It holds no value."""

    row: int
    column: str
    what: str

    def as_json(self) -> dict[str, str | int]:
        """As it is kept."""
        return {"row": self.row, "column": self.column, "what": self.what}


@dataclass(frozen=True)
class RowValues:
    """A row as values of a person and of a business (None if the row names none)."""

    row: int
    person: dict[str, object] = field(default_factory=dict)
    business: dict[str, str] | None = None


def head_faults(head: Sequence[str], rows: int) -> list[Fault]:
    """What is wrong with a table as a whole, before any row is read."""
    faults = [Fault(1, name, "Kolom ini wajib ada. Tambahkan lalu kirim lagi.") for name in NEEDED if name not in head]
    allowed = ", ".join(COLUMNS)
    for name in head:
        if name and name not in COLUMNS:
            faults.append(Fault(1, name, f"Kolom ini tidak dikenal. Yang dikenal: {allowed}."))
        if name and list(head).count(name) > 1:
            faults.append(Fault(1, name, "Kolom ini ada dua kali. Sisakan satu."))
    if rows == 0:
        faults.append(Fault(1, "", "Tabelnya kosong. Isi minimal satu baris."))
    if rows > MOST_ROWS:
        faults.append(Fault(1, "", f"Ada {rows} baris. Paling banyak {MOST_ROWS}, bagi dulu berkasnya."))
    return list(dict.fromkeys(faults))


def row_values(row: int, cells: Mapping[str, str], regions: Mapping[str, str]) -> tuple[RowValues, list[Fault]]:
    """A row's cells as values; ``regions`` maps codes and small-letter names to codes."""
    faults = []
    person: dict[str, object] = {to: cells.get(column, "") for column, to in PERSON_COLUMNS.items()}
    sex, year = str(person["sex"]).lower(), str(person["birth_year"])
    if sex not in SEXES:
        faults.append(Fault(row, "kelamin", "Tulis P atau L."))
    person["sex"] = SEXES.get(sex, "")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        faults.append(Fault(row, "tahun_lahir", "Tulis 4 angka, misalnya 1980."))
    person["birth_year"] = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    place = " ".join(str(person["region"]).lower().split())
    if place and place not in regions:
        faults.append(Fault(row, "wilayah", "Wilayah tidak dikenal. Tulis kode atau nama kelurahan."))
    elif not place:
        faults.append(Fault(row, "wilayah", "Tulis kode atau nama kelurahan."))
    person["region"] = regions.get(place, "")
    business = {to: cells.get(column, "") for column, to in BUSINESS_COLUMNS.items()}
    return RowValues(row, person, business if any(business.values()) else None), faults
