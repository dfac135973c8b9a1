"""Every read of surveys that others may use."""

from satupintu.surveys.queries.answers import (
    SheetState,
    agreement_of,
    answer_table,
    entry_for,
    response_rows,
    sheets_of,
    standings,
    tallies_of,
)
from satupintu.surveys.queries.surveys import (
    form_of,
    forms,
    may,
    questionnaire,
    survey_for,
    surveys_for,
    surveys_of,
)

__all__ = [
    "SheetState",
    "agreement_of",
    "answer_table",
    "entry_for",
    "form_of",
    "forms",
    "may",
    "questionnaire",
    "response_rows",
    "sheets_of",
    "standings",
    "survey_for",
    "surveys_for",
    "surveys_of",
    "tallies_of",
]
