"""What the files under ``data/`` hold, as frozen records.

Field names equal the names in the files. ``*_en`` fields are optional English; ``source`` is a key of
``sources.yaml``; ``confidence`` is how sure our reading is.
"""

from satupintu.catalogue.rules.entries.base import Confidence, Entry, LimitName, Need, Risk, Scale
from satupintu.catalogue.rules.entries.codes import KbliCode, Pairing, Region, RiskRow, Words
from satupintu.catalogue.rules.entries.finder import (
    Change,
    Example,
    Fact,
    FinderQuestion,
    Kind,
    Option,
    Question,
    Topic,
    WorksheetField,
)
from satupintu.catalogue.rules.entries.law import Article, Law, Limit, ScaleClass, Source
from satupintu.catalogue.rules.entries.papers import (
    Case,
    Document,
    DocumentUse,
    Gap,
    Header,
    Licence,
    Office,
    Outcome,
    PlanCase,
    Point,
    Step,
    Term,
    Version,
    Ways,
)
from satupintu.catalogue.rules.entries.whole import Catalogue

__all__ = [
    "Article",
    "Case",
    "Catalogue",
    "Change",
    "Confidence",
    "Document",
    "DocumentUse",
    "Entry",
    "Example",
    "Fact",
    "FinderQuestion",
    "Gap",
    "Header",
    "KbliCode",
    "Kind",
    "Law",
    "Licence",
    "Limit",
    "LimitName",
    "Need",
    "Office",
    "Option",
    "Outcome",
    "Pairing",
    "PlanCase",
    "Point",
    "Question",
    "Region",
    "Risk",
    "RiskRow",
    "Scale",
    "ScaleClass",
    "Source",
    "Step",
    "Term",
    "Topic",
    "Version",
    "Ways",
    "Words",
    "WorksheetField",
]
