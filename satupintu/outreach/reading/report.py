"""A report from files alone, without a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from satupintu.catalogue import queries as catalogue
from satupintu.outreach.library import REPORT, library
from satupintu.outreach.reading.event import EventFile
from satupintu.outreach.reading.rows import UnusableFile
from satupintu.outreach.rules.agenda import Session
from satupintu.outreach.rules.evaluation import Evaluation
from satupintu.outreach.rules.report.data import EventFacts, ReportData, slots_of
from satupintu.outreach.rules.report.making import Report, report_of
from satupintu.outreach.rules.report.wording import wording_of
from satupintu.registry.queries.known import region_name
from satupintu.surveys.reading import library as questionnaires


def report_from(
    files: Iterable[Path],
    found: Evaluation,
    sessions: Sequence[Session] = (),
    about: EventFile | None = None,
    form: str = REPORT,
) -> Report:
    """The report of ``files`` that were read already, always a draft.

    The words of statements are known if the event names the template it was made from. Raises UnusableFile for a
    typed text that no report has.
    """
    files = list(files)
    facts = about.facts if about else EventFacts(title="Acara tanpa keterangan")
    known = library()
    if about and form == REPORT:
        _refuse_unknown_texts(about, files[-1], list(known.report.texts))
    begun = known.templates.get(about.template) if about else None
    asked = questionnaires().on(facts.day or catalogue.today())
    codes = [*(one.code for one in found.main.statements), *(one.code for one in found.scales)]
    data = ReportData(
        event=facts.model_copy(update={"region": region_name(facts.region) if facts.region else ""}),
        agenda=slots_of(sessions),
        wording=wording_of([asked[code] for code in begun.questionnaires if code in asked], codes) if begun else (),
        texts=about.texts if about else {},
        origin=tuple((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files),
    )
    return report_of(known.reports[form], data, found)


def _refuse_unknown_texts(about: EventFile, path: Path, names: list[str]) -> None:
    for name in about.texts:
        if name not in names:
            raise UnusableFile(path.name, f"teks {name} tidak dikenal", f"pakai {', '.join(names)}", column="texts")
