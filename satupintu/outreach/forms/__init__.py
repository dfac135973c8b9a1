"""What people type about events."""

from satupintu.outreach.forms.events import EventForm, FilterForm, MemberForm, PartnerForm, SessionForm
from satupintu.outreach.forms.yard import AidForm, CardsForm, CauseForm, QuestionForm, ReplyForm

__all__ = [
    "AidForm",
    "CardsForm",
    "CauseForm",
    "EventForm",
    "FilterForm",
    "MemberForm",
    "PartnerForm",
    "QuestionForm",
    "ReplyForm",
    "SessionForm",
]
