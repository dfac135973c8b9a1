"""Reading the questionnaires from ``data/``, ours and a deployment's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files, Problem
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.registry.reading import checked as checked_lists
from satupintu.surveys.rules.questionnaires import Questionnaire, flaws, flaws_between
from satupintu.web.sprite import pictograms

PATTERN = "questionnaires/*/questionnaire*.yaml"
CURRENT = "questionnaire.yaml"


@dataclass(frozen=True)
class Library:
    """Every version of every questionnaire: by code, then by version, the oldest first."""

    forms: Mapping[str, Mapping[str, Questionnaire]]

    def on(self, day: date) -> dict[str, Questionnaire]:
        """The version of each that counts on a day; the oldest before it began."""
        return {code: _on(versions, day) for code, versions in self.forms.items()}

    def get(self, code: str, version: str) -> Questionnaire | None:
        """One version, or None if there never was one."""
        return self.forms.get(code, {}).get(version)


def _on(versions: Mapping[str, Questionnaire], day: date) -> Questionnaire:
    known = list(versions.values())
    begun = [form for form in known if form.since <= day]
    return begun[-1] if begun else known[0]


@lru_cache(maxsize=1)
def library() -> Library:
    """The checked questionnaires, read once per process. Raises DataError with every problem found."""
    return read([catalogue.deployment_folder()])


def read(folders: Iterable[Path] = (), own: Path = OWN_FOLDER) -> Library:
    """The questionnaires of our ``own`` folder and further folders whose files win over ours. Raises DataError."""
    found, problems = checked(folders, catalogue.catalogue(), own)
    if problems:
        raise DataError(problems)
    return found


def checked(folders: Iterable[Path], law: Catalogue | None, own: Path = OWN_FOLDER) -> tuple[Library, list[Problem]]:
    """The questionnaires and what is wrong with them; without a usable law, sources are not looked up."""
    files = Files((own, *folders))
    purposes = checked_lists(files.folders[1:], law, own)[0].consents
    forms: dict[str, dict[str, Questionnaire]] = {}
    for name in files.names(PATTERN):
        form = files.record(Questionnaire, name)
        if form is None:
            continue
        _check(form, name, files, law, purposes)
        known = forms.setdefault(Path(name).parent.name, {})
        if form.version in known:
            files.complain(name, "version", f"versi {form.version} sudah ada di berkas lain", "nomor versi baru")
        known[form.version] = form
    library = Library({code: _in_order(versions) for code, versions in forms.items()})
    for code, versions in library.forms.items():
        _check_versions(code, versions, files)
    newest = {code: list(versions.values())[-1] for code, versions in library.forms.items()}
    for code, flaw in flaws_between(newest):
        files.complain(f"questionnaires/{code}/{CURRENT}", *flaw)
    return library, files.problems


def _in_order(versions: Mapping[str, Questionnaire]) -> dict[str, Questionnaire]:
    return dict(sorted(versions.items(), key=lambda pair: (pair[1].since, pair[0])))


def _check_versions(code: str, versions: Mapping[str, Questionnaire], files: Files) -> None:
    """``questionnaire.yaml`` is the newest; an older one stands beside it under its version."""
    newest = list(versions)[-1]
    for version in versions:
        name = f"questionnaires/{code}/{CURRENT if version == newest else f'questionnaire-{version}.yaml'}"
        if files.path(name) is None:
            files.complain(name, "", f"berkas versi {version} bernama lain", f"{CURRENT} hanya untuk versi terbaru")
    days = [form.since for form in versions.values()]
    if len(set(days)) != len(days):
        files.complain(f"questionnaires/{code}/{CURRENT}", "since", "dua versi mulai pada hari yang sama", "hari lain")


def _check(form: Questionnaire, name: str, files: Files, law: Catalogue | None, purposes: Mapping[str, object]) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", Path(name).parent.name):
        files.complain(name, "", "nama foldernya tidak dikenal bentuknya", "huruf kecil, angka, garis bawah")
    for flaw in flaws(form):
        files.complain(name, *flaw)
    if form.consent not in purposes:
        files.complain(name, "consent", f"tujuan '{form.consent}' tidak ada di consents/", ", ".join(purposes))
    drawn = pictograms()
    for item in form.items:
        for picture in (item.pictogram, *(choice.pictogram for choice in item.choices)):
            if picture and picture not in drawn:
                files.complain(name, f"items {item.code}", f"gambar '{picture}' tidak ada", ", ".join(drawn))
    if law is None:
        return
    for where, sources in (("source", form.source), *((f"items {i.code} source", i.source) for i in form.items)):
        for source in filter(None, sources.split(";")):
            if source not in law.sources:
                files.complain(name, where, f"sumber '{source}' tidak ada di sources.yaml", "kunci dari sources.yaml")
