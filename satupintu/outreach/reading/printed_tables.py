"""A printed table as a CSV file: kind, label, before, after, value, decimals, scale_min, scale_max, items."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from satupintu.kernel.stats.printed import Printed, PrintedMean
from satupintu.outreach.reading.rows import Row, UnusableFile, rows_of
from satupintu.outreach.rules.printed_tables import MeanRow, PercentRow

NUMBER = re.compile(r"-?\d{1,9}(?:[.,](\d{1,9}))?")
MOST_DECIMALS = 9


def read_table(path: Path) -> tuple[list[PercentRow], list[MeanRow]]:
    """The percents and the means of a table, in its order. Raises UnusableFile."""
    percents: list[PercentRow] = []
    means: list[MeanRow] = []
    for row in rows_of(path, ["kind", "label"]):
        kind, label = row.cell("kind"), row.cell("label") or f"baris {row.line}"
        if kind == "percent":
            percents.append(PercentRow(label, _printed(row, "before"), _printed(row, "after")))
        elif kind == "mean":
            means.append(MeanRow(label, _mean(row)))
        else:
            raise row.refuse("kind", f"'{kind}' tidak dikenal", "tulis percent atau mean")
    if not percents and not means:
        raise UnusableFile(path.name, "tidak ada baris isi", "tulis satu baris untuk tiap angka")
    return percents, means


def _mean(row: Row) -> PrintedMean:
    low, high = _whole(row, "scale_min"), _whole(row, "scale_max")
    if low is not None and high is not None and low >= high:
        raise row.refuse("scale_max", f"{high} tidak di atas scale_min {low}", "tulis ujung atas skala, misalnya 5")
    items = _whole(row, "items")
    if items is not None and items < 1:
        raise row.refuse("items", f"{items} bukan banyaknya butir", "tulis 1 atau lebih")
    return PrintedMean(_printed(row, "value"), items or 1, low, high)


def _printed(row: Row, column: str) -> Printed:
    text = row.cell(column).removesuffix("%").strip()
    found = NUMBER.fullmatch(text)
    if not found:
        told = f"'{row.cell(column)}' bukan angka" if text else "kosong"
        raise row.refuse(column, told, "tulis angka seperti tercetak, misalnya 35 atau 4.63")
    decimals = _whole(row, "decimals")
    as_printed = len(found.group(1) or "")
    if decimals is None:
        decimals = as_printed
    value = Fraction(text.replace(",", "."))
    if not 0 <= decimals <= MOST_DECIMALS:
        raise row.refuse("decimals", f"{decimals} di luar 0 sampai {MOST_DECIMALS}", "tulis banyaknya desimal tercetak")
    if (value * 10**decimals).denominator != 1:
        raise row.refuse("decimals", f"{text} punya lebih dari {decimals} desimal", f"tulis {as_printed}")
    return Printed(value, decimals)


def _whole(row: Row, column: str) -> int | None:
    text = row.cell(column)
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise row.refuse(column, f"'{text}' bukan angka bulat", "tulis angka bulat atau kosongkan")
    return int(text)
