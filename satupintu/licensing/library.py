"""Reading how each paper is served, the words of states and the reasons from ``data/``, ours and a deployment's."""

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
from satupintu.licensing.rules.moves import MOVES, STATES
from satupintu.licensing.rules.serving import Reason, Reasons, Service, code_flaws, service_flaws
from satupintu.licensing.rules.states import States, state_flaws

SERVICES, STATES_FILE, REASONS_FILE = "licences/*/service-*.yaml", "licensing/states.yaml", "licensing/reasons.yaml"
_NAME = re.compile(r"licences/([^/]+)/service-(\d{4}-\d{2}-\d{2})\.yaml")


@dataclass(frozen=True)
class Library:
    """Every version of every service, the newest last; the words of states; the preset reasons."""

    versions: Mapping[str, tuple[Service, ...]]
    states: States
    presets: Mapping[str, tuple[Reason, ...]]

    def service(self, code: str, on: date) -> Service | None:
        """How a paper is served on a day: the newest version that has begun; None if it is not served then."""
        begun = [version for version in self.versions.get(code, ()) if version.since <= on]
        return begun[-1] if begun else None

    def services(self, on: date) -> dict[str, Service]:
        """Every paper that is served on a day, by code."""
        found = {code: self.service(code, on) for code in self.versions}
        return {code: service for code, service in found.items() if service is not None}

    def reasons(self, kind: str, code: str = "") -> tuple[Reason, ...]:
        """The presets of a kind, such as ``return``, that fit a paper. Raises KeyError for an unknown kind."""
        return tuple(reason for reason in self.presets[kind] if not reason.only or code in reason.only)

    def reason(self, kind: str, reason: str) -> Reason | None:
        """One preset by its code."""
        return next((preset for preset in self.presets[kind] if preset.code == reason), None)


@lru_cache(maxsize=1)
def library() -> Library:
    """The checked files, read once per process. Raises DataError with every problem found."""
    found, problems = checked([catalogue.deployment_folder()], catalogue.catalogue())
    if problems or found is None:
        raise DataError(problems)
    return found


def checked(
    folders: Iterable[Path], law: Catalogue | None, own: Path = OWN_FOLDER
) -> tuple[Library | None, list[Problem]]:
    """The files and what is wrong with them; without a usable law, what they name in it is not looked up."""
    files = Files((own, *folders))
    services = [_service(name, files, law) for name in files.names(SERVICES)]
    states = files.record(States, STATES_FILE)
    if states is not None:
        targets = {move.name: move.target for move in MOVES}
        for flaw in state_flaws(states, [state.code for state in STATES], targets):
            files.complain(STATES_FILE, *flaw)
        _check_source(states.source, STATES_FILE, "source", files, law)
    reasons = files.record(Reasons, REASONS_FILE)
    if reasons is not None:
        _check_reasons(reasons, files, law)
    if states is None or reasons is None:
        return None, files.problems
    versions: dict[str, tuple[Service, ...]] = {}
    for service in services:  # in the order of file names, so the newest comes last
        if service is not None:
            versions[service.code] = (*versions.get(service.code, ()), service)
    return Library(versions, states, reasons.reasons), files.problems


def _service(name: str, files: Files, law: Catalogue | None) -> Service | None:
    found = _NAME.fullmatch(name)
    since = _day(found[2]) if found else None
    if found is None or since is None:
        files.complain(name, "", "nama berkas tidak memuat tanggal", "service-2026-11-24.yaml")
        return None
    told = len(files.problems)
    value = files.yaml(name)
    if not isinstance(value, dict):
        if len(files.problems) == told:
            files.complain(name, "", "isinya bukan isian bernama", "kunci lalu isinya")
        return None
    for key in sorted({"code", "since"} & value.keys()):
        files.complain(name, key, "sudah disebut oleh nama folder dan berkas", "dihapus")
    service = files.make(Service, {**value, "code": found[1], "since": since}, name, "")
    if service is not None:
        for flaw in service_flaws(service):
            files.complain(name, *flaw)
        if law is not None:
            _check_named(service, name, files, law)
    return service


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _check_named(service: Service, name: str, files: Files, law: Catalogue) -> None:
    """What a service names elsewhere in the data: papers, documents, offices, laws and sources."""
    for where, code, known, what in (
        ("", service.code, law.licences, "surat"),
        ("number_of", service.number_of, law.licences, "surat"),
        ("where office", service.where and service.where.office, law.offices, "kantor"),
        *((f"documents {slot.code}", slot.code, law.documents, "berkas") for slot in service.documents),
    ):
        if code and code not in known:
            files.complain(name, where, f"{what} '{code}' tidak ada", ", ".join(known))
    for place in ("service_time", "waiting", "fee", "validity"):
        figure = getattr(service, place)
        if figure.source:
            _check_source(figure.source, name, f"{place} source", files, law)
        if figure.basis:
            _check_basis(figure.basis, name, f"{place} basis", files, law)
    if service.recommendation:
        _check_source(service.recommendation.source, name, "recommendation source", files, law)
    for place in ("fields", "documents", "checklist"):
        for entry in getattr(service, place):
            _check_source(entry.source, name, f"{place} {getattr(entry, 'name', '') or entry.code}", files, law)


def _check_reasons(found: Reasons, files: Files, law: Catalogue | None) -> None:
    for kind, reasons in found.reasons.items():
        for flaw in code_flaws(f"reasons {kind}", [reason.code for reason in reasons]):
            files.complain(REASONS_FILE, *flaw)
        for reason in reasons:
            for code in reason.only:
                if law is not None and code not in law.licences:
                    files.complain(REASONS_FILE, f"reasons {kind} {reason.code} only", f"surat '{code}' tidak ada")
    _check_source(found.source, REASONS_FILE, "source", files, law)


def _check_basis(basis: str, name: str, where: str, files: Files, law: Catalogue) -> None:
    named, _, article = basis.partition(":")
    if named not in law.laws:
        files.complain(name, where, f"peraturan '{named}' tidak ada", "nama berkas di laws/, misalnya pp-28-2025:206")
    elif article not in law.laws[named].articles:
        files.complain(name, where, f"pasal '{article}' tidak ada di {named}", ", ".join(law.laws[named].articles))


def _check_source(sources: str, name: str, where: str, files: Files, law: Catalogue | None) -> None:
    for source in sources.split(";"):
        if law is not None and source.strip() not in law.sources:
            files.complain(name, where, f"sumber '{source}' tidak ada di sources.yaml", "kunci dari sources.yaml")
