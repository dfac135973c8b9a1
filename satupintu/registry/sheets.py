"""Reading and writing tables of people as CSV or XLSX."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook, load_workbook

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
# Signs that XML, and with it XLSX, cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A cell that begins like this is run as a formula by spreadsheet programs.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotATable(ValueError):
    """Why a file cannot be read as a table, in one or two Indonesian sentences."""


def read(content: bytes) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The head in small letters and the rows that are not empty, each with its number in the file. Raises NotATable."""
    if len(content) > MOST_BYTES:
        raise NotATable(f"Berkasnya lebih dari {MOST_BYTES // 1024 // 1024} MB. Bagi dulu menjadi beberapa.")
    lines = _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    head = [cell.strip().lower().replace(" ", "_") for cell in next(lines, [])]
    rows = []
    for number, cells in enumerate(lines, start=2):
        values = {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name}
        if any(values.values()):
            rows.append((number, values))
    return head, rows


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotATable("Berkas ini bukan CSV UTF-8 atau XLSX. Simpan ulang lalu kirim lagi.") from error
    if "\x00" in text:
        raise NotATable("Berkas ini bukan CSV atau XLSX. Simpan ulang lalu kirim lagi.")
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    try:
        yield from csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    except csv.Error as error:
        raise NotATable("CSV ini tidak terbaca sampai habis. Simpan ulang lalu kirim lagi.") from error


def _xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED:
                raise NotATable("Berkas ini terlalu besar sesudah dibuka. Bagi dulu menjadi beberapa.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [text(cell) for cell in row]
    except NotATable:
        raise
    except Exception as error:
        # What the libraries raise on a broken sheet is no closed list: faults of XML, of packing, of missing parts.
        raise NotATable("XLSX ini tidak terbaca. Simpan ulang lalu kirim lagi.") from error


def text(cell: object) -> str:
    """A cell as text; a whole number never with a decimal point or an exponent."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def safe(cell: str) -> str:
    """A cell that every spreadsheet program can open and none runs as a formula."""
    cell = UNWRITABLE.sub("", cell)
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def write_csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows as CSV lines, the first with a mark by which spreadsheet programs know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def write_xlsx(rows: Iterable[Sequence[str]], title: str = "Orang") -> bytes:
    """The rows as one sheet named ``title``."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
