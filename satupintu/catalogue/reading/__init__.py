"""Reading ``data/`` into one catalogue, or refusing it with everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from satupintu.catalogue.reading.checks import check
from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files, T
from satupintu.catalogue.reading.licences import read_licences
from satupintu.catalogue.rules import entries as e

__all__ = ["OWN_FOLDER", "DataError", "read"]
# Lists that a deployment imported have this in their name; they add to ours and never replace what we know.
IMPORTED = "imported"


def read(folders: Iterable[Path] = (), own: Path = OWN_FOLDER) -> e.Catalogue:
    """The catalogue from our ``own`` folder and further folders whose files win over ours.

    Raises DataError listing every problem with file, row, what was expected and an example.
    """
    files = Files((own, *folders))
    catalogue = _read(files)
    if not files.problems:
        check(catalogue, files)
    if files.problems:
        raise DataError(files.problems)
    return catalogue


def _read(files: Files) -> e.Catalogue:
    facts = {fact.name: fact for fact in _list(files, e.Fact, "facts.yaml", "facts", "name")}
    codes = _codes(files)
    risks: dict[tuple[str, str], tuple[e.RiskRow, ...]] = {}
    for _, row in files.table(e.RiskRow, "kbli/risk.csv", lists=["scales"]):
        risks[row.version, row.code] = (*risks.get((row.version, row.code), ()), row)
    questions = _list(files, e.Question, "help/questions.yaml", "questions")
    return e.Catalogue(
        sources=_by_key(files, e.Source, "sources.yaml"),
        facts=facts,
        laws=_laws(files),
        scales=tuple(row for _, row in files.table(e.ScaleClass, "scale.csv")),
        limits=tuple(row for _, row in files.table(e.Limit, "limits.csv")),
        codes=codes,
        pairings=tuple(row for _, row in files.table(e.Pairing, "kbli/pairing.csv")),
        risks=risks,
        documents=_by_key(files, e.Document, "documents.yaml"),
        offices=_by_key(files, e.Office, "offices.yaml"),
        regions=_regions(files),
        licences=read_licences(files, facts),
        topics={topic.id: topic for topic in _list(files, e.Topic, "help/questions.yaml", "topics")},
        questions={question.id: question for question in questions},
        finder=tuple(_list(files, e.FinderQuestion, "finder/questions.yaml", "questions")),
        kinds=tuple(_list(files, e.Kind, "finder/questions.yaml", "kinds", "activity")),
        examples=tuple(_list(files, e.Example, "finder/examples.yaml", "examples")),
        changes=tuple(_list(files, e.Change, "finder/changes.yaml", "changes")),
        worksheet_groups=tuple(_list(files, e.Topic, "worksheets/nib.yaml", "groups")),
        worksheet=tuple(_list(files, e.WorksheetField, "worksheets/nib.yaml", "fields")),
        plan_cases=tuple(
            case for name in files.names("cases/*.yaml") for case in _list(files, e.PlanCase, name, "cases", "name")
        ),
        words=_words(files),
    )


def _codes(files: Files) -> dict[tuple[str, str], e.KbliCode]:
    """Our own codes, then those a deployment imported; ours keep what we know about them."""
    codes: dict[tuple[str, str], e.KbliCode] = {}
    for name in ["kbli/2020.csv", "kbli/2025.csv", *files.names(f"kbli/{IMPORTED}-*.csv")]:
        version = name.removesuffix(".csv")[-4:]
        for line, row in files.rows(name):
            values = {"version": version, **{k: v for k, v in row.items() if v is not None}}
            code = files.make(e.KbliCode, values, name, f"baris {line}")
            if code is None:
                continue
            files.note_place(code, name, line)
            known = codes.setdefault((code.version, code.code), code)
            if known is not code and IMPORTED not in name:
                files.complain_of(code, f"kode {code.code} ada dua kali", "satu baris per kode")
    return codes


def _laws(files: Files) -> dict[str, e.Law]:
    laws: dict[str, e.Law] = {}
    for name in files.names("laws/*.yaml"):
        law = files.make(e.Law, files.yaml(name), name, "")
        if law is None:
            continue
        if name != f"laws/{law.id}.yaml":
            files.complain(name, "id", f"id '{law.id}' bukan nama berkas", name[5:-5])
        laws[law.id] = law
    return laws


def _regions(files: Files) -> dict[str, e.Region]:
    """Our own regions with their other spellings, then those a deployment imported."""
    regions: dict[str, e.Region] = {}
    for name in sorted(files.names("regions/*.csv"), key=lambda name: (IMPORTED in name, name)):
        for _, row in files.table(e.Region, name, lists=["aliases"]):
            known = regions.setdefault(row.code, row)
            if known is not row and IMPORTED not in name:
                files.complain_of(row, f"wilayah {row.code} ada dua kali", "satu baris per wilayah")
    return regions


def _words(files: Files) -> e.Words:
    names = files.names("kbli/words/*.csv")
    return e.Words(
        {
            name.rsplit("/", 1)[1].removesuffix(".csv"): tuple(
                {k: v or "" for k, v in row.items()} for _, row in files.rows(name)
            )
            for name in names
        }
    )


def _by_key(files: Files, model: type[T], name: str) -> dict[str, T]:
    """A YAML file that is one mapping from key to record."""
    before = len(files.problems)
    value = files.yaml(name)
    if not isinstance(value, dict):
        if len(files.problems) == before:
            files.complain(name, "", "isinya bukan isian bernama", "kunci lalu isinya")
        return {}
    made = {key: files.make(model, item, name, str(key)) for key, item in value.items()}
    return {key: item for key, item in made.items() if item is not None}


def _list(files: Files, model: type[T], name: str, key: str, named_by: str = "id") -> list[T]:
    """The records under one key of a YAML file; no two may have the same name."""
    before = len(files.problems)
    value: Any = files.yaml(name)
    items = value.get(key) if isinstance(value, dict) else value
    if not isinstance(items, list):
        if len(files.problems) == before:
            files.complain(name, key, "daftar ini tidak ada", f"'{key}:' dengan daftar di bawahnya")
        return []
    made = [files.make(model, item, name, f"{key}[{n}]") for n, item in enumerate(items, start=1)]
    names = [getattr(item, named_by, None) for item in made]
    for number, word in enumerate(names, start=1):
        if word is not None and word in names[: number - 1]:
            files.complain(name, f"{key}[{number}]", f"{named_by} '{word}' ada dua kali", "satu isian per nama")
    return [item for item in made if item is not None]
