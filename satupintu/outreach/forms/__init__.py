"""What people type about events."""

from satupintu.outreach.forms.after import GAIN_LABELS, RUNG_LABELS, AnnounceForm, SignUpForm
from satupintu.outreach.forms.events import EventForm, FilterForm, MemberForm, PartnerForm, SessionForm
from satupintu.outreach.forms.evidence import (
    AgreedForm,
    DescribeForm,
    DocumentForm,
    EraseForm,
    HolderForm,
    PaperListForm,
    PhotoForm,
)
from satupintu.outreach.forms.reports import TextsForm
from satupintu.outreach.forms.yard import AidForm, CardsForm, CauseForm, QuestionForm, ReplyForm

__all__ = [
    "GAIN_LABELS",
    "RUNG_LABELS",
    "AgreedForm",
    "AidForm",
    "AnnounceForm",
    "CardsForm",
    "CauseForm",
    "DescribeForm",
    "DocumentForm",
    "EraseForm",
    "EventForm",
    "FilterForm",
    "HolderForm",
    "MemberForm",
    "PaperListForm",
    "PartnerForm",
    "PhotoForm",
    "QuestionForm",
    "ReplyForm",
    "SessionForm",
    "SignUpForm",
    "TextsForm",
]
