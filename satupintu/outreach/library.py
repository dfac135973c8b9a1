"""Reading the templates of events and the lessons from ``data/``, ours and a deployment's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files, Problem
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.outreach.rules.entries import EventTemplate, Lesson, template_flaws
from satupintu.outreach.rules.report.template import ReportTemplate
from satupintu.outreach.rules.report.template import template_flaws as report_flaws
from satupintu.surveys import reading as questionnaires
from satupintu.web.sprite import pictograms

TEMPLATES, LESSONS, REPORTS = "outreach/templates/*.yaml", "lessons/*/lesson.yaml", "outreach/report/*.yaml"
REPORT, SUMMARY = "pkm", "summary"


@dataclass(frozen=True)
class Library:
    """Every template, lesson and form of a report by its code, in the order of the codes."""

    templates: Mapping[str, EventTemplate]
    lessons: Mapping[str, Lesson]
    reports: Mapping[str, ReportTemplate]

    @property
    def report(self) -> ReportTemplate:
        """The form of the report about an event."""
        return self.reports[REPORT]

    @property
    def summary(self) -> ReportTemplate:
        """The form of the two pages for the kelurahan."""
        return self.reports[SUMMARY]


@lru_cache(maxsize=1)
def library() -> Library:
    """The checked files, read once per process. Raises DataError with every problem found."""
    found, problems = checked([catalogue.deployment_folder()], catalogue.catalogue())
    if problems:
        raise DataError(problems)
    return found


def checked(folders: Iterable[Path], law: Catalogue | None, own: Path = OWN_FOLDER) -> tuple[Library, list[Problem]]:
    """The files and what is wrong with them; without a usable law, sources are not looked up."""
    files = Files((own, *folders))
    lessons: dict[str, Lesson] = {}
    for name in files.names(LESSONS):
        lesson = files.record(Lesson, name)
        if lesson is not None:
            _check_lesson(lesson, name, files, law)
            lessons[Path(name).parent.name] = lesson
    asked = questionnaires.checked(files.folders[1:], law, own)[0].forms
    templates: dict[str, EventTemplate] = {}
    for name in files.names(TEMPLATES):
        template = files.record(EventTemplate, name)
        if template is not None:
            _check_template(template, name, files, law, lessons, asked)
            templates[Path(name).stem] = template
    return Library(templates, lessons, _reports(files, law)), files.problems


def _reports(files: Files, law: Catalogue | None) -> dict[str, ReportTemplate]:
    reports: dict[str, ReportTemplate] = {}
    for name in files.names(REPORTS):
        report = files.record(ReportTemplate, name)
        if report is not None:
            for flaw in report_flaws(report):
                files.complain(name, *flaw)
            _check_source(report.source, name, "source", files, law)
            reports[Path(name).stem] = report
    return reports


def _check_lesson(lesson: Lesson, name: str, files: Files, law: Catalogue | None) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", Path(name).parent.name):
        files.complain(name, "", "nama foldernya tidak dikenal bentuknya", "huruf kecil, angka, garis bawah")
    if lesson.pictogram not in pictograms():
        files.complain(name, "pictogram", f"gambar '{lesson.pictogram}' tidak ada", ", ".join(pictograms()))
    unknown = [paper for paper in lesson.papers if law is not None and paper not in law.licences]
    for paper in unknown:
        files.complain(name, "papers", f"surat '{paper}' tidak ada", "kode folder di licences/")
    for number, point in enumerate(lesson.points, 1):
        _check_source(point.source, name, f"points {number}", files, law)


def _check_template(
    template: EventTemplate,
    name: str,
    files: Files,
    law: Catalogue | None,
    lessons: Mapping[str, Lesson],
    asked: Mapping[str, object],
) -> None:
    for flaw in template_flaws(template, list(lessons)):
        files.complain(name, *flaw)
    for code in template.questionnaires:
        if code not in asked:
            files.complain(name, "questionnaires", f"kuesioner '{code}' tidak ada", ", ".join(asked))
    _check_source(template.source, name, "source", files, law)


def _check_source(sources: str, name: str, where: str, files: Files, law: Catalogue | None) -> None:
    for source in sources.split(";"):
        if law is not None and source not in law.sources:
            files.complain(name, where, f"sumber '{source}' tidak ada di sources.yaml", "kunci dari sources.yaml")
