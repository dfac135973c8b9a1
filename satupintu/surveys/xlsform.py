"""XLSForm files: writing a questionnaire as one, reading one as the file of a questionnaire."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook
from pydantic import ValidationError

from satupintu.registry.queries.known import purposes
from satupintu.registry.sheets import MOST_UNPACKED, text
from satupintu.surveys.rules.questionnaires import Questionnaire, flaws
from satupintu.surveys.rules.xlsform import Fault, from_tables, to_tables

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 2_000
# What an XLSForm does not tell; a person fills it in before the file is used.
DEFAULTS: dict[str, Any] = {
    "kind": "needs",
    "about": "Tulis untuk apa kuesioner ini.",
    "about_en": "Write what this questionnaire is for.",
    "consent": "survey_answers",
    "waves": ["before", "after", "followup"],
    "source": "CATATAN",
    "confidence": "doubtful",
}
NOTE = "# Dibaca dari XLSForm. Periksa kind, about, waves, source, dan terjemahan *_en sebelum dipakai.\n"


def write(code: str, form: Questionnaire) -> bytes:
    """The XLSForm of a questionnaire as XLSX."""
    agreed = purposes()[form.consent].versions[-1]
    book = Workbook(write_only=True)
    for name, rows in to_tables(code, form, agreed.text, agreed.text_en).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes, day: date) -> tuple[str, list[Fault]]:
    """The text of ``questionnaire.yaml`` from an XLSForm, or what is wrong with it by sheet, row and column."""
    try:
        tables = _tables(content)
    except Exception:  # what the libraries raise on a broken file is no closed list
        return "", [("", 0, "", "Berkas ini bukan XLSX yang terbaca. Simpan ulang lalu kirim lagi.")]
    found, faults = from_tables(tables)
    if faults:
        return "", faults
    values = {"version": found.pop("version"), "since": day.isoformat(), **DEFAULTS, **found}
    try:
        form = Questionnaire.model_validate(values)
    except ValidationError as error:
        return "", [("survey", 0, ".".join(map(str, item["loc"])), str(item["msg"])) for item in error.errors()]
    wrong = [("survey", 0, where, f"{what}. Seharusnya: {expected}.") for where, what, expected in flaws(form)]
    if wrong:
        return "", wrong
    return NOTE + yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=1000), []


def _tables(content: bytes) -> dict[str, list[list[str]]]:
    if len(content) > MOST_BYTES:
        raise ValueError("too large")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED:
            raise ValueError("too large once unpacked")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    names = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
    return {
        name: [[text(cell) for cell in row] for row in names[name].iter_rows(values_only=True, max_row=MOST_ROWS)]
        for name in ("survey", "choices", "settings")
        if name in names
    }
