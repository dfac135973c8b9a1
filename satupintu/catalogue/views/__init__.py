"""Pages of the catalogue. Each asks one query and renders."""

from satupintu.catalogue.views.finder import changes, finder, paper, plan, plan_sheet, worksheet
from satupintu.catalogue.views.library import codes, law, laws, offices, question, questions
from satupintu.catalogue.views.offline import finder_offline, tables
from satupintu.catalogue.views.practice import practice, practice_example

__all__ = [
    "changes",
    "codes",
    "finder",
    "finder_offline",
    "law",
    "laws",
    "offices",
    "paper",
    "plan",
    "plan_sheet",
    "practice",
    "practice_example",
    "question",
    "questions",
    "tables",
    "worksheet",
]
