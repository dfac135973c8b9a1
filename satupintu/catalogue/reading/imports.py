"""Opening lists that others made: CSV, XLSX or JSON, with columns under any of the usual names."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from satupintu.catalogue.reading.files import DataError, Problem

USUAL_NAMES = {
    "code": ("code", "kode", "kbli", "kode_kbli", "kode kbli", "id"),
    "title": ("title", "judul", "judul_kbli", "uraian", "nama", "name"),
}


@dataclass(frozen=True)
class Line:
    """One row of somebody's list: where it stands and its cells by our column names."""

    number: int
    cells: Mapping[str, str]


def open_list(path: Path, wanted: Sequence[str], named: Mapping[str, str] | None = None) -> list[Line]:
    """The rows of a CSV, XLSX or JSON file with the ``wanted`` columns; ``named`` maps ours to theirs.

    Raises DataError if the file cannot be read or a wanted column is not found.
    """
    rows = _rows(path)
    if not rows:
        raise DataError([Problem(path.name, "", "berkas ini kosong", "baris judul lalu satu baris per kode")])
    columns = _columns(path, list(rows[0][1]), wanted, named or {})
    return [
        Line(number, {ours: _text(cells.get(theirs)) for ours, theirs in columns.items()}) for number, cells in rows
    ]


def _text(cell: Any) -> str:
    """A cell as one line of text; a worksheet may keep the code 56104 as the number 56104.0."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def _columns(path: Path, head: list[str], wanted: Sequence[str], named: Mapping[str, str]) -> dict[str, str]:
    plain = {name.strip().casefold(): name for name in head if name.strip()}
    columns, problems = {}, []
    for ours in wanted:
        tried = (named[ours].strip().casefold(),) if named.get(ours) else USUAL_NAMES[ours]
        theirs = next((plain[name] for name in tried if name in plain), None)
        if theirs is None:
            expected = f"salah satu dari {', '.join(tried)}; yang ada {', '.join(head)}"
            problems.append(Problem(path.name, "baris 1", f"kolom {ours} tidak ketemu", expected))
        else:
            columns[ours] = theirs
    if problems:
        raise DataError(problems)
    return columns


def _rows(path: Path) -> list[tuple[int, Mapping[str, Any]]]:
    readers = {".csv": _csv_rows, ".xlsx": _xlsx_rows, ".json": _json_rows}
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise DataError(
            [Problem(path.name, "", f"jenis berkas '{path.suffix}' tidak dikenal", ".csv, .xlsx atau .json")]
        )
    try:
        return list(reader(path))
    except UnicodeDecodeError as error:
        raise DataError(
            [Problem(path.name, f"byte {error.start}", "bukan teks UTF-8", "simpan ulang sebagai UTF-8")]
        ) from error
    except (csv.Error, json.JSONDecodeError, zipfile.BadZipFile, ValueError, KeyError, OSError) as error:
        raise DataError(
            [Problem(path.name, "", f"berkas tidak terbaca ({error})", "CSV UTF-8, XLSX atau JSON")]
        ) from error


def _csv_rows(path: Path) -> Iterable[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read(4096)
        file.seek(0)
        separator = ";" if sample.split("\n", 1)[0].count(";") > sample.split("\n", 1)[0].count(",") else ","
        reader = csv.DictReader(file, delimiter=separator)
        for row in reader:
            yield reader.line_num, {key: value for key, value in row.items() if key}


def _xlsx_rows(path: Path) -> Iterable[tuple[int, Mapping[str, Any]]]:
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    head = [str(cell or "") for cell in next(rows, ())]
    for number, cells in enumerate(rows, start=2):
        if any(cell is not None for cell in cells):
            yield number, dict(zip(head, cells, strict=False))


def _json_rows(path: Path) -> Iterable[tuple[int, Mapping[str, Any]]]:
    value = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise ValueError("isinya bukan daftar objek")
    yield from enumerate(value, start=1)
