"""Answers as a CSV file: person, wave, statement, value, scale; and kind, about, group where they are known.

A million rows are read as columns; only when something is wrong is the file walked line by line to say where.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from satupintu.outreach.reading.rows import UnusableFile, check_columns, rows_of, separator
from satupintu.outreach.rules.responses import KINDS, NOBODY, SCALES, WAVES, Numbers, Responses

NEEDED = ["person", "wave", "statement", "value"]
OPTIONAL = ["scale", "kind", "about", "group"]
BLOCK = 1 << 24
EMPTY = -1
FAULTY = -2


@dataclass(frozen=True, slots=True)
class Column:
    """One column as places in a list of its words; the words have no outer spaces and none stands twice."""

    places: Numbers
    words: list[str]

    def only(self, rows: Numbers) -> Column:
        return Column(self.places[rows], self.words)

    def as_numbers(self, number: Callable[[str], int]) -> Numbers:
        """Each word as a number, put in the place of its word."""
        return np.array([number(word) for word in self.words], np.int64)[self.places]


class _Reader:
    """The columns of one file, and where to point when a cell of them cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        columns = _columns(path)
        rows = len(columns["wave"].places)
        blank = np.ones(rows, bool)
        for name in NEEDED:
            blank &= columns[name].as_numbers(lambda word: word == "").astype(bool)
        self.rows = np.flatnonzero(~blank)
        if not len(self.rows):
            raise UnusableFile(path.name, "tidak ada baris isi", "tulis satu baris untuk tiap jawaban")
        self.columns = {name: column.only(self.rows) for name, column in columns.items()}
        self.nothing = Column(np.zeros(len(self.rows), np.int64), [""])

    def column(self, name: str) -> Column:
        return self.columns.get(name, self.nothing)

    def refuse_where(self, wrong: np.ndarray, column: str, what: str, do: str) -> None:
        """Raise UnusableFile about the first row that is wrong; ``{}`` in ``what`` is the text of its cell."""
        places = np.flatnonzero(wrong)
        if len(places):
            cell = self.column(column)
            told = what.format(cell.words[cell.places[places[0]]])
            raise UnusableFile(self.path.name, told, do, self.line(int(places[0])), column)

    def line(self, place: int) -> int:
        """The line of a row in the file, counted as an editor does."""
        text = self.path.read_text(encoding="utf-8-sig")
        reader = csv.reader(io.StringIO(text), delimiter=separator(text.partition("\n")[0]))
        next(reader)
        wanted = int(self.rows[place])
        for cells in reader:
            if cells and wanted == 0:
                break
            wanted -= bool(cells)
        return reader.line_num

    def coded(self, name: str, known: Sequence[str], default: str | None, do: str) -> Numbers:
        """A column of a closed list as places in it; an empty cell is ``default``, or EMPTY."""
        places = {word: place for place, word in enumerate(known)}
        places[""] = EMPTY if default is None else places.get(default, FAULTY)
        numbers = self.column(name).as_numbers(lambda word: places.get(word, FAULTY))
        self.refuse_where(numbers == FAULTY, name, "'{}' tidak dikenal", do)
        return numbers


def read_responses(path: Path) -> Responses:
    """All answers of a file. Raises UnusableFile with the first row that cannot be used."""
    reader = _Reader(path)
    waves = reader.coded("wave", WAVES, "", f"tulis {', '.join(WAVES)}")
    statements = reader.column("statement")
    reader.refuse_where(
        statements.as_numbers(lambda word: word == "") == 1, "statement", "kosong", "tulis kode pernyataan"
    )
    values = reader.column("value").as_numbers(_value)
    reader.refuse_where(values == FAULTY, "value", "'{}' bukan angka bulat", "tulis 0, 1, atau 1 sampai 5")
    answered = values != EMPTY
    scales = _scales(reader, statements, values, answered)
    person = reader.column("person")
    names = [word for word in person.words if word]
    numbers = {word: place for place, word in enumerate(names)}
    people = person.as_numbers(lambda word: numbers.get(word, NOBODY))
    _refuse_twice(reader, people, waves, statements, len(names))
    kinds = _one_each(reader, "kind", reader.coded("kind", KINDS, "self", "tulis self atau knowledge"), statements)
    groups, group_names = _groups(reader, people, len(names))
    return Responses(
        people[answered],
        waves[answered],
        statements.places[answered],
        values[answered],
        len(names),
        statements.words,
        scales,
        [KINDS[max(kind, 0)] for kind in kinds],
        _about(reader, statements, scales),
        groups,
        group_names,
        int(len(values) - answered.sum()),
    )


def _value(word: str) -> int:
    if not word:
        return EMPTY
    return int(word) if re.fullmatch(r"\d{1,3}", word) else FAULTY


def _columns(path: Path) -> dict[str, Column]:
    """The columns we use, read fast; line by line where that fails, which names the row or bears odd quoting."""
    try:
        with path.open("rb") as file:
            head_line = file.readline().decode("utf-8-sig")
        if not head_line.strip():
            raise UnusableFile(path.name, "berkas kosong", "isi dengan judul kolom dan baris")
        delimiter = separator(head_line)
        head = [cell.strip() for cell in next(csv.reader([head_line], delimiter=delimiter))]
        check_columns(path.name, head, NEEDED)
        wanted = [name for name in head if name in NEEDED + OPTIONAL]
        table = arrow_csv.read_csv(
            path,
            read_options=arrow_csv.ReadOptions(block_size=BLOCK, column_names=head, skip_rows=1),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter),
            convert_options=arrow_csv.ConvertOptions(
                include_columns=wanted, column_types=dict.fromkeys(wanted, pa.dictionary(pa.int32(), pa.string()))
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError, csv.Error):
        return _columns_by_line(path)
    return {name: _tidied(table[name]) for name in wanted}


def _tidied(chunks: pa.ChunkedArray) -> Column:
    array = chunks.unify_dictionaries().combine_chunks()
    if isinstance(array, pa.ChunkedArray):  # a file of a heading only
        return Column(np.empty(0, np.int64), [])
    return _column(array.indices.to_numpy(zero_copy_only=False).astype(np.int64), array.dictionary.to_pylist())


def _column(places: Numbers, words: Sequence[str]) -> Column:
    """The column with outer spaces taken off its words, and words that became the same made one."""
    found: dict[str, int] = {}
    new = np.array([found.setdefault(word.strip(), len(found)) for word in words], np.int64)
    return Column(new[places] if len(words) else places, list(found))


def _columns_by_line(path: Path) -> dict[str, Column]:
    lists: dict[str, list[str]] = {}
    for row in rows_of(path, NEEDED):
        for name in NEEDED + OPTIONAL:
            if name in row.cells:
                lists.setdefault(name, []).append(row.cell(name))
    if not lists:
        raise UnusableFile(path.name, "tidak ada baris isi", "tulis satu baris untuk tiap jawaban")
    columns = {}
    for name, cells in lists.items():
        words = list(dict.fromkeys(cells))
        places = {word: place for place, word in enumerate(words)}
        columns[name] = _column(np.array([places[cell] for cell in cells], np.int64), words)
    return columns


def _scales(reader: _Reader, statements: Column, values: Numbers, answered: np.ndarray) -> list[str]:
    """The scale of each statement: as said, else yes-no where only 0 and 1 were answered, else 1 to 5."""
    names = list(SCALES)
    said = reader.coded("scale", names, None, f"tulis {' atau '.join(names)}")
    kinds = _one_each(reader, "scale", said, statements)
    count = len(statements.words)
    above_one = np.bincount(statements.places[answered & (values > 1)], minlength=count) > 0
    scales = [names[kind] if kind >= 0 else names[int(above)] for kind, above in zip(kinds, above_one, strict=True)]
    low, high = (
        np.array([edge(SCALES[scale]) for scale in scales], np.int64)[statements.places] for edge in (min, max)
    )
    outside = answered & ((values < low) | (values > high))
    reader.refuse_where(outside, "value", "'{}' di luar skala", "yesno 0 atau 1, likert5 1 sampai 5")
    return scales


def _one_each(reader: _Reader, name: str, said: Numbers, statements: Column) -> list[int]:
    """The one word (as a place) that each statement has in a column, EMPTY if none; refused if it has two."""
    found = np.full(len(statements.words), EMPTY, np.int64)
    told = said >= 0
    # Written backwards, so that the first row of a statement is the one that stays.
    found[statements.places[told][::-1]] = said[told][::-1]
    reader.refuse_where(
        told & (found[statements.places] != said), name, "'{}' lain dari baris sebelumnya", "samakan per pernyataan"
    )
    return found.tolist()


def _refuse_twice(reader: _Reader, people: Numbers, waves: Numbers, statements: Column, persons: int) -> None:
    """Raise UnusableFile if somebody answered a statement twice in one wave."""
    keys = ((statements.places * len(WAVES) + waves) * (persons + 1)) + people + 1
    named = np.flatnonzero(people != NOBODY)
    order = named[np.argsort(keys[named], kind="stable")]
    again = np.zeros(len(keys), bool)
    again[order[1:]] = keys[order[1:]] == keys[order[:-1]]
    reader.refuse_where(
        again, "person", "{} sudah menjawab pernyataan ini di gelombang ini", "hapus salah satu barisnya"
    )


def _groups(reader: _Reader, people: Numbers, persons: int) -> tuple[Numbers, list[str]]:
    """The group of each person, and the names of groups; people without one are the group '-'."""
    if "group" not in reader.columns:
        return np.empty(0, np.int64), []
    column = reader.column("group")
    names = list(dict.fromkeys(word or "-" for word in column.words))
    places = column.as_numbers(lambda word: names.index(word or "-"))
    found = np.zeros(persons, np.int64)
    named = people != NOBODY
    found[people[named][::-1]] = places[named][::-1]
    reader.refuse_where(
        named & (found[people] != places), "group", "'{}' lain dari baris sebelumnya", "samakan per orang"
    )
    return found, names


def _about(reader: _Reader, statements: Column, scales: list[str]) -> dict[str, str]:
    """Which self-rating each knowledge item is about. Both must be yes-or-no statements of the file."""
    column = reader.column("about")
    known = {word: place for place, word in enumerate(statements.words) if scales[place] == "yesno"}
    said = column.as_numbers(lambda word: EMPTY if not word else known.get(word, FAULTY))
    own_scale = np.array([scale == "yesno" for scale in scales])[statements.places]
    wrong = (said == FAULTY) | ((said >= 0) & ~own_scale)
    reader.refuse_where(wrong, "about", "'{}' bukan pernyataan ya-tidak", "tulis kode pernyataan yesno")
    found = _one_each(reader, "about", said, statements)
    return {code: statements.words[own] for code, own in zip(statements.words, found, strict=True) if own >= 0}
