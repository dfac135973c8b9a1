"""Every write to surveys. Each ends in ``by`` and ``at`` and is witnessed in the same transaction."""

from satupintu.surveys.actions.sheets import keep_sheet, keep_tallies, keep_tally, settle_sheet, type_sheet
from satupintu.surveys.actions.surveys import close_survey, open_survey
from satupintu.surveys.actions.tables import export_answers, import_sheets

__all__ = [
    "close_survey",
    "export_answers",
    "import_sheets",
    "keep_sheet",
    "keep_tallies",
    "keep_tally",
    "open_survey",
    "settle_sheet",
    "type_sheet",
]
