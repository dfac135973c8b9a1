"""Reading the registry's closed lists from ``data/``, ours and a deployment's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files, Problem
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.registry.rules.lists import BarrierKind, ConsentPurpose, Lists, NumberForm, Retention

BARRIERS, CONSENTS, NUMBERS, RETENTION = "barriers.yaml", "consents/*.yaml", "paper-numbers.yaml", "retention.yaml"


@lru_cache(maxsize=1)
def lists() -> Lists:
    """The checked lists, read once per process. Raises DataError with every problem found."""
    return read([catalogue.deployment_folder()])


def read(folders: Iterable[Path] = (), own: Path = OWN_FOLDER) -> Lists:
    """The lists from our ``own`` folder and further folders whose files win over ours. Raises DataError."""
    found, problems = checked(folders, catalogue.catalogue(), own)
    if problems:
        raise DataError(problems)
    return found


def checked(folders: Iterable[Path], law: Catalogue | None, own: Path = OWN_FOLDER) -> tuple[Lists, list[Problem]]:
    """The lists and what is wrong with them; without a usable law, what they name there is not looked up."""
    files = Files((own, *folders))
    barriers = [files.make(BarrierKind, entry, BARRIERS, f"[{n}]") for n, entry in _entries(files)]
    numbers = {paper: files.make(NumberForm, entry, NUMBERS, paper) for paper, entry in _numbers(files)}
    retention = files.record(Retention, RETENTION)
    found = Lists(
        barriers={barrier.code: barrier for barrier in barriers if barrier},
        consents=_consents(files),
        numbers={paper: form for paper, form in numbers.items() if form},
        retention=retention or Retention(person=1, document=1),
    )
    _complain_of_twins(BARRIERS, [barrier.code for barrier in barriers if barrier], files)
    if law is not None:
        _check(found, law, files)
    return found, files.problems


def _entries(files: Files) -> Iterable[tuple[int, object]]:
    value = _value(files, BARRIERS, list, "isinya bukan daftar", "satu isian per hambatan, diawali tanda -")
    return enumerate(value or [], start=1)


def _numbers(files: Files) -> Iterable[tuple[str, object]]:
    value = _value(files, NUMBERS, dict, "isinya bukan isian bernama", "kode surat lalu bentuk nomornya")
    return (value or {}).items()


def _value(files: Files, name: str, kind: type, what: str, expected: str) -> Any:
    """What a file holds if it is of the kind wanted; else one complaint and None."""
    told = len(files.problems)
    value = files.yaml(name)
    if isinstance(value, kind):
        return value
    if len(files.problems) == told:
        files.complain(name, "", what, expected)
    return None


def _complain_of_twins(name: str, keys: list[str], files: Files) -> None:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        files.complain(name, key, "ditulis dua kali", "satu kali")


def _consents(files: Files) -> dict[str, ConsentPurpose]:
    found = {}
    for name in files.names(CONSENTS):
        purpose = files.record(ConsentPurpose, name)
        if purpose is None:
            continue
        _complain_of_twins(name, [text.version for text in purpose.versions], files)
        if name != f"consents/{purpose.purpose}.yaml":
            files.complain(name, "purpose", f"'{purpose.purpose}' bukan nama berkas", Path(name).stem)
        days = [text.since for text in purpose.versions]
        if days != sorted(set(days)):
            files.complain(name, "versions", "hari mulainya tidak berurutan", "yang lama dulu, satu versi sehari")
        found[purpose.purpose] = purpose
    return found


def _check(found: Lists, known: Catalogue, files: Files) -> None:
    """Sources must be known, and a number form must belong to a paper of the catalogue."""
    for file, entries in ((BARRIERS, found.barriers), (NUMBERS, found.numbers)):
        for key, entry in entries.items():
            for source in entry.source.split(";"):
                if source not in known.sources:
                    files.complain(file, key, f"sumber '{source}' tidak ada di sources.yaml", "kunci dari sources.yaml")
    for code, barrier in found.barriers.items():
        if barrier.answer and barrier.answer not in known.questions:
            files.complain(BARRIERS, code, f"pertanyaan '{barrier.answer}' tidak ada", "id dari help/questions.yaml")
    for paper in found.numbers:
        if paper not in known.licences:
            files.complain(NUMBERS, paper, f"surat '{paper}' tidak ada", ", ".join(known.licences))
