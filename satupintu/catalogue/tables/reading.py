"""Reading a table of businesses in blocks, so that memory does not grow with the number of rows.

Whatever is wrong is one sentence with file, row, column and value. Rows count from 1; in a CSV file the names of
the columns are row 1, as a spreadsheet shows it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from satupintu.catalogue.rules.bulk import AMOUNTS, NOT_SAID, WORDS, Amounts, Businesses, Column, DayTables
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.rules.facts import UnusableFact, rupiah

BATCH_ROWS = 131_072
BATCH_BYTES = 8 << 20
KINDS = (".csv", ".parquet")
LARGEST_AMOUNT = 9 * 10**15  # a fraction column holds whole numbers exactly only up to here
WHOLE = "angka rupiah bulat, misalnya 5000000"


class UnusableTable(ValueError):
    """A table of businesses cannot be used; the message is one sentence for the person who gave it."""


@dataclass(frozen=True)
class Block:
    """Some rows in a row: their ids as they stand in the file, their columns, and how far the file is read (0..1)."""

    first_row: int
    ids: pa.Array
    businesses: Businesses
    done: float


class TableFile:
    """A CSV or Parquet file of businesses whose columns are known.

    Raises UnusableTable if the file cannot be opened, has no ``id`` or a column that is no fact.
    """

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self.path = path
        self._broken = ""
        self.first_row = 2 if path.suffix == ".csv" else 1
        if path.suffix not in KINDS:
            raise UnusableTable(f"{path}: jenis berkas ini tidak dikenal. Pakai .csv atau .parquet.")
        self.columns = self._names()
        self._check_names(("id", *WORDS, *AMOUNTS, *catalogue.facts))

    def _names(self) -> list[str]:
        try:
            if self.path.suffix == ".parquet":
                return list(pq.read_schema(self.path).names)
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                return next(csv.reader(file), [])
        except (OSError, UnicodeDecodeError, pa.ArrowInvalid, csv.Error) as error:
            raise UnusableTable(f"{self.path}: berkas tidak terbaca ({_first_line(error)}).") from error

    def _check_names(self, allowed: tuple[str, ...]) -> None:
        place = f"{self.path}, baris 1" if self.path.suffix == ".csv" else f"{self.path}"
        for name in self.columns:
            if name not in allowed:
                hint = " Pisahkan kolom dengan koma." if ";" in name else ""
                raise UnusableTable(
                    f"{place}, kolom {name}: bukan fakta yang dikenal. Pakai nama ini: {', '.join(allowed)}.{hint}"
                )
            if self.columns.count(name) > 1:
                raise UnusableTable(f"{place}, kolom {name}: ada dua kali. Sisakan satu.")
        if "id" not in self.columns:
            raise UnusableTable(f"{place}, kolom id: tidak ada. Beri setiap usaha sebuah id.")

    @property
    def id_type(self) -> pa.DataType:
        """The type of the id column: text in CSV, as stored in Parquet."""
        if self.path.suffix == ".csv":
            return pa.string()
        kind = pq.read_schema(self.path).field("id").type
        return kind.value_type if pa.types.is_dictionary(kind) else kind

    def blocks(self, *checks: DayTables) -> Iterator[Block]:
        """All rows in order, each block checked against ``checks``. Raises UnusableTable at the first bad row."""
        row = self.first_row
        for batch, done in self._batches():
            if batch.num_rows == 0:
                continue
            ids = self._ids(batch, row)
            businesses = self._businesses(batch, row)
            for tables in checks:
                try:
                    tables.check(businesses)
                except UnusableFact as error:
                    self._refuse_word(businesses, row, error)
            yield Block(row, ids, businesses, done)
            row += batch.num_rows

    def _batches(self) -> Iterator[tuple[pa.RecordBatch, float]]:
        try:
            yield from self._csv_batches() if self.path.suffix == ".csv" else self._parquet_batches()
        except (pa.ArrowInvalid, OSError) as error:
            broken = self._broken or f"berkas tidak terbaca ({_first_line(error)})."
            raise UnusableTable(f"{self.path}, {broken}") from error

    def _parquet_batches(self) -> Iterator[tuple[pa.RecordBatch, float]]:
        with pq.ParquetFile(self.path) as file:
            total, seen = max(file.metadata.num_rows, 1), 0
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                seen += batch.num_rows
                yield batch, seen / total

    def _csv_batches(self) -> Iterator[tuple[pa.RecordBatch, float]]:
        total = max(self.path.stat().st_size, 1)
        # One thread, because only then a row with too many or too few cells comes with its number.
        read = pa_csv.ReadOptions(use_threads=False, block_size=BATCH_BYTES)
        text = {name: pa.string() for name in self.columns}
        convert = pa_csv.ConvertOptions(column_types=text, strings_can_be_null=False)
        parse = pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=self._note_cells)
        if not self._has_rows():
            return
        with (
            self.path.open("rb") as file,
            pa_csv.open_csv(file, read_options=read, parse_options=parse, convert_options=convert) as reader,
        ):
            for batch in reader:
                yield batch, min(file.tell() / total, 1.0)

    def _has_rows(self) -> bool:
        with self.path.open("rb") as file:
            file.readline()
            return bool(file.readline().strip())

    def _note_cells(self, row: Any) -> str:
        self._broken = f"baris {row.number}: ada {row.actual_columns} kolom. Seharusnya {row.expected_columns} kolom."
        return "error"

    def _ids(self, batch: pa.RecordBatch, first: int) -> pa.Array:
        ids = _plain(batch.column("id"))
        empty = pc.is_null(ids)
        if pa.types.is_string(ids.type) or pa.types.is_large_string(ids.type):
            empty = pc.or_(empty, pc.equal(pc.fill_null(ids, ""), ""))
        if pc.any(empty).as_py():
            raise UnusableTable(
                f"{self.path}, baris {first + _first(empty)}, kolom id: kosong. Beri setiap usaha sebuah id."
            )
        return ids

    def _businesses(self, batch: pa.RecordBatch, first: int) -> Businesses:
        names = [name for name in batch.schema.names if name != "id"]
        words = {name: _words(batch.column(name)) for name in names if name not in AMOUNTS}
        amounts = {name: self._amounts(_plain(batch.column(name)), name, first) for name in names if name in AMOUNTS}
        return Businesses(batch.num_rows, words, amounts)

    def _amounts(self, cells: pa.Array, name: str, first: int) -> Amounts:
        """Rupiah per row, -1 where not said; anything but a whole number of zero or more is refused with its row."""
        if pa.types.is_null(cells.type):
            return np.full(len(cells), NOT_SAID, dtype=np.int64)
        if not (pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type)):
            return self._amounts_from_text(cells, name, first)
        if pa.types.is_floating(cells.type):  # a missing number in a column of fractions is often NaN
            cells = pc.if_else(pc.is_nan(cells), pa.scalar(None, cells.type), cells)
        usable = pc.and_(pc.greater_equal(cells, 0), pc.less_equal(cells, LARGEST_AMOUNT))
        if pa.types.is_floating(cells.type):
            usable = pc.and_(usable, pc.equal(cells, pc.floor(cells)))
        bad = pc.fill_null(pc.invert(usable), False)
        if pc.any(bad).as_py():
            raise self._bad(first + _first(bad), name, str(cells[_first(bad)]), WHOLE)
        return pc.fill_null(cells.cast(pa.int64()), NOT_SAID).to_numpy(zero_copy_only=False)

    def _amounts_from_text(self, cells: pa.Array, name: str, first: int) -> Amounts:
        text = pc.fill_null(cells.cast(pa.string()), "")
        digits = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
        short = (pc.max(pc.binary_length(digits)).as_py() or 0) <= len(str(LARGEST_AMOUNT)) - 1
        if short and pc.all(pc.ascii_is_decimal(digits)).as_py() is not False:
            return pc.fill_null(digits.cast(pa.int64()), NOT_SAID).to_numpy(zero_copy_only=False)
        column = _words(text)
        values = [self._amount(column, n, name, first) for n in range(len(column.words))]
        return np.array(values, dtype=np.int64)[column.codes]

    def _amount(self, column: Column, n: int, name: str, first: int) -> int:
        """One written amount; the rule for one business reads it."""
        allowed = WHOLE
        try:
            amount = rupiah(column.words[n], name)
            if amount is None:
                return NOT_SAID
            if amount <= LARGEST_AMOUNT:
                return amount
        except UnusableFact as error:
            allowed = error.allowed
        raise self._bad(first + int(np.argmax(column.codes == n)), name, column.words[n], allowed)

    def _refuse_word(self, businesses: Businesses, first: int, error: UnusableFact) -> NoReturn:
        column = businesses.words[error.name]
        row = first + int(np.argmax(column.codes == column.words.index(error.value)))
        raise self._bad(row, error.name, error.value, error.allowed) from error

    def _bad(self, row: int, name: str, value: str, allowed: str) -> UnusableTable:
        return UnusableTable(
            f"{self.path}, baris {row}, kolom {name}: nilai '{value}' tidak dikenal. Pilih salah satu: {allowed}."
        )


def _plain(cells: pa.Array) -> pa.Array:
    return cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells


def _words(cells: pa.Array) -> Column:
    """Cells of any kind as a column of words; an empty cell is the empty word."""
    encoded = pc.fill_null(_plain(cells).cast(pa.string()), "").dictionary_encode()
    return Column(tuple(encoded.dictionary.to_pylist()), encoded.indices.to_numpy(zero_copy_only=False))


def _first(mask: pa.Array) -> int:
    position: int = pc.index(mask, True).as_py()
    return position


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [""])[0]
