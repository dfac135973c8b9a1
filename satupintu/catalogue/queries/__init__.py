"""Every read of the catalogue that other rooms, pages and commands may use. None of them needs Django."""

from satupintu.catalogue.queries.core import (
    CITY_TIME,
    catalogue,
    deployment_folder,
    plan_for,
    ready,
    suggest,
    today,
    word_index,
)
from satupintu.catalogue.queries.library import (
    codes,
    days_of_change,
    law_page,
    laws,
    offices_page,
    question_page,
    questions,
)
from satupintu.catalogue.queries.plans import (
    paper_page,
    plan_page,
    practice_page,
    said,
    suggestions,
    what_if,
    worksheet,
)
from satupintu.catalogue.queries.tables import Tables, phone_tables, phone_tables_version
from satupintu.catalogue.rules.plan import Plan

__all__ = [
    "CITY_TIME",
    "Plan",
    "Tables",
    "catalogue",
    "codes",
    "days_of_change",
    "deployment_folder",
    "law_page",
    "laws",
    "offices_page",
    "paper_page",
    "phone_tables",
    "phone_tables_version",
    "plan_for",
    "plan_page",
    "practice_page",
    "question_page",
    "questions",
    "ready",
    "said",
    "suggest",
    "suggestions",
    "today",
    "what_if",
    "word_index",
    "worksheet",
]
