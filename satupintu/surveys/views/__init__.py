"""Pages of surveys. Each asks one query or calls one action, then renders or redirects."""

from satupintu.surveys.views.kiosk import kiosk, kiosk_leave, kiosk_start
from satupintu.surveys.views.paper import differences, entry, hands, settle
from satupintu.surveys.views.questionnaires import (
    paper_form,
    questionnaire,
    questionnaires,
    xlsform_export,
    xlsform_import,
)
from satupintu.surveys.views.surveys import (
    survey,
    survey_close,
    survey_new,
    survey_paper,
    surveys,
    table_export,
    table_import,
)

__all__ = [
    "differences",
    "entry",
    "hands",
    "kiosk",
    "kiosk_leave",
    "kiosk_start",
    "paper_form",
    "questionnaire",
    "questionnaires",
    "settle",
    "survey",
    "survey_close",
    "survey_new",
    "survey_paper",
    "surveys",
    "table_export",
    "table_import",
    "xlsform_export",
    "xlsform_import",
]
