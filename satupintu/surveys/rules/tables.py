"""What a row of a table of answers means: its columns, and what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from satupintu.surveys.rules.answers import read_card, read_sheet
from satupintu.surveys.rules.questionnaires import Questionnaire

CARD = "peserta"
MOST_ROWS = 5_000


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with a file: the row as a spreadsheet counts it, the column, and what. It holds no value."""

    row: int
    column: str
    what: str


@dataclass(frozen=True)
class Row:
    """One respondent of a table: card code and checked values."""

    row: int
    card: str
    values: Mapping[str, str]


def read_rows(
    form: Questionnaire, head: Sequence[str], rows: Sequence[tuple[int, Mapping[str, str]]]
) -> tuple[list[Row], list[Fault]]:
    """Every row checked against the questionnaire, and everything that is wrong, in the order of the file."""
    faults = _head_faults(form, head, len(rows))
    if faults:
        return [], faults
    found: list[Row] = []
    first: dict[str, int] = {}
    for number, cells in rows:
        typed = {name: value for name, value in cells.items() if name != CARD}
        sheet = read_sheet(form, typed)
        faults += [Fault(number, code, what) for code, what in sheet.faults.items()]
        try:
            card = read_card(cells.get(CARD, ""))
        except ValueError as error:
            faults.append(Fault(number, CARD, str(error)))
            continue
        if card in first:
            faults.append(Fault(number, CARD, f"Kartu ini sama dengan baris {first[card]}. Sisakan satu."))
        first.setdefault(card, number)
        found.append(Row(number, card, sheet.values))
    return found, sorted(faults)


def _head_faults(form: Questionnaire, head: Sequence[str], rows: int) -> list[Fault]:
    known = (CARD, *(item.code for item in form.items))
    faults = [] if CARD in head else [Fault(1, CARD, "Kolom ini wajib ada. Tambahkan lalu kirim lagi.")]
    for name in dict.fromkeys(filter(None, head)):
        if name not in known:
            faults.append(Fault(1, name, f"Kolom ini tidak dikenal. Yang dikenal: {', '.join(known)}."))
        if list(head).count(name) > 1:
            faults.append(Fault(1, name, "Kolom ini ada dua kali. Sisakan satu."))
    if rows == 0:
        faults.append(Fault(1, "", "Tabelnya kosong. Isi minimal satu baris."))
    if rows > MOST_ROWS:
        faults.append(Fault(1, "", f"Ada {rows} baris. Paling banyak {MOST_ROWS}, bagi dulu berkasnya."))
    return faults
