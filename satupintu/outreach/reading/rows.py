"""Any CSV file as a spreadsheet writes it: comma or semicolon, with or without a byte order mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class UnusableFile(Exception):
    """A file that cannot be used: which file, row and column, what is wrong, and what to do."""

    def __init__(self, file: str, what: str, do: str, row: int | None = None, column: str | None = None) -> None:
        place = ", ".join(
            part for part in (file, f"baris {row}" if row else "", f"kolom {column}" if column else "") if part
        )
        super().__init__(f"{place}: {what}; {do}.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its line, and its cells by column without outer spaces."""

    file: str
    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The text of a cell; empty if the file has no such column."""
        return self.cells.get(column, "")

    def refuse(self, column: str, what: str, do: str) -> UnusableFile:
        """The error about one cell of this row, to be raised."""
        return UnusableFile(self.file, what, do, self.line, column)


def text_of(path: Path) -> str:
    """The text of a file. Raises UnusableFile if it is not UTF-8 or empty."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableFile(path.name, "bukan teks UTF-8", "simpan ulang sebagai CSV UTF-8") from error
    if not text.strip():
        raise UnusableFile(path.name, "berkas kosong", "isi dengan judul kolom dan baris")
    return text


def separator(head: str) -> str:
    """What parts the cells, judged by the first line."""
    return max(",;\t", key=head.count)


def check_columns(file: str, found: Sequence[str], needed: Sequence[str]) -> None:
    """Raise UnusableFile if a column is missing or stands twice."""
    for column in found:
        if column and found.count(column) > 1:
            raise UnusableFile(file, f"kolom {column} ada dua kali", "sisakan satu", 1)
    missing = [column for column in needed if column not in found]
    if missing:
        raise UnusableFile(file, f"kolom {', '.join(missing)} tidak ada", f"tulis judul kolom {', '.join(needed)}", 1)


def rows_of(path: Path, needed: Sequence[str]) -> Iterator[Row]:
    """The rows of a CSV file that has at least the ``needed`` columns. Raises UnusableFile."""
    text = text_of(path)
    reader = csv.reader(io.StringIO(text), delimiter=separator(text.partition("\n")[0]), strict=True)
    try:
        head = [column.strip() for column in next(reader)]
        check_columns(path.name, head, needed)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                told = f"ada {len(cells)} kolom, bukan {len(head)}"
                raise UnusableFile(path.name, told, "samakan dengan judulnya", reader.line_num)
            yield Row(path.name, reader.line_num, dict(zip(head, (cell.strip() for cell in cells), strict=True)))
    except csv.Error as error:
        raise UnusableFile(
            path.name, f"CSV tidak terbaca ({error})", "tulis ulang baris itu", reader.line_num
        ) from error
