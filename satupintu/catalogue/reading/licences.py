"""Reading one paper's folder: header, decision tables, terms, texts, cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from satupintu.catalogue.reading.files import Files, split
from satupintu.catalogue.rules.entries import Case, Fact, Header, Licence, Term, Version
from satupintu.kernel.decision import CONFIDENCES, Input, Row, Table, parse_cell

DECIDING = ("outcome", "basis", "confidence", "source")
TABLE_NAME = re.compile(r"decision-(\d{4}-\d{2}-\d{2})\.csv$")


def read_licences(files: Files, facts: Mapping[str, Fact]) -> dict[str, Licence]:
    """Every folder under ``licences/`` by code, in the order of their ``order`` field."""
    folders = [name.split("/")[1] for name in files.names("licences/*/licence.yaml")]
    licences = [read_licence(files, folder, facts) for folder in folders]
    known = [licence for licence in licences if licence is not None]
    return {licence.code: licence for licence in sorted(known, key=lambda x: (x.header.order, x.code))}


def read_licence(files: Files, code: str, facts: Mapping[str, Fact]) -> Licence | None:
    """The folder of one paper, or None with the problems noted."""
    folder = f"licences/{code}"
    header = files.make(Header, files.yaml(f"{folder}/licence.yaml"), f"{folder}/licence.yaml", "")
    if header is None:
        return None
    if header.code != code:
        files.complain(f"{folder}/licence.yaml", "code", f"kode '{header.code}' bukan nama folder", code)
    return Licence(
        header=header,
        versions=tuple(_versions(files, folder, header, facts)),
        terms=tuple(term for _, term in files.table(Term, f"{folder}/terms.csv")),
        texts=_sections(files.text(f"{folder}/text.md")),
        texts_en=_sections(files.text(f"{folder}/text.en.md")) if files.path(f"{folder}/text.en.md") else {},
        cases=tuple(_cases(files, f"{folder}/cases.yaml")),
    )


def _versions(files: Files, folder: str, header: Header, facts: Mapping[str, Fact]) -> list[Version]:
    inputs = _inputs(files, folder, header, facts)
    dated = []
    for name in files.names(f"{folder}/decision-*.csv"):
        first = _first_day(name)
        if first is None:
            files.complain(name, "", "nama berkas tidak memuat tanggal", "decision-2025-06-05.csv")
        elif inputs is not None:
            dated.append((first, name))
    if not dated and inputs is not None:
        files.complain(folder, "", "tidak ada tabel keputusan", "decision-2021-02-02.csv")
    ends = [*(start - timedelta(days=1) for start, _ in dated[1:]), None]
    versions = []
    for (start, name), end in zip(dated, ends[: len(dated)], strict=True):
        table = _table(files, name, header, inputs or ())
        if table is not None:
            sources = {line: cells["source"] or "" for line, cells in files.rows(name)}
            versions.append(Version(start, end, name, table, table.enumerate(), sources))
    return versions


def _first_day(name: str) -> date | None:
    """The day in a table's name, or None if there is no such day."""
    match = TABLE_NAME.search(name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _inputs(files: Files, folder: str, header: Header, facts: Mapping[str, Fact]) -> tuple[Input, ...] | None:
    unknown = [name for name in header.inputs if name not in facts]
    for name in unknown:
        files.complain(f"{folder}/licence.yaml", "inputs", f"fakta '{name}' tidak dikenal", ", ".join(facts))
    if unknown:
        return None
    return tuple(Input(name, facts[name].values, facts[name].default) for name in header.inputs)


def _table(files: Files, name: str, header: Header, inputs: tuple[Input, ...]) -> Table | None:
    expected = [*header.inputs, *DECIDING]
    if files.header(name) != expected:
        files.complain(name, "baris 1", f"kolomnya {files.header(name)}", ",".join(expected))
        return None
    before = len(files.problems)
    rows = [_row(files, name, line, cells, header, inputs) for line, cells in files.rows(name)]
    if len(files.problems) > before:
        return None
    table = Table(name, inputs, tuple(row for row in rows if row), {k: o.need for k, o in header.outcomes.items()})
    for fault in table.faults():
        files.complain(name, f"baris {fault.line}" if fault.line else "", fault.what, f"contoh {fault.example}")
    return table if len(files.problems) == before else None


def _row(
    files: Files, name: str, line: int, cells: dict[str, str | None], header: Header, inputs: tuple[Input, ...]
) -> Row | None:
    when, where = [], f"baris {line}"
    for column in inputs:
        try:
            when.append(parse_cell(cells[column.name] or "", column.values))
        except ValueError as error:
            files.complain(
                name, f"{where} kolom {column.name}", f"nilai '{error}' tidak dikenal", "*, " + ", ".join(column.values)
            )
    outcome, confidence, basis = cells["outcome"] or "", cells["confidence"] or "", split(cells["basis"])
    if outcome not in header.outcomes:
        files.complain(name, f"{where} kolom outcome", f"kata '{outcome}' tidak dikenal", ", ".join(header.outcomes))
    if confidence not in CONFIDENCES:
        files.complain(name, f"{where} kolom confidence", f"kata '{confidence}' tidak dikenal", ", ".join(CONFIDENCES))
    if not basis:
        files.complain(name, f"{where} kolom basis", "dasar hukum kosong", "misalnya pp-28-2025:206")
    if len(when) != len(inputs):
        return None
    return Row(line, tuple(when), outcome, tuple(basis), confidence)


def _sections(text: str) -> dict[str, str]:
    """The parts of a text file by the words of their ``##`` headings."""
    sections: dict[str, str] = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        sections[heading.strip()] = body.strip()
    return sections


def _cases(files: Files, name: str) -> list[Case]:
    values = files.yaml(name) or []
    if not isinstance(values, list):
        files.complain(name, "", "isinya bukan daftar kasus", "'- name:' per kasus")
        return []
    made = [files.make(Case, value, name, f"kasus {number}") for number, value in enumerate(values, start=1)]
    return [case for case in made if case is not None]
