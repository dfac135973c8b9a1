"""The tables of licensing, one file for each noun."""

from satupintu.licensing.models.certificates import Certificate, Reminder, Series
from satupintu.licensing.models.checking import Bill, Recommendation, Visit, VisitPhoto
from satupintu.licensing.models.decisions import Closure, Decision, Delegation, ServiceTime
from satupintu.licensing.models.files import Application, Assisted, Attachment, Step, Word
from satupintu.licensing.models.publishing import PublishedList
from satupintu.licensing.models.saved_views import SavedView

__all__ = [
    "Application",
    "Assisted",
    "Attachment",
    "Bill",
    "Certificate",
    "Closure",
    "Decision",
    "Delegation",
    "PublishedList",
    "Recommendation",
    "Reminder",
    "SavedView",
    "Series",
    "ServiceTime",
    "Step",
    "Visit",
    "VisitPhoto",
    "Word",
]
