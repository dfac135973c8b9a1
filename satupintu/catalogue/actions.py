"""Writing into a deployment's own data folder. The package's files are never touched.

Each import leaves a record beside what it wrote: who, when, from which file (with its SHA-256), how many rows.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import yaml

from satupintu.catalogue.queries.core import deployment_folder
from satupintu.catalogue.reading.files import DataError, Problem
from satupintu.catalogue.reading.imports import Line, open_list

IMPORTED = "IMPOR"
VERSIONS = ("2020", "2025")
# 32, 32.75, 32.75.11, 32.75.11.1004
REGION = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
REGION_LEVELS = {2: "provinsi", 5: "kabupaten/kota", 8: "kecamatan", 13: "desa/kelurahan"}


def import_kbli(*, file: Path, version: str, columns: Mapping[str, str], by: str, at: datetime) -> int:
    """Take a full KBLI list into the deployment's folder and say how many codes it holds.

    Nothing is written unless every row is good. Raises DataError with every bad row.
    """
    if version not in VERSIONS:
        raise DataError([Problem(file.name, "", f"versi KBLI '{version}' tidak dikenal", " atau ".join(VERSIONS))])
    lines = open_list(file, ["code", "title"], columns)
    groups = {line.cells["code"][:4] for line in lines if _is_code(line.cells["code"])}
    codes = [line for line in lines if not _is_heading(line.cells["code"], groups)]
    _refuse(file, codes, _row_problems(file, codes, _is_code, "56104; kode yang mulai dengan 0 disimpan sebagai teks"))
    rows = [(c.cells["code"], c.cells["title"], IMPORTED, "likely") for c in codes]
    _write(f"kbli/imported-{version}.csv", ["code", "title", "source", "confidence"], rows, file, by, at)
    return len(rows)


def import_regions(*, file: Path, columns: Mapping[str, str], by: str, at: datetime) -> int:
    """Take a list of regions with official codes (Kepmendagri form 32.75.11.1004) and say how many it holds.

    Raises DataError with every bad row; nothing is written then.
    """
    lines = open_list(file, ["code", "title"], columns)
    _refuse(file, lines, _row_problems(file, lines, _is_region, "32.75.11.1004"))
    rows = [(x.cells["code"], REGION_LEVELS[len(x.cells["code"])], x.cells["title"], "") for x in lines]
    _write("regions/imported.csv", ["code", "kind", "name", "aliases"], rows, file, by, at)
    return len(rows)


def _is_heading(code: str, groups: Container[str]) -> bool:
    """Lists often hold the groups above the five digits too (A, 47, 478, 4781); those are left out.

    A number of four digits is one only if a code of the list lies in it. Else it is a code such as 01111 that a
    worksheet kept as the number 1111, and leaving it out would lose it silently.
    """
    if len(code) == 4:
        return code.isdigit() and code in groups
    return (len(code) == 1 and code.isalpha()) or (code.isdigit() and len(code) in (2, 3))


def _is_code(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) == 5


def _is_region(code: str) -> bool:
    return REGION.fullmatch(code) is not None


def _row_problems(file: Path, lines: Iterable[Line], is_good: Callable[[str], bool], example: str) -> Iterable[Problem]:
    seen: dict[str, int] = {}
    for line in lines:
        code, where = line.cells["code"], f"baris {line.number}"
        if not is_good(code):
            yield Problem(file.name, f"{where} kolom code", f"kode '{code}' tidak dikenal", f"misalnya {example}")
        elif code in seen:
            yield Problem(file.name, where, f"kode {code} sudah ada di baris {seen[code]}", "satu baris per kode")
        if not line.cells["title"]:
            yield Problem(file.name, f"{where} kolom title", "nama kosong", "nama resminya")
        seen.setdefault(code, line.number)


def _refuse(file: Path, lines: Sequence[Line], problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise DataError(found)
    if not lines:
        raise DataError([Problem(file.name, "", "tidak ada baris", "satu baris per kode")])


def _write(name: str, head: Sequence[str], rows: Sequence[Sequence[str]], file: Path, by: str, at: datetime) -> None:
    """Write list and record whole or not at all: to a temporary name first, then in one move."""
    target = deployment_folder() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    record = {
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "rows": len(rows),
        "by": by,
        "at": at.isoformat(timespec="seconds"),
    }
    for path, content in ((target, text.getvalue()), (target.with_suffix(".record.yaml"), yaml.safe_dump(record))):
        draft = path.with_name(f".{path.name}.draft")
        draft.write_text(content, encoding="utf-8")
        draft.replace(path)
