"""Finding and opening the files of ``data/``: our folder first, then a deployment's folder whose files win."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

OWN_FOLDER = Path(__file__).resolve().parents[2] / "data"
LIST_SEPARATOR = ";"
T = TypeVar("T", bound=BaseModel)
NOTHING = {"", "null", "~"}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a data file: which file, which row or field, what is wrong, what was expected."""

    file: str
    where: str
    what: str
    expected: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return f"{place}: {self.what}." + (f" Seharusnya: {self.expected}." if self.expected else "")


class DataError(Exception):
    """The data folder may not be used. ``problems`` lists everything found, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class _TextLoader(yaml.CBaseLoader):
    """Every scalar stays text, and a key given twice is refused: YAML would silently keep the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(None, None, "kunci bukan satu kata", key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(None, None, f"kunci '{key.value}' ditulis dua kali", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


@dataclass
class Files:
    """The data folders in order of weight (the last wins) and the problems met while reading them.

    ``places`` knows the file and line of every record made from a table row, by the identity of the record:
    two equal rows are two places.
    """

    folders: tuple[Path, ...]
    problems: list[Problem] = field(default_factory=list)
    places: dict[int, tuple[str, str]] = field(default_factory=dict)

    def complain(self, file: str, where: str, what: str, expected: str = "") -> None:
        """Note a problem and go on, so that one run shows all of them."""
        self.problems.append(Problem(file, where, what, expected))

    def note_place(self, record: BaseModel, name: str, line: int) -> None:
        """Remember from which file and line a record was made."""
        self.places[id(record)] = (name, f"baris {line}")

    def complain_of(self, record: BaseModel, what: str, expected: str = "") -> None:
        """Note a problem of a record that was made from a table row."""
        self.complain(*self.places[id(record)], what, expected)

    def path(self, name: str) -> Path | None:
        """The file that counts for a relative name, or None."""
        found = [folder / name for folder in self.folders if (folder / name).is_file()]
        return found[-1] if found else None

    def names(self, pattern: str) -> list[str]:
        """All relative names that fit a glob in any of the folders, sorted."""
        found = {p.relative_to(folder).as_posix() for folder in self.folders for p in folder.glob(pattern)}
        return sorted(found)

    def text(self, name: str) -> str:
        """The text of a file; empty, with a problem noted, if it is not there or not UTF-8."""
        path = self.path(name)
        if path is None:
            self.complain(name, "", "berkas tidak ada", "berkas ini ada di folder data")
            return ""
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self.complain(name, f"byte {error.start}", "bukan teks UTF-8", "simpan ulang sebagai UTF-8")
            return ""

    def yaml(self, name: str) -> Any:
        """A YAML file with all scalars as text and empty ones as None."""
        text = self.text(name)
        try:
            # The loader keeps every scalar as text and builds no objects, so it is as safe as safe_load.
            return _emptied(yaml.load(text, Loader=_TextLoader))  # noqa: S506
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            self.complain(name, f"baris {line}", f"YAML tidak terbaca ({error.problem})", "YAML yang benar")
            return None
        except yaml.YAMLError:
            self.complain(name, "", "YAML tidak terbaca (ada huruf kendali)", "teks biasa")
            return None

    def rows(self, name: str) -> Iterator[tuple[int, dict[str, str | None]]]:
        """The rows of a CSV file with their line numbers; empty cells are None."""
        reader = csv.reader(io.StringIO(self.text(name)), strict=True)
        try:
            head = next(reader, [])
            if twice := sorted({column for column in head if head.count(column) > 1}):
                self.complain(name, "baris 1", f"kolom {twice[0]} ada dua kali", "satu kolom per nama")
                return
            for cells in reader:
                if not cells:
                    continue
                if len(cells) != len(head):
                    self.complain(name, f"baris {reader.line_num}", f"ada {len(cells)} kolom", f"{len(head)} kolom")
                    continue
                yield reader.line_num, {k: _none_if_empty(v.strip()) for k, v in zip(head, cells, strict=True)}
        except csv.Error as error:
            self.complain(name, f"baris {reader.line_num}", f"CSV tidak terbaca ({error})", "CSV yang benar")

    def header(self, name: str) -> list[str]:
        """The column names of a CSV file."""
        return next(csv.reader(io.StringIO(self.text(name))), [])

    def make(self, model: type[T], value: Any, name: str, where: str) -> T | None:
        """A record from read values; problems are noted with the field and None is returned."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for item in _without_echoes(error.errors()):
                place = ".".join(str(part) for part in item["loc"])
                self.complain(name, f"{where} {place}".strip(), *_in_words(item))
            return None

    def record(self, model: type[T], name: str) -> T | None:
        """The record that a whole YAML file makes; a file that cannot be read is told once and gives None."""
        told = len(self.problems)
        value = self.yaml(name)
        return self.make(model, value, name, "") if len(self.problems) == told else None

    def table(self, model: type[T], name: str, lists: Sequence[str] = ()) -> list[tuple[int, T]]:
        """All rows of a CSV file as records; cells of the columns in ``lists`` are split at ``;``."""
        made = []
        for line, row in self.rows(name):
            values: dict[str, Any] = {key: value for key, value in row.items() if value is not None}
            for key in lists:
                values[key] = split(row.get(key))
            record = self.make(model, values, name, f"baris {line}")
            if record is not None:
                self.note_place(record, name, line)
                made.append((line, record))
        return made


def split(cell: str | None) -> list[str]:
    """A list cell as its parts."""
    return [part.strip() for part in (cell or "").split(LIST_SEPARATOR) if part.strip()]


def _none_if_empty(text: str) -> str | None:
    return None if text in NOTHING else text


def _emptied(value: Any) -> Any:
    """Leave out empty fields, so that a default or 'not known' takes their place."""
    if isinstance(value, dict):
        return {k: _emptied(v) for k, v in value.items() if not (isinstance(v, str) and v.strip() in NOTHING)}
    if isinstance(value, list):
        return [_emptied(item) for item in value]
    return value.strip() if isinstance(value, str) else value


# What a value of each kind should look like; anything else is told in pydantic's own words.
WANTED = {
    "int_parsing": "angka bulat, misalnya 500000",
    "int_type": "angka bulat, misalnya 500000",
    "greater_than_equal": "angka nol atau lebih",
    "greater_than": "angka di atas nol",
    "bool_parsing": "yes atau no",
    "date_from_datetime_parsing": "tanggal seperti 2026-11-24",
    "date_parsing": "tanggal seperti 2026-11-24",
    "date_type": "tanggal seperti 2026-11-24",
    "string_type": "satu teks",
    "tuple_type": "daftar",
    "dict_type": "isian bernama, misalnya kode: nilai",
    "model_type": "isian bernama, misalnya kode: nilai",
}


def _without_echoes(items: Sequence[Any]) -> list[Any]:
    """The errors without "too short" for a list whose wrong entries are told already."""
    inside = {item["loc"][:n] for item in items for n in range(len(item["loc"]))}
    return [item for item in items if not (item["type"] == "too_short" and item["loc"] in inside)]


def _in_words(item: Any) -> tuple[str, str]:
    """A validation error as what is wrong and what was expected."""
    kind, given = item["type"], item.get("input")
    if kind == "missing":
        return "isian wajib ini kosong", "diisi"
    if kind == "extra_forbidden":
        return "isian ini tidak dikenal", "salah satu nama isian di docs/reference/data.md"
    if kind == "literal_error":
        return f"nilai '{given}' tidak dikenal", str(item["ctx"]["expected"]).replace(" or ", " atau ")
    if kind == "too_short":
        return "daftarnya kosong", "paling sedikit satu isian"
    if kind == "string_too_long":
        return f"{len(str(given))} huruf, terlalu panjang", f"paling banyak {item['ctx']['max_length']} huruf"
    if kind == "less_than_equal":
        return f"nilai '{given}' terlalu besar", f"paling besar {item['ctx']['le']}"
    return f"nilai '{given}' tidak cocok", WANTED.get(kind, str(item["msg"]))
