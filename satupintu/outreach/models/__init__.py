"""The tables of events, one file for each noun."""

from satupintu.outreach.models.aid import AidItem, Receipt
from satupintu.outreach.models.documents import EventDocument
from satupintu.outreach.models.events import Event, Partner, Session, TeamMember
from satupintu.outreach.models.observations import Added, NeverChanged, Participant, Question, Reply, Tap
from satupintu.outreach.models.photos import CardConsent, Photo
from satupintu.outreach.models.reports import Report
from satupintu.outreach.models.sign_up import Announcement, Promised, SignUp

__all__ = [
    "Added",
    "AidItem",
    "Announcement",
    "CardConsent",
    "Event",
    "EventDocument",
    "NeverChanged",
    "Participant",
    "Partner",
    "Photo",
    "Promised",
    "Question",
    "Receipt",
    "Reply",
    "Report",
    "Session",
    "SignUp",
    "Tap",
    "TeamMember",
]
