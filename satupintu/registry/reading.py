"""Reading the registry's closed lists from ``data/``, ours and a deployment's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files
from satupintu.registry.rules.lists import BarrierKind, ConsentPurpose, Lists, NumberForm, Retention

BARRIERS, CONSENTS, NUMBERS, RETENTION = "barriers.yaml", "consents/*.yaml", "paper-numbers.yaml", "retention.yaml"


@lru_cache(maxsize=1)
def lists() -> Lists:
    """The checked lists, read once per process. Raises DataError with every problem found."""
    return read([catalogue.deployment_folder()])


def read(folders: Iterable[Path] = (), own: Path = OWN_FOLDER) -> Lists:
    """The lists from our ``own`` folder and further folders whose files win over ours. Raises DataError."""
    files = Files((own, *folders))
    barriers = [files.make(BarrierKind, entry, BARRIERS, f"[{n}]") for n, entry in _entries(files)]
    numbers = {
        paper: files.make(NumberForm, entry, NUMBERS, paper) for paper, entry in (files.yaml(NUMBERS) or {}).items()
    }
    retention = files.make(Retention, files.yaml(RETENTION), RETENTION, "")
    found = Lists(
        barriers={barrier.code: barrier for barrier in barriers if barrier},
        consents=_consents(files),
        numbers={paper: form for paper, form in numbers.items() if form},
        retention=retention or Retention(person=1, document=1),
    )
    _check(found, files)
    if files.problems:
        raise DataError(files.problems)
    return found


def _entries(files: Files) -> Iterable[tuple[int, object]]:
    value = files.yaml(BARRIERS)
    if not isinstance(value, list):
        files.complain(BARRIERS, "", "isinya bukan daftar", "satu isian per hambatan, diawali tanda -")
        return []
    return enumerate(value, start=1)


def _consents(files: Files) -> dict[str, ConsentPurpose]:
    found = {}
    for name in files.names(CONSENTS):
        purpose = files.make(ConsentPurpose, files.yaml(name), name, "")
        if purpose is None:
            continue
        if name != f"consents/{purpose.purpose}.yaml":
            files.complain(name, "purpose", f"'{purpose.purpose}' bukan nama berkas", Path(name).stem)
        days = [text.since for text in purpose.versions]
        if days != sorted(set(days)):
            files.complain(name, "versions", "hari mulainya tidak berurutan", "yang lama dulu, satu versi sehari")
        found[purpose.purpose] = purpose
    return found


def _check(found: Lists, files: Files) -> None:
    """Sources must be known, and a number form must belong to a paper of the catalogue."""
    known = catalogue.catalogue()
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
