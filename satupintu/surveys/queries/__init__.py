"""Every read of surveys that others may use."""

from satupintu.surveys.queries.answers import (
    SheetState,
    agreement_of,
    answer_table,
    entry_for,
    hands_of,
    response_rows,
    sheets_of,
    standings,
    tallies_of,
    waiting_for,
)
from satupintu.surveys.queries.surveys import (
    consent_text,
    form_of,
    forms,
    may,
    questionnaire,
    sources_of,
    survey_for,
    surveys_about,
    surveys_for,
    surveys_of,
)

__all__ = [
    "SheetState",
    "agreement_of",
    "answer_table",
    "consent_text",
    "entry_for",
    "form_of",
    "forms",
    "hands_of",
    "may",
    "questionnaire",
    "response_rows",
    "sheets_of",
    "sources_of",
    "standings",
    "survey_for",
    "surveys_about",
    "surveys_for",
    "surveys_of",
    "tallies_of",
    "waiting_for",
]
